"""Back-off, jitter and the circuit of a partner."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.channel.domain.delivery import (
    LONGEST_DELAY,
    OPENS_AFTER,
    Attempts,
    Circuit,
    decide_circuit,
    derive_next_attempt,
    is_due,
    jitter_from,
)

AT = datetime(2025, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0.5), (1, 1), (2, 2), (5, 16), (9, 256), (10, 300), (1000, 300)])
def test_the_delay_doubles_up_to_five_minutes(failures, seconds):
    """Without jitter the delay doubles from half a second to five minutes."""
    attempts = derive_next_attempt(Attempts(failures), at=AT, jitter=0)
    assert attempts == Attempts(failures + 1, AT + timedelta(seconds=seconds))


@given(failures=st.integers(0, 100), jitter=st.floats(0, 1, exclude_max=True))
def test_jitter_takes_off_at_most_half(failures, jitter):
    """A delay is never longer than planned and never shorter than half of that."""
    planned = derive_next_attempt(Attempts(failures), at=AT, jitter=0).next_attempt_at
    jittered = derive_next_attempt(Attempts(failures), at=AT, jitter=jitter).next_attempt_at
    assert planned is not None
    assert jittered is not None
    assert (planned - AT) / 2 <= jittered - AT <= planned - AT <= LONGEST_DELAY


@pytest.mark.parametrize(
    ("attempts", "circuit"),
    [
        (Attempts(), Circuit.CLOSED),
        (Attempts(OPENS_AFTER - 1, AT + timedelta(hours=1)), Circuit.CLOSED),
        (Attempts(OPENS_AFTER, AT + timedelta(hours=1)), Circuit.OPEN),
        (Attempts(OPENS_AFTER, AT), Circuit.HALF_OPEN),
    ],
)
def test_the_circuit_opens_after_failures_and_is_tried_when_due(attempts, circuit):
    """A few failures do not open the circuit; an open one is half open when its next attempt is due."""
    assert decide_circuit(attempts, at=AT) is circuit


def test_a_partner_without_failures_is_always_due():
    """A partner is due when no attempt is set, or when its moment has come."""
    assert is_due(Attempts(), at=AT)
    assert is_due(Attempts(1, AT), at=AT)
    assert not is_due(Attempts(1, AT + timedelta(seconds=1)), at=AT)


@given(st.binary(min_size=2, max_size=8))
def test_jitter_is_a_part_of_one(data):
    """Jitter from random bytes lies in [0, 1)."""
    assert 0 <= jitter_from(data) < 1
