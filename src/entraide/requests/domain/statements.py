"""Statements: what a ministry signs when a request or an answer leaves it, independent of envelope and channel.

The statement names the content by its salted digest, so that the signature can be shown to a court, or survive erasure,
without revealing what was asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from entraide.directory.domain.parties import LONGEST_PARTY
from entraide.kernel.canonical import canonical_bytes, salted_digest
from entraide.kernel.codecs import Number, Text
from entraide.kernel.errors import VerificationFailed
from entraide.kernel.text import N_
from entraide.kernel.wire import Document, Most
from entraide.requests.domain.forms import Form

RELEASE_LABEL: Final = "entraide/request-release/v1"
ANSWER_LABEL: Final = "entraide/request-answer/v1"
CONTENT_LABEL: Final = "entraide/request-content/v1"
Digest = Annotated[str, Text(64, pattern="[0-9a-f]{64}")]
# Read aloud, put in lists and journaled: letters, digits and separators, whole.
Reference = Annotated[str, Text(40, pattern="[A-Za-z0-9][A-Za-z0-9 ./_-]{0,39}")]
PartyNamed = Annotated[str, Text(LONGEST_PARTY)]
Post = Annotated[str, Text(300)]


class StatementMismatch(VerificationFailed):
    """A received statement does not say what came with it."""

    code = "requests.statement_mismatch"
    message = N_("The signed statement does not match what came with it: {what}.")
    remedy = N_("Nothing was taken over. Ask the partner to send it again, and report it if it happens twice.")


@dataclass(frozen=True, slots=True)
class FormNamed(Document):
    """Which questions a content answers."""

    id: Annotated[str, Text(80), "of the form"]
    version: Annotated[int, Number(1), "of the form"]
    digest: Annotated[Digest, "of its structure"]


@dataclass(frozen=True, slots=True)
class ClearanceNamed(Document):
    """Who cleared what a safeguard had stopped; a protected finding is named by the general ground."""

    finding: Annotated[str, Text(100), "a rule, or `general_ground`"]
    cleared_by: Annotated[str, Text(300), "a post"]
    confirmed_by: Annotated[str, Text(300), "another post"]


@dataclass(frozen=True, slots=True)
class ReleaseStatement(Document):
    """What a ministry signs when a request leaves it; `requesting` and `requested` are ids of parties."""

    constants = {"statement": RELEASE_LABEL}

    request: Annotated[UUID, "the request"]
    reference: Annotated[Reference, "its reference"]
    form: Annotated[FormNamed, "the questions"]
    content_digest: Annotated[Digest, "salted digest of the content"]
    requesting: Annotated[PartyNamed, "the party that asks: its node's name, or an id on paper"]
    requested: Annotated[PartyNamed, "the party that is asked"]
    rules_digest: Annotated[Digest, "of the asking node's safeguards"]
    decision: Annotated[str, Text(40), "theirs"]
    clearances: Annotated[tuple[ClearanceNamed, ...], Most(500), "by two humans each"]
    approved_by: Annotated[Post, "the post that approved the release"]
    at: Annotated[datetime, "when it was released"]


@dataclass(frozen=True, slots=True)
class AnswerStatement(Document):
    """What a ministry signs when an answer leaves it; it names no post, so that every neutral refusal reads alike."""

    constants = {"statement": ANSWER_LABEL}

    request: Annotated[UUID, "the request"]
    reference: Annotated[Reference, "its reference"]
    form: Annotated[FormNamed, "the questions"]
    content_digest: Annotated[Digest, "salted digest of the content"]
    requesting: Annotated[PartyNamed, "the party that asks: its node's name, or an id on paper"]
    requested: Annotated[PartyNamed, "the party that is asked"]
    outcome: Annotated[str, Text(20), "that of the content"]
    at: Annotated[datetime, "when it was approved"]


def derive_content_digest(content: Mapping[str, Any], salt: bytes) -> str:
    """Return the salted digest (hex) of the canonical content."""
    return salted_digest(CONTENT_LABEL, salt, canonical_bytes(content)).hex()


def verify_statement(
    statement: ReleaseStatement | AnswerStatement,
    *,
    form: Form,
    content: Mapping[str, Any],
    salt: bytes,
    requesting: str,
    requested: str,
) -> None:
    """Raise `StatementMismatch` unless the statement says what came with it.

    (1) it names the form in the version and with the digest that this node has; (2) its content digest is that of
    `content` and `salt`; (3) it names the two parties of this pair, each in its part. The signature over it is verified
    by the caller (4).
    """
    checks = {
        "form": statement.form == describe_form(form),
        "content": statement.content_digest == derive_content_digest(content, salt),
        "requesting party": statement.requesting == requesting,
        "requested party": statement.requested == requested,
    }
    for what, holds in checks.items():
        if not holds:
            raise StatementMismatch(what=what)


def describe_form(form: Form) -> FormNamed:
    """Return the form's id, version and digest as messages carry them."""
    return FormNamed(form.id, form.version, form.digest)
