"""When to try a partner again: back-off with jitter, and a circuit per partner."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FIRST_DELAY = timedelta(seconds=0.5)
LONGEST_DELAY = timedelta(minutes=5)
OPENS_AFTER = 5
LEASE = timedelta(seconds=20)
WITNESS_EVERY = timedelta(days=1)


class Circuit(StrEnum):
    """Closed: the partner answers. Open: it has failed often and is left alone. Half open: one attempt is due."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class Attempts:
    """What is remembered of a partner: failures in a row since the last success, and when the next attempt is due."""

    failures: int = 0
    next_attempt_at: datetime | None = None


def decide_circuit(attempts: Attempts, *, at: datetime) -> Circuit:
    """Return the state of the partner's circuit at the moment `at`."""
    if attempts.failures < OPENS_AFTER:
        return Circuit.CLOSED
    return Circuit.HALF_OPEN if is_due(attempts, at=at) else Circuit.OPEN


def is_due(attempts: Attempts, *, at: datetime) -> bool:
    """Whether the partner may be tried at the moment `at`."""
    return attempts.next_attempt_at is None or attempts.next_attempt_at <= at


def derive_next_attempt(attempts: Attempts, *, at: datetime, jitter: float) -> Attempts:
    """Return the attempts after one more failure at `at`.

    The delay doubles from half a second to five minutes; `jitter` in [0, 1) takes off up to half of it, so that nodes
    that failed together do not come back together.
    """
    failures = attempts.failures + 1
    delay = min(FIRST_DELAY * 2 ** min(failures - 1, 20), LONGEST_DELAY)
    return Attempts(failures, at + delay * (1 - jitter / 2))


def jitter_from(random: bytes) -> float:
    """Return a number in [0, 1) from at least two random bytes."""
    return int.from_bytes(random[:2]) / 65536
