"""What two nodes tell each other of a request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from entraide.kernel.codecs import AnyObject, Hex, Text
from entraide.kernel.signing import Signature
from entraide.kernel.wire import Document, Message, Most, RefusedWith
from entraide.requests.domain.statements import (
    AnswerStatement,
    FormNamed,
    Reference,
    ReleaseStatement,
    StatementMismatch,
)

UNKNOWN_FORM = "unknown_form"
ASKING, ASKED = "asking to asked", "asked to asking"
RequestNamed = Annotated[UUID, "the request; its thread has the same id"]
Content = Annotated[Mapping[str, Any], AnyObject(), "answers by field of the form"]
Salt = Annotated[bytes, Hex((32,)), "of the content's digest"]


@dataclass(frozen=True, slots=True)
class FindingTold(Document):
    """What a safeguard of the asking node found, under the code that the other side may see."""

    ground: Annotated[str, Text(100), "a rule, or `general_ground`"]
    outcome: Annotated[str, Text(40), "what follows from it"]


@dataclass(frozen=True, slots=True)
class EvaluationTold(Document):
    """What the asking node's safeguards said."""

    rules: Annotated[str, Text(64, pattern="[0-9a-f]{64}"), "digest of the rules"]
    outcome: Annotated[str, Text(40), "of all findings"]
    findings: Annotated[tuple[FindingTold, ...], Most(500), "each once"]


@dataclass(frozen=True, slots=True)
class RequestReleased(Message):
    """A request, released by a second person."""

    message_type, message_version = "requests.released", 1
    sender = ASKING

    request: RequestNamed
    reference: Annotated[Reference, "for people"]
    form: Annotated[FormNamed, RefusedWith(UNKNOWN_FORM), "the questions"]
    content: Content
    salt: Salt
    evaluation: Annotated[EvaluationTold, "by the asking node"]
    statement: Annotated[ReleaseStatement, RefusedWith(StatementMismatch.code), "what is signed"]
    signature: Annotated[Signature, "of the statement, under `entraide/request-release/v1`"]


@dataclass(frozen=True, slots=True)
class RequestAcknowledged(Message):
    """A human at the asked side has taken the request in hand."""

    message_type, message_version = "requests.acknowledged", 1
    sender = ASKED

    request: RequestNamed
    form: Annotated[FormNamed, RefusedWith(UNKNOWN_FORM), "the form `acknowledgement`"]
    content: Content
    at: Annotated[datetime, "when it was acknowledged"]


@dataclass(frozen=True, slots=True)
class RequestProgressed(Message):
    """The asked side has decided to execute the request."""

    message_type, message_version = "requests.progressed", 1
    sender = ASKED

    request: RequestNamed
    act: Annotated[str, Text(40), "`execution_started`"]
    at: Annotated[datetime, "when it was decided"]


@dataclass(frozen=True, slots=True)
class RequestAnswered(Message):
    """An answer, approved by a second person; a postponement is one too."""

    message_type, message_version = "requests.answered", 1
    sender = ASKED

    request: RequestNamed
    answer: Annotated[UUID, "the answer"]
    form: Annotated[FormNamed, RefusedWith(UNKNOWN_FORM), "the form `answer`"]
    content: Content
    salt: Salt
    statement: Annotated[AnswerStatement, RefusedWith(StatementMismatch.code), "what is signed"]
    signature: Annotated[Signature, "of the statement, under `entraide/request-answer/v1`"]


@dataclass(frozen=True, slots=True)
class RequestWithdrawn(Message):
    """The asking side recalls its request."""

    message_type, message_version = "requests.withdrawn", 1
    sender = ASKING

    request: RequestNamed
    at: Annotated[datetime, "when it was recalled"]
