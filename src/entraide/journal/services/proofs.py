"""Heads and proofs of the logs of the active node."""

from dataclasses import dataclass

from entraide.journal.adapters.trees import get_log, read_folds
from entraide.journal.domain.errors import NoSuchLeaf
from entraide.journal.domain.merkle import plan_consistency, plan_inclusion
from entraide.kernel.ids import LogId


@dataclass(frozen=True, slots=True)
class Head:
    """How far a log goes: the number of leaves and the root over them."""

    size: int
    root: bytes


def get_head(log_id: LogId) -> Head:
    """Return the head of a log; raises `NoSuchLog`."""
    log = get_log(log_id)
    return Head(log.size, bytes(log.root))


def prove_inclusion(log_id: LogId, index: int, size: int) -> list[bytes]:
    """Return the hashes that prove leaf `index` in the log's first `size` leaves; raises `NoSuchLeaf`.

    `journal.domain.merkle.verify_inclusion` verifies them.
    """
    try:
        return read_folds(log_id, plan_inclusion(index, size))
    except (ValueError, LookupError) as error:
        raise NoSuchLeaf(index=index, size=size) from error


def prove_consistency(log_id: LogId, m: int, n: int) -> list[bytes]:
    """Return the hashes that prove that the log's first `m` leaves begin its first `n`; raises `NoSuchLeaf`.

    `journal.domain.merkle.verify_consistency` verifies them.
    """
    try:
        return read_folds(log_id, plan_consistency(m, n))
    except (ValueError, LookupError) as error:
        raise NoSuchLeaf(index=m, size=n) from error
