"""How often somebody may ask: a token bucket, which allows a burst and then a steady rate."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `burst` requests at once, and `per_minute` of them come back in a minute."""

    burst: int
    per_minute: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many requests were left at a moment; parts of one count, so that waiting is never lost."""

    left: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether a request is served, how many more are, in how many seconds all are back, and when to try again."""

    allowed: bool
    limit: int
    left: int
    reset: int
    wait: int


class Buckets(Protocol):
    """Where buckets are kept: in this process, or where several processes share them."""

    def take(self, key: str, rate: Rate, at: datetime) -> Allowance:
        """Take one request from the bucket of `key` at `at`, as `take_one` decides it, as one step for all who ask."""
        ...


def take_one(rate: Rate, bucket: Bucket | None, at: datetime) -> tuple[Bucket, Allowance]:
    """Return the bucket after a request at `at`, and whether it is served; a new bucket (None) is full.

    A clock that is set back gives nothing back and takes nothing away.
    """
    per_second = rate.per_minute / 60
    passed = max(0.0, (at - bucket.at).total_seconds()) if bucket else 0.0
    left = min(float(rate.burst), bucket.left + passed * per_second) if bucket else float(rate.burst)
    allowed = left >= 1
    after = left - 1 if allowed else left
    missing = rate.burst - after
    return Bucket(after, at), Allowance(
        allowed=allowed,
        limit=rate.burst,
        left=int(after),
        reset=math.ceil(missing / per_second),
        wait=0 if allowed else max(1, math.ceil((1 - left) / per_second)),
    )
