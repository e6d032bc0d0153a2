"""Evidence, made and judged: what a reader's node states of a batch, and whether a partner's statement holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from entraide.channel.domain.errors import BadStatement, NotForThisNode
from entraide.channel.domain.evidence import STATEMENT_LABEL, Fate, Fates, Statement, StatementKind, parse_statement
from entraide.channel.domain.posts import SignedStatement
from entraide.kernel.dated_keys import KeyHistory
from entraide.keys.api import verify_dated_signature


@dataclass(frozen=True, slots=True)
class StoredRange:
    """A batch that a reader's node has stored: whose log, which positions, the root at n1, and since when."""

    author: str
    reader: str
    n0: int
    n1: int
    root: bytes
    received_at: datetime


@dataclass(frozen=True, slots=True)
class OutgoingLog:
    """A log that this node writes for a partner: both names, how many leaves it has, and the partner's keys."""

    author: str
    reader: str
    size: int
    reader_keys: KeyHistory


def is_all_delivered(n0: int, n1: int, fates: Fates) -> bool:
    """Whether every message from `n0` to `n1` (exclusive) was delivered just now, so that nothing else need be read."""
    return all(fates.get(position, (Fate.WAITING, ""))[0] is Fate.DELIVERED for position in range(n0, n1))


def derive_receipt(stored: StoredRange, left: Mapping[int, tuple[Fate, str]], *, at: datetime) -> Statement:
    """Return the receipt of a stored batch, signed at `at`; `left` are the fates of what was not delivered."""
    return Statement(
        kind=StatementKind.RECEIPT,
        author=stored.author,
        reader=stored.reader,
        n0=stored.n0,
        n1=stored.n1,
        at=at,
        received_at=stored.received_at,
        root=stored.root,
        exceptions=dict(left),
    )


def verify_evidence(signed: SignedStatement, log: OutgoingLog, *, at: datetime) -> Statement:
    """Return what a partner states of the log that this node writes for it; `at` is when the statement came.

    1. It is readable (`BadStatement`), names this node as author (`NotForThisNode`) and the partner as reader, and lies
       within what was appended (`BadStatement`).
    2. The partner's signature holds, with its keys of the moment that the statement names (`verify_dated_signature`).
    """
    statement = parse_statement(signed.content)
    if statement.author != log.author:
        raise NotForThisNode(name=statement.author)
    if statement.reader != log.reader:
        raise BadStatement(why="another node made it")
    if statement.n1 > log.size:
        raise BadStatement(why="it covers what was never sent")
    verify_dated_signature(
        log.reader_keys, STATEMENT_LABEL, signed.content, signed.signature, claimed=statement.at, stored_at=at
    )
    return statement


def require_receipt(statement: Statement, n0: int, n1: int, root: bytes) -> None:
    """Raise `BadStatement` unless a verified statement is the receipt of the batch from `n0` to `n1` under `root`."""
    if statement.kind is not StatementKind.RECEIPT or (statement.n0, statement.n1) != (n0, n1):
        raise BadStatement(why="it is not the receipt of this batch")
    if statement.root != root:
        raise BadStatement(why="it is the receipt of another history")
