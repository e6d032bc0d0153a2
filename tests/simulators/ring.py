"""Three, four or n real nodes in one process, every two of them paired, over one loopback transport.

    def test_something(ring):                  # needs django_db(databases=["default", "partner", "third"])
        a, b, c = ring.members                 # in the order of the names that the module's fixture `ministries` gives
        ring.deliver()                         # all workers run until nothing is due
        ring.transport.be_away(c.node.settings.origin)

A node per name and database; `member.partners` are the ids of the others at that node, by name.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import combinations

from django.conf import settings

from entraide.access.api import Actor, Role
from entraide.config.composition import list_handlers
from entraide.directory.api import list_partners
from entraide.kernel.ids import PartnerId
from entraide.kernel.node import Node
from entraide.keys.api import create_memory_keyring
from tests.factories.nodes import SeededRandomness, StandingClock, make_node
from tests.factories.people import make_actor
from tests.simulators.pair import pair_nodes
from tests.simulators.transports import LoopbackTransport, deliver_among


@dataclass
class Member:
    """One of the nodes; `partners` are the others as this one knows them, by the name of their node."""

    node: Node
    operator: Actor
    partners: dict[str, PartnerId] = field(default_factory=dict)


@dataclass
class Ring:
    """Paired nodes on one clock."""

    members: tuple[Member, ...]
    clock: StandingClock
    transport: LoopbackTransport

    def deliver(self, *names: str, rounds: int = 30, step: float = 1.0) -> None:
        """Run the workers of these nodes (all if none is named) in turn, `step` seconds apart, until they are idle."""
        nodes = [member.node for member in self.members]
        chosen = [node for node in nodes if not names or node.settings.name in names]
        deliver_among(chosen, self.clock, rounds=rounds, step=step)

    @contextmanager
    def away(self, *names: str) -> Iterator[None]:
        """Let nobody answer at these nodes for the time of the block."""
        self.transport.be_away(m.node.settings.origin for m in self.members if m.node.settings.name in names)
        yield
        self.transport.come_back()


def make_ring_nodes(names: Sequence[str]) -> tuple[list[Node], StandingClock, LoopbackTransport]:
    """Return an unpaired node per name (of `MINISTRIES`), each in its own database, on one clock and transport."""
    clock, transport = StandingClock(), LoopbackTransport()
    nodes = [
        make_node(
            alias,
            name=name,
            clock=clock,
            keyring=create_memory_keyring(SeededRandomness(f"keys {name}")),
            transport=transport,
            handlers=list_handlers(),
        )
        for name, alias in zip(names, settings.DATABASES, strict=False)
    ]
    assert len(nodes) == len(names), "tests/settings.py has a database for each"
    transport.nodes.update({node.settings.origin: node for node in nodes})
    return nodes, clock, transport


@contextmanager
def simulated_ring(names: Sequence[str]) -> Iterator[Ring]:
    """Give the nodes of these names, every two paired, their authorities exchanged."""
    nodes, clock, transport = make_ring_nodes(names)
    members = tuple(Member(node, make_actor(node, Role.operator)) for node in nodes)
    for first, second in combinations(members, 2):
        pair_nodes(first.node, first.operator, second.node, second.operator)
    for member in members:
        with member.node.active():
            member.partners = {partner.name: partner.id for partner in list_partners(member.node)}
    ring = Ring(members, clock, transport)
    ring.deliver()
    yield ring
