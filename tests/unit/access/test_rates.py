"""The token bucket."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from entraide.access.domain.rates import Allowance, Rate, take_one

AT = datetime(2025, 1, 12, 12, tzinfo=UTC)
RATE = Rate(burst=2, per_minute=60)


def test_a_burst_is_served_and_then_one_a_second():
    """Two at once, the third waits a second; after it one more is served."""
    first, allowed = take_one(RATE, None, AT)
    assert allowed == Allowance(allowed=True, limit=2, left=1, reset=1, wait=0)
    second, allowed = take_one(RATE, first, AT)
    assert (allowed.allowed, allowed.left, allowed.reset) == (True, 0, 2)
    third, refused = take_one(RATE, second, AT)
    assert refused == Allowance(allowed=False, limit=2, left=0, reset=2, wait=1)
    _, allowed = take_one(RATE, third, AT + timedelta(seconds=1))
    assert allowed.allowed


def test_refused_requests_cost_nothing():
    """Who keeps asking is served as soon as who waits."""
    bucket, _ = take_one(Rate(1, 60), None, AT)
    for tenth in range(1, 10):
        bucket, refused = take_one(Rate(1, 60), bucket, AT + timedelta(seconds=tenth / 10))
        assert not refused.allowed
    assert take_one(Rate(1, 60), bucket, AT + timedelta(seconds=1.01))[1].allowed


@given(st.lists(st.integers(-1000, 5000), max_size=60), st.integers(1, 20), st.integers(1, 600))
def test_no_more_than_the_burst_and_the_rate_are_served(steps, burst, per_minute):
    """Whatever the times, also backwards: never more than the burst and what came back since."""
    rate, bucket, at, served, passed = Rate(burst, per_minute), None, AT, 0, 0.0
    for step in steps:
        at += timedelta(milliseconds=step)
        passed += max(0, step) / 1000
        bucket, allowance = take_one(rate, bucket, at)
        served += allowance.allowed
        assert 0 <= allowance.left <= burst
        assert allowance.allowed == (allowance.wait == 0)
    assert served <= burst + passed * per_minute / 60 + 1e-6
