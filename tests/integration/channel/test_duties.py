"""Duties are performed once per interval, however many processes a node has."""

from threading import Thread

import pytest
from django.db import connection, connections

from entraide.channel.domain.duties import HOURLY, Duty
from entraide.channel.services.worker import perform_duties
from entraide.storage.api import list_takings
from tests.factories.logs import make_keyed_node


def side_by_side(test):
    """On SQLite the node has a database of its own, which Django's isolation of tests would not let it use."""
    return test if connection.vendor == "sqlite" else pytest.mark.django_db(transaction=True)(test)


@pytest.mark.django_db
def test_a_duty_that_fails_stops_neither_the_others_nor_the_worker():
    """An error of one duty is caught; the next duty is performed, and both are tried again after an hour only."""
    node, done = make_keyed_node(), []

    def fail(_node):
        raise ZeroDivisionError

    duties = [Duty("failing", fail), Duty("working", done.append)]
    for _ in range(2):
        perform_duties(node, duties)
    assert done == [node]
    assert set(list_takings(node, ["duty failing", "duty working", "duty other"])) == {"duty failing", "duty working"}
    node.clock.advance(seconds=HOURLY.total_seconds())
    perform_duties(node, duties)
    assert done == [node, node]


@side_by_side
def test_workers_side_by_side_perform_a_duty_once(threaded_node):
    """Six workers look at the same moment: one performs it; an hour later one does again."""
    node, done = threaded_node, []
    duties = [Duty("working", done.append)]

    def work():
        perform_duties(node, duties)
        connections.close_all()

    for hour in range(3):
        threads = [Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(done) == hour + 1
        node.clock.advance(seconds=HOURLY.total_seconds())
