"""Periodic duties of the delivery worker."""

from datetime import UTC, datetime, timedelta

import pytest

from entraide.channel.domain.duties import HOURLY, Duty, derive_due_duties
from entraide.config.composition import list_duties
from entraide.directory.api import forget_ended_keys
from entraide.requests.api import erase_expired

AT = datetime(2025, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        pytest.param({}, True, id="never tried"),
        pytest.param({"duty d": AT}, False, id="just tried"),
        pytest.param({"duty d": AT - HOURLY + timedelta(microseconds=1)}, False, id="nearly an hour ago"),
        pytest.param({"duty d": AT - HOURLY}, True, id="an hour ago"),
        pytest.param({"duty d": AT + timedelta(days=1)}, True, id="the clock was set back"),
        pytest.param({"duty d": AT + timedelta(minutes=1)}, False, id="just tried by a machine whose clock is ahead"),
        pytest.param({"duty other": AT}, True, id="another duty was tried"),
    ],
)
def test_a_duty_is_due_when_its_interval_has_passed(last, due):
    """A duty is due at first, then once per interval, and again when the clock was set back."""
    duty = Duty("d", print)
    assert derive_due_duties([duty], last, at=AT) == ([duty] if due else [])


def test_every_node_erases_what_has_expired():
    """Composition gives the worker of each node the duty of retention."""
    assert erase_expired in [duty.perform for duty in list_duties()]


def test_every_node_destroys_keys_that_have_ended():
    """The same worker takes care that an ended private key does not lie about."""
    assert forget_ended_keys in [duty.perform for duty in list_duties()]
