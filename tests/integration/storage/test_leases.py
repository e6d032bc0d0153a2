"""Leases in the database, taken by threads and processes, some of which are killed."""

import json
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any, TypeVar

import pytest
from django.db import connection, connections

from entraide.kernel.node import Node
from entraide.storage.api import (
    LeaseLost,
    demand_lease,
    hold_lease,
    list_takings,
    release_lease,
    renew_lease,
    take_lease,
    transaction,
)
from tests.factories.logs import make_keyed_node

HOUR = timedelta(hours=1)
Test = TypeVar("Test", bound=Callable[..., None])


@pytest.fixture
def node(db: None) -> Node:
    return make_keyed_node()


def side_by_side(test: Test) -> Test:
    """On SQLite the node has a database of its own, which Django's isolation of tests would not let it use."""
    return test if connection.vendor == "sqlite" else pytest.mark.django_db(transaction=True)(test)


def in_processes(work: Callable[[], Any], *, count: int = 1, killed: bool = False) -> list[Any]:
    """Return what `work` returned in each of `count` processes that began together; `killed` ones die by SIGKILL."""
    connections.close_all()
    ready, begin = os.pipe(), os.pipe()
    children = []
    for _ in range(count):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            _be_a_child(work, ready[1], begin, writer, killed=killed)
        os.close(writer)
        children.append((child, reader))
    for _ in range(count):
        os.read(ready[0], 1)
    for end in (*begin, *ready):
        os.close(end)
    found = []
    for child, reader in children:
        with os.fdopen(reader) as file:
            found.append(json.loads(file.read()))
        os.waitpid(child, 0)
    return found


def _be_a_child(work: Callable[[], Any], ready: int, begin: tuple[int, int], writer: int, *, killed: bool) -> None:
    try:
        os.close(begin[1])
        os.write(ready, b".")
        os.read(begin[0], 1)
        os.write(writer, json.dumps(work()).encode())
        if killed:
            os.kill(os.getpid(), signal.SIGKILL)
    finally:
        # Nothing of the test process's endings is a child's to do.
        os._exit(0)


def test_a_lease_is_held_by_one_and_given_back(node: Node):
    """While one holds it nobody gets it; afterwards the next does, with a higher token."""
    with hold_lease(node, "work", lasts=HOUR) as first:
        assert first is not None
        with hold_lease(node, "work", lasts=HOUR) as second:
            assert second is None
        with hold_lease(node, "other work", lasts=HOUR) as other:
            assert other is not None
    with hold_lease(node, "work", lasts=HOUR) as third:
        assert third is not None
        assert third.token == first.token + 1


def test_a_lease_is_given_back_when_the_work_fails(node: Node):
    """An error does not keep others from trying."""
    with pytest.raises(ZeroDivisionError), hold_lease(node, "work", lasts=HOUR):
        raise ZeroDivisionError
    assert take_lease(node, "work", lasts=HOUR) is not None


def test_work_of_an_interval_is_begun_once(node: Node):
    """Given back or not, it is not begun again before its interval is over; when it was begun is remembered."""
    began = node.clock.now()
    with hold_lease(node, "work", lasts=HOUR, every=HOUR) as lease:
        assert lease is not None
    assert take_lease(node, "work", lasts=HOUR, every=HOUR) is None
    assert list_takings(node, ["work", "never done"]) == {"work": began}
    node.clock.advance(hours=1)
    assert take_lease(node, "work", lasts=HOUR, every=HOUR) is not None


def test_a_lease_ends_and_its_late_holder_finds_out(node: Node):
    """Who worked too long writes nothing: the lease is another's, and giving it back takes nothing from that one."""
    late = take_lease(node, "work", lasts=HOUR)
    assert late is not None
    node.clock.advance(hours=1)
    demand_lease(node, late)
    present = take_lease(node, "work", lasts=HOUR)
    assert present is not None
    with pytest.raises(LeaseLost), transaction(node):
        demand_lease(node, late)
    with pytest.raises(LeaseLost):
        renew_lease(node, late, lasts=HOUR)
    release_lease(node, late)
    demand_lease(node, present)
    assert take_lease(node, "work", lasts=HOUR) is None


def test_a_renewed_lease_lasts_longer(node: Node):
    """Long work renews its lease, and nobody gets it meanwhile."""
    lease = take_lease(node, "work", lasts=HOUR)
    assert lease is not None
    for _ in range(5):
        node.clock.advance(minutes=50)
        lease = renew_lease(node, lease, lasts=HOUR)
        assert take_lease(node, "work", lasts=HOUR) is None
    node.clock.advance(minutes=61)
    assert take_lease(node, "work", lasts=HOUR) is not None


def test_a_lease_that_was_given_back_is_not_held(node: Node):
    """After giving it back its former holder may not write under it, though nobody took it since."""
    lease = take_lease(node, "work", lasts=HOUR)
    assert lease is not None
    release_lease(node, lease)
    with pytest.raises(LeaseLost):
        demand_lease(node, lease)


@side_by_side
def test_threads_that_ask_at_once_get_one_lease(threaded_node: Node):
    """Of eight threads one gets a lease that nobody took before, and one gets it once it was given back."""
    for turn in range(3):
        barrier, got = Barrier(8), []

        def ask(barrier: Barrier = barrier, got: list[object] = got) -> None:
            try:
                barrier.wait(timeout=20)
                lease = take_lease(threaded_node, "work", lasts=HOUR)
                if lease is not None:
                    got.append(lease)
            finally:
                connections.close_all()

        threads = [Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [lease.token for lease in got] == [turn + 1]
        release_lease(threaded_node, got[0])


@side_by_side
def test_processes_that_ask_at_once_get_one_lease(threaded_node: Node):
    """Of four processes one does the work of the interval."""

    def work() -> bool:
        with hold_lease(threaded_node, "work", lasts=HOUR, every=HOUR) as lease:
            return lease is not None

    assert sorted(in_processes(work, count=4)) == [False, False, False, True]
    threaded_node.clock.advance(hours=1)
    assert sorted(in_processes(work, count=4)) == [False, False, False, True]


@side_by_side
def test_the_lease_of_a_killed_process_goes_to_another_when_it_ends(threaded_node: Node):
    """A process that is killed holds its lease until its time is over, not longer."""

    def work() -> int:
        lease = take_lease(threaded_node, "work", lasts=HOUR)
        return 0 if lease is None else lease.token

    assert in_processes(work, killed=True) == [1]
    assert take_lease(threaded_node, "work", lasts=HOUR) is None
    threaded_node.clock.advance(minutes=59)
    assert take_lease(threaded_node, "work", lasts=HOUR) is None
    threaded_node.clock.advance(minutes=1)
    lease = take_lease(threaded_node, "work", lasts=HOUR)
    assert lease is not None
    assert lease.token == 2
