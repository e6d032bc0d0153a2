"""Periodic duties of the delivery worker."""

from datetime import UTC, datetime, timedelta

import pytest

from entraide.channel.domain.duties import HOURLY, Duty, derive_due_duties
from entraide.channel.services.worker import perform_duties
from entraide.config.composition import list_duties
from entraide.requests.api import erase_expired
from tests.factories.nodes import make_node

AT = datetime(2025, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        pytest.param({}, True, id="never tried"),
        pytest.param({"d": AT}, False, id="just tried"),
        pytest.param({"d": AT - HOURLY + timedelta(microseconds=1)}, False, id="nearly an hour ago"),
        pytest.param({"d": AT - HOURLY}, True, id="an hour ago"),
        pytest.param({"d": AT + timedelta(days=1)}, True, id="the clock was set back"),
        pytest.param({"other": AT}, True, id="another duty was tried"),
    ],
)
def test_a_duty_is_due_when_its_interval_has_passed(last, due):
    """A duty is due at first, then once per interval, and again when the clock was set back."""
    duty = Duty("d", print)
    assert derive_due_duties([duty], last, at=AT) == ([duty] if due else [])


def test_a_duty_that_fails_stops_neither_the_others_nor_the_worker():
    """An error of one duty is caught; the next duty is performed, and both are tried again after an hour only."""
    node, done = make_node("default"), []

    def fail(_node):
        raise ZeroDivisionError

    duties, tried = [Duty("failing", fail), Duty("working", done.append)], {}
    for _ in range(2):
        perform_duties(node, duties, tried)
    assert done == [node]
    node.clock.advance(seconds=HOURLY.total_seconds())
    perform_duties(node, duties, tried)
    assert done == [node, node]


def test_every_node_erases_what_has_expired():
    """Composition gives the worker of each node the duty of retention."""
    assert erase_expired in [duty.perform for duty in list_duties()]
