"""Evidences: one signed statement covers a range of positions, what each message's timeline shows is derived from it.

The chain follows e-CODEX and ETSI EN 319 522 (registered delivery): submission accepted; relay accepted (durable at the
partner); delivered (applied by the partner) or rejected or not delivered; retrieved (opened by a post, never a name).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from entraide.channel.domain.errors import BadStatement
from entraide.kernel.codecs import Choice, Codec, Fault, Hex, Instead, Malformed, Moment, Number, Text
from entraide.kernel.wire import Document, Named

STATEMENT_LABEL = "entraide/evidence/v1"
MAX_CODE = 80
MAX_POST = 200


class StatementKind(StrEnum):
    """A receipt answers a batch; a delivery comes later, for messages that were waiting; a retrieval tells who opened
    one.
    """

    RECEIPT = "receipt"
    DELIVERY = "delivery"
    RETRIEVAL = "retrieval"


class Fate(StrEnum):
    """What the reader's node did with one message."""

    DELIVERED = "delivered"
    REJECTED = "rejected"
    WAITING = "waiting"


Fates = dict[int, tuple[Fate, str]]
"""What happened to messages, by position, each with a code where it went wrong."""


class EvidenceKind(StrEnum):
    """One step of a message's way."""

    SUBMISSION_ACCEPTED = "submission_accepted"
    RELAY_FAILED = "relay_failed"
    RELAY_ACCEPTED = "relay_accepted"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    NON_DELIVERY = "non_delivery"
    RETRIEVED = "retrieved"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One step: what, when, by which node, and a code where it went wrong. `post` is the title of who opened it."""

    kind: EvidenceKind
    at: datetime
    by: str
    code: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Exceptions(Codec):
    """Fates by position, as a list of `[position, fate, code]` in order of the positions."""

    def read(self, value: object) -> dict[int, tuple[Fate, str]]:
        """Return the fates; raises `Malformed`."""
        if not isinstance(value, list):
            raise Malformed(Fault.WRONG_TYPE)
        fates: dict[int, tuple[Fate, str]] = {}
        for entry in value:
            if not isinstance(entry, list) or len(entry) != 3:
                raise Malformed(Fault.WRONG_FORM)
            position = _POSITION.read(entry[0])
            if fates and position <= next(reversed(fates)):
                raise Malformed(Fault.WRONG_FORM)
            fates[position] = (Fate(_FATE.read(entry[1])), _CODE.read(entry[2]))
        return fates

    def write(self, value: Mapping[int, tuple[Fate, str]]) -> list[list[Any]]:
        """Return the list."""
        return [
            [_POSITION.write(position), _FATE.write(fate), _CODE.write(code)]
            for position, (fate, code) in sorted(value.items())
        ]

    def describe(self) -> str:
        """Return the form of an entry."""
        return f"list of `[position, fate, code]` in order, the fate {_FATE.describe()}"


_POSITION, _FATE, _CODE = Number(), Choice(Fate), Text(MAX_CODE)


@dataclass(frozen=True, slots=True)
class Statement(Document):
    """What a reader's node says and signs about the positions n0 to n1 (exclusive) of its partner's log.

    Every position was delivered unless `exceptions` names another fate with a code. `root` is the log's root at n1 in a
    receipt, empty otherwise. `received_at` is, in a receipt, when the batch was stored (from then on its clocks run, on
    both sides), `at` when it was signed. `post` is the title of the post that opened the message, in a retrieval.
    """

    constants = {"v": 1}

    kind: Annotated[StatementKind, "why it is made"]
    author: Annotated[str, Text(MAX_CODE), "name of the node that writes the log"]
    reader: Annotated[str, Text(MAX_CODE), "name of the node that makes the statement"]
    n0: Annotated[int, Number(), "the first position it speaks of"]
    n1: Annotated[int, Number(), "the position behind the last one"]
    at: Annotated[datetime, "when it was signed"]
    root: Annotated[bytes, Hex((0, 32)), "in a receipt, the log's root at n1"] = b""
    exceptions: Annotated[Mapping[int, tuple[Fate, str]], Exceptions(), "what was not delivered"] = field(
        default_factory=dict
    )
    post: Annotated[str, Text(MAX_POST), "in a retrieval, the title of the post that opened it, never a name"] = ""
    received_at: Annotated[
        datetime | None, Instead(Moment(), ""), Named("received"), "in a receipt, when the batch was stored"
    ] = None

    def fate_of(self, position: int) -> tuple[Fate, str]:
        """Return what happened to the message at `position` (which lies in the range) and the code, if any."""
        return self.exceptions.get(position, (Fate.DELIVERED, ""))


def parse_statement(data: bytes) -> Statement:
    """Return the statement of canonical bytes; raises `BadStatement`."""
    try:
        statement = Statement.from_bytes(data)
    except Malformed as error:
        known = error.fault is not Fault.UNKNOWN_VERSION
        raise BadStatement(why="it is malformed" if known else "its version is unknown") from error
    if not statement.n0 < statement.n1 or not all(statement.n0 <= p < statement.n1 for p in statement.exceptions):
        raise BadStatement(why="its range is malformed")
    return statement


def derive_evidences(position: int, statements: Iterable[Statement]) -> list[Evidence]:
    """Return the steps that `statements` (of one directed log, any order) prove of the message at `position`, by
    time.
    """
    found: list[Evidence] = []
    for statement in statements:
        if statement.n0 <= position < statement.n1:
            found.extend(_steps(position, statement))
    return sorted(found, key=lambda evidence: (evidence.at, _ORDER[evidence.kind]))


def _steps(position: int, statement: Statement) -> list[Evidence]:
    if statement.kind is StatementKind.RETRIEVAL:
        return [Evidence(EvidenceKind.RETRIEVED, statement.at, statement.reader, post=statement.post)]
    steps = []
    if statement.kind is StatementKind.RECEIPT:
        steps.append(Evidence(EvidenceKind.RELAY_ACCEPTED, statement.received_at or statement.at, statement.reader))
    fate, code = statement.fate_of(position)
    if fate is Fate.DELIVERED:
        steps.append(Evidence(EvidenceKind.DELIVERED, statement.at, statement.reader))
    elif fate is Fate.REJECTED:
        steps.append(Evidence(EvidenceKind.REJECTED, statement.at, statement.reader, code))
    return steps


_ORDER = {kind: order for order, kind in enumerate(EvidenceKind)}
