"""Statements: what a ministry signs when a request or an answer leaves it, independent of envelope and channel.

The statement names the content by its salted digest, so that the signature can be shown to a court, or survive erasure,
without revealing what was asked.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from entraide.kernel.canonical import canonical_bytes, salted_digest
from entraide.kernel.errors import VerificationFailed
from entraide.kernel.text import N_
from entraide.requests.domain.forms import Form

RELEASE_LABEL: Final = "entraide/request-release/v1"
ANSWER_LABEL: Final = "entraide/request-answer/v1"
CONTENT_LABEL: Final = "entraide/request-content/v1"


class StatementMismatch(VerificationFailed):
    """A received statement does not say what came with it."""

    code = "requests.statement_mismatch"
    message = N_("The signed statement does not match what came with it: {what}.")
    remedy = N_("Nothing was taken over. Ask the partner to send it again, and report it if it happens twice.")


def derive_content_digest(content: Mapping[str, Any], salt: bytes) -> str:
    """Return the salted digest (hex) of the canonical content."""
    return salted_digest(CONTENT_LABEL, salt, canonical_bytes(content)).hex()


def release_statement(
    *,
    request_id: str,
    reference: str,
    form: Form,
    content_digest: str,
    requesting: str,
    requested: str,
    rules_digest: str,
    outcome: str,
    clearances: Sequence[Mapping[str, str]],
    approver_post: str,
    at: datetime,
) -> dict[str, Any]:
    """Return the statement of a release; `requesting` and `requested` are names of nodes."""
    return {
        "statement": RELEASE_LABEL,
        "request": request_id,
        "reference": reference,
        "form": describe_form(form),
        "content_digest": content_digest,
        "requesting": requesting,
        "requested": requested,
        "rules_digest": rules_digest,
        "decision": outcome,
        "clearances": [dict(item) for item in clearances],
        "approved_by": approver_post,
        "at": format_moment(at),
    }


def answer_statement(
    *,
    request_id: str,
    reference: str,
    form: Form,
    content_digest: str,
    requesting: str,
    requested: str,
    outcome: str,
    at: datetime,
) -> dict[str, Any]:
    """Return the statement of an answer; it names no post, so that every neutral refusal reads alike."""
    return {
        "statement": ANSWER_LABEL,
        "request": request_id,
        "reference": reference,
        "form": describe_form(form),
        "content_digest": content_digest,
        "requesting": requesting,
        "requested": requested,
        "outcome": outcome,
        "at": format_moment(at),
    }


def verify_statement(
    statement: Mapping[str, Any],
    *,
    label: str,
    form: Form,
    content: Mapping[str, Any],
    salt: bytes,
    requesting: str,
    requested: str,
) -> None:
    """Raise `StatementMismatch` unless the statement says what came with it.

    (1) it is a statement of the kind `label`; (2) it names the form in the version and with the digest that this node
    has; (3) its content digest is that of `content` and `salt`; (4) it names the two nodes of this pair, each in its
    part. The signature over it is verified by the caller (5).
    """
    checks = {
        "kind": statement.get("statement") == label,
        "form": statement.get("form") == describe_form(form),
        "content": statement.get("content_digest") == derive_content_digest(content, salt),
        "requesting node": statement.get("requesting") == requesting,
        "requested node": statement.get("requested") == requested,
    }
    for what, holds in checks.items():
        if not holds:
            raise StatementMismatch(what=what)


def describe_form(form: Form) -> dict[str, Any]:
    """Return the form's id, version and digest as messages carry them."""
    return {"id": form.id, "version": form.version, "digest": form.digest}


def format_moment(at: datetime) -> str:
    """Return `at` (aware, UTC) as ISO 8601 to the microsecond with `Z`: acts keep their order on both sides."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_moment(value: str) -> datetime:
    """Return the moment of `format_moment` in UTC; raises `ValueError`, also for one that no year of UTC holds."""
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError("a moment names its zone")
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a moment lies within the years 1 to 9999") from error
