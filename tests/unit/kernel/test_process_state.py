"""What a process remembers of a node."""

from dataclasses import replace
from threading import Thread

from entraide.kernel.node import ProcessState
from tests.factories.nodes import make_node


class Count:
    """A thing to remember."""


def test_a_node_has_one_object_of_each_class():
    """It is the same whenever asked for, also by a node that differs in a part; other nodes have their own."""
    one, other = make_node(), make_node()
    assert one.process.of(Count) is one.process.of(Count)
    assert replace(one, database="partner").process is one.process
    assert one.process.of(Count) is not other.process.of(Count)
    assert one == replace(other, clock=one.clock, random=one.random)


def test_threads_that_ask_at_once_get_the_same_object():
    """The object is made once."""
    state, found = ProcessState(), []
    threads = [Thread(target=lambda: found.append(state.of(Count))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, found))) == 1
