"""Who gets a lease, decided from what stands in the database."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.storage.domain.leases import Lease, decide_lease, is_due

AT = datetime(2025, 1, 12, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
US, OTHERS = UUID(int=1), UUID(int=2)


def lease(taken: timedelta, until: timedelta, *, holder: UUID | None = OTHERS) -> Lease:
    return Lease("work", 7, holder, AT + taken, AT + until)


@pytest.mark.parametrize(
    ("found", "every", "gets"),
    [
        pytest.param(None, None, True, id="never taken"),
        pytest.param(lease(-MINUTE, 59 * MINUTE), None, False, id="held by another"),
        pytest.param(lease(-MINUTE, 59 * MINUTE, holder=None), None, True, id="given back"),
        pytest.param(lease(-HOUR, timedelta()), None, True, id="its holder was killed, and its time is over"),
        pytest.param(lease(-HOUR, timedelta(microseconds=1)), None, False, id="its time is nearly over"),
        pytest.param(lease(-MINUTE, 59 * MINUTE, holder=None), HOUR, False, id="done a minute ago"),
        pytest.param(lease(-HOUR, -59 * MINUTE, holder=None), HOUR, True, id="done an hour ago"),
        pytest.param(lease(-HOUR, timedelta(), holder=OTHERS), HOUR, True, id="begun an hour ago and killed"),
        pytest.param(lease(MINUTE, 61 * MINUTE), None, False, id="held by a machine whose clock is ahead"),
        pytest.param(lease(MINUTE, 61 * MINUTE, holder=None), HOUR, False, id="done by a machine that is ahead"),
        pytest.param(lease(24 * HOUR, 25 * HOUR), HOUR, True, id="the clock was set back by a day"),
    ],
)
def test_decide_lease(found: Lease | None, every: timedelta | None, *, gets: bool):
    """A lease is free when it was given back or its time is over, and work done lately is left alone."""
    got = decide_lease(found, name="work", holder=US, at=AT, lasts=HOUR, every=every)
    assert (got is not None) == gets
    if got is not None:
        assert got == Lease("work", 8 if found else 1, US, AT, AT + HOUR)


moments = st.timedeltas(timedelta(0), 6 * HOUR).map(lambda step: AT + step)


@given(st.lists(st.tuples(moments, st.booleans()), max_size=20))
def test_no_two_hold_a_lease_at_once(tries: list[tuple[datetime, bool]]):
    """Whoever tries when, and whether or not it gives the lease back: tokens grow, and times never overlap."""
    found: Lease | None = None
    held: list[Lease] = []
    for number, (at, gives_back) in enumerate(sorted(tries)):
        got = decide_lease(found, name="work", holder=UUID(int=number), at=at, lasts=HOUR)
        if got is not None:
            held.append(got)
            # Given back at once, it held for no time.
            found = Lease("work", got.token, None, at, at) if gives_back else got
            if gives_back:
                held[-1] = found
    assert [item.token for item in held] == list(range(1, len(held) + 1))
    for earlier, later in pairwise(held):
        assert later.taken_at >= earlier.until


@given(st.timedeltas(-24 * HOUR, 24 * HOUR))
def test_work_is_due_once_per_interval(age: timedelta):
    """Less than an interval from its last beginning, in either direction of the clock, it is not due."""
    assert is_due(AT - age, HOUR, at=AT) == (abs(age) >= HOUR)
