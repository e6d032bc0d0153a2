"""A ring of two: Vietnam's node `vn-mps` in "default" and Laos's `la-mops` in "partner". Use it so::

    def test_something(pair):                      # fixture; needs django_db(databases=["default", "partner"])
        message = pair.submit({"n": 1})            # from Vietnam to Laos, type "test.note", version 1
        pair.deliver()                             # both workers run until nothing is due
        assert pair.b.handled[0].value.n == 1

`pair.a` and `pair.b` are its two members; what else it can do stands in `tests.simulators.ring`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from entraide.kernel.node import Node
from tests.factories.nodes import StandingClock
from tests.simulators.ring import Member, Ring, make_ring_nodes, simulated_ring
from tests.simulators.transports import LoopbackTransport

PAIR: Final = ("vn-mps", "la-mops")


class SimulatedPair(Ring):
    """Two paired nodes; `a` is Vietnam's, `b` Laos's."""

    @property
    def a(self) -> Member:
        """The first node, which sends where no sender is named."""
        return self.members[0]

    @property
    def b(self) -> Member:
        """The second node."""
        return self.members[1]


def make_nodes() -> tuple[Node, Node, StandingClock, LoopbackTransport]:
    """Return two unpaired nodes with keys in memory, on one clock, over one loopback transport."""
    (first, second), clock, transport = make_ring_nodes(PAIR)
    return first, second, clock, transport


@contextmanager
def simulated_pair(request_forms: Path | None = None) -> Iterator[SimulatedPair]:
    """Give two paired nodes, their authorities exchanged, with a handler for test.note."""
    with simulated_ring(PAIR, SimulatedPair, request_forms=request_forms) as pair:
        yield pair
