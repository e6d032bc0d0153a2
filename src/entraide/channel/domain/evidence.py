"""Evidences: one signed statement covers a range of positions, what each message's timeline shows is derived from it.

The chain follows e-CODEX and ETSI EN 319 522 (registered delivery): submission accepted; relay accepted (durable at the
partner); delivered (applied by the partner) or rejected or not delivered; retrieved (opened by a post, never a name).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from entraide.channel.domain.envelope import parse_moment, write_moment
from entraide.channel.domain.errors import BadStatement
from entraide.kernel.canonical import NotCanonical, canonical_bytes, parse_canonical

STATEMENT_LABEL = "entraide/evidence/v1"
STATEMENT_VERSION = 1
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
class Statement:
    """What a reader's node says and signs about the positions n0 to n1 (exclusive) of its partner's log.

    Every position was delivered unless `exceptions` names another fate with a code. `root` is the log's root at n1 in a
    receipt, empty otherwise. `received_at` is, in a receipt, when the batch was stored (from then on its clocks run, on
    both sides), `at` when it was signed. `post` is the title of the post that opened the message, in a retrieval.
    """

    kind: StatementKind
    author: str
    reader: str
    n0: int
    n1: int
    at: datetime
    root: bytes = b""
    exceptions: Mapping[int, tuple[Fate, str]] = field(default_factory=dict)
    post: str = ""
    received_at: datetime | None = None

    def to_bytes(self) -> bytes:
        """Return the canonical bytes that are signed and stored on both nodes."""
        return canonical_bytes(
            {
                "v": STATEMENT_VERSION,
                "kind": self.kind.value,
                "author": self.author,
                "reader": self.reader,
                "n0": self.n0,
                "n1": self.n1,
                "at": write_moment(self.at),
                "root": self.root.hex(),
                "exceptions": [
                    [position, fate.value, code] for position, (fate, code) in sorted(self.exceptions.items())
                ],
                "post": self.post,
                "received": write_moment(self.received_at) if self.received_at else "",
            }
        )

    def fate_of(self, position: int) -> tuple[Fate, str]:
        """Return what happened to the message at `position` (which lies in the range) and the code, if any."""
        return self.exceptions.get(position, (Fate.DELIVERED, ""))


def parse_statement(data: bytes) -> Statement:
    """Return the statement of canonical bytes; raises `BadStatement`."""
    try:
        value = parse_canonical(data)
        if value["v"] != STATEMENT_VERSION or len(value) != 11:
            raise BadStatement(why="its version is unknown")
        statement = Statement(
            kind=StatementKind(value["kind"]),
            author=_short(value["author"], MAX_CODE),
            reader=_short(value["reader"], MAX_CODE),
            n0=int(value["n0"]),
            n1=int(value["n1"]),
            at=parse_moment(value["at"]),
            root=bytes.fromhex(value["root"]),
            exceptions={
                int(position): (Fate(fate), _short(code, MAX_CODE)) for position, fate, code in value["exceptions"]
            },
            post=_short(value["post"], MAX_POST),
            received_at=parse_moment(value["received"]) if value["received"] else None,
        )
    except (NotCanonical, KeyError, TypeError, ValueError) as error:
        raise BadStatement(why="it is malformed") from error
    if not 0 <= statement.n0 < statement.n1 or not all(statement.n0 <= p < statement.n1 for p in statement.exceptions):
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


def _short(value: Any, limit: int) -> str:  # noqa: ANN401 - anything a partner may write
    if not isinstance(value, str) or len(value) > limit:
        raise ValueError("not a short text")
    return value
