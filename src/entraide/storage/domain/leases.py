"""Leases: who of several processes may do what must run once, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from entraide.kernel.errors import Conflict
from entraide.kernel.text import N_


class LeaseLost(Conflict):
    """A process worked longer than its lease, and another may have taken it."""

    code = "storage.lease_lost"
    message = N_("This process no longer holds the lease {name}.")
    remedy = N_("Nothing was written. Another process does this work, or it is tried again soon.")


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease as it stands in the database; nobody holds it when `holder` is None.

    `token` grows with every taking: of two who believe that they hold the lease, the one with the lower token is late.
    """

    name: str
    token: int
    holder: UUID | None
    taken_at: datetime
    until: datetime


def decide_lease(
    found: Lease | None, *, name: str, holder: UUID, at: datetime, lasts: timedelta, every: timedelta | None = None
) -> Lease | None:
    """Return the lease that `holder` gets at `at` for `lasts`, or None when it must leave the work to another.

    1. Somebody holds it, and its time is not over: None. An end that is further away than twice `lasts` does not
       count: then the clock was set back.
    2. It was taken within `every` before: None, whether the work was done or failed. A taking in the future counts as
       long as it is nearer than `every`: clocks of machines differ, and one that was set back stops nothing for long.
    """
    if found is None:
        return Lease(name, 1, holder, at, at + lasts)
    if found.holder is not None and timedelta() < found.until - at <= 2 * lasts:
        return None
    if every is not None and not is_due(found.taken_at, every, at=at):
        return None
    return Lease(name, found.token + 1, holder, at, at + lasts)


def is_due(last: datetime | None, every: timedelta, *, at: datetime) -> bool:
    """Whether what was begun at `last` and is begun once per `every` may be begun at `at`."""
    return last is None or not -every < at - last < every
