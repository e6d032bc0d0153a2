"""Two, three or n real nodes in one process, every two of them paired, over one loopback transport.

    def test_something(ring):                  # needs django_db(databases=["default", "partner", "third"])
        a, b, c = ring.members                 # in the order of the names that the module's fixture `ministries` gives
        message = ring.submit({"n": 1}, sender=a, to="la-mops")    # type "test.note", version 1
        ring.deliver()                         # all workers run until nothing is due
        assert b.handled[0].value.n == 1
        ring.transport.be_away(c.node.settings.origin)

A node per name and database. Everything is real but time (`ring.clock` stands until it is moved), the seed of chance
and the network: `ring.transport.be(Hostility.DROP_AFTER)` makes it hostile. `member.partners` are the ids of the others
at that node, by name; `member.handled` the messages of type test.* that arrived there, in order. Of two nodes there is
the shorthand of `tests.simulators.pair`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.conf import settings

from entraide.access.api import Actor, Role
from entraide.channel.api import (
    Handled,
    HandlerTable,
    HandlingResult,
    PairingState,
    ReceivedMessage,
    confirm_pairing,
    pairing_digits,
    start_pairing,
    submit_message,
)
from entraide.config.composition import list_handlers
from entraide.directory.api import list_partners, record_partner_keys, rotate_keys
from entraide.kernel.codecs import Number, Text
from entraide.kernel.ids import MessageId, PartnerId, ThreadId
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys
from entraide.kernel.wire import OPTIONAL, Message
from entraide.keys.api import create_memory_keyring
from entraide.storage.api import transaction
from tests.factories.nodes import SeededRandomness, StandingClock, make_node
from tests.factories.people import make_actor
from tests.simulators.transports import LoopbackTransport, deliver_among, nowhere


@dataclass(frozen=True, slots=True)
class Note(Message):
    """The message of the tests."""

    message_type, message_version = "test.note", 1

    n: Annotated[int, Number(), OPTIONAL] = 0
    subject: Annotated[str, Text(200), OPTIONAL] = ""


class Poison(Exception):
    """What the test handler throws at a poisoned message."""


@dataclass
class Member:
    """One of the nodes; `partners` are the others as this one knows them, by the name of their node."""

    node: Node
    operator: Actor
    partners: dict[str, PartnerId] = field(default_factory=dict)
    handled: list[ReceivedMessage[Note]] = field(default_factory=list)

    @property
    def partner_id(self) -> PartnerId:
        """The other node of a pair; with more of them, a test has to name the one it means."""
        (only,) = self.partners.values()
        return only


@dataclass
class Ring:
    """Paired nodes on one clock."""

    members: tuple[Member, ...]
    clock: StandingClock
    transport: LoopbackTransport
    poisoned: set[int] = field(default_factory=set)
    rejected: set[int] = field(default_factory=set)

    def member(self, name: str) -> Member:
        """Return the node of this name."""
        return next(member for member in self.members if member.node.settings.name == name)

    def submit(
        self,
        payload: Mapping[str, Any] | None = None,
        *,
        sender: Member | None = None,
        to: str = "",
        thread: int = 0,
        urgent: bool = False,
        expires_at: datetime | None = None,
    ) -> MessageId:
        """Submit a message of type test.note from `sender` (by default the first), in the thread of that number.

        `to` names its recipient where there are several others.
        """
        member = sender or self.members[0]
        with transaction(member.node):
            return submit_message(
                member.node,
                partner_id=member.partners[to] if to else member.partner_id,
                message=Note(**(payload or {})),
                thread_id=thread_of(thread),
                urgent=urgent,
                expires_at=expires_at,
            )

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

    def rotate(self, member: Member, *, revoke: bool = False, tell: bool = True) -> PublicKeys:
        """Give a node new keys that begin in a minute, `tell` the others' operators, and let the minute pass."""
        keys = rotate_keys(member.node, actor=member.operator, revoke=revoke)
        for other in self.members:
            if tell and other is not member:
                self.tell_keys(member, other, revoke=revoke)
        self.clock.advance(minutes=2)
        return keys

    def tell_keys(self, member: Member, other: Member, *, revoke: bool = False) -> None:
        """Let the operator of the `other` node enter the newest keys of `member`."""
        newest = member.node.keyring.history.generations[-1]
        assert newest.valid_from is not None
        record_partner_keys(
            other.node,
            actor=other.operator,
            partner_id=other.partners[member.node.settings.name],
            keys=newest.keys,
            valid_from=newest.valid_from,
            revoke=revoke,
        )

    def handle(self, node: Node, messages: Sequence[ReceivedMessage[Note]]) -> list[HandlingResult]:
        """Handle test messages: `{"n": 3}` is poisoned when 3 is in `poisoned`, refused when it is in `rejected`."""
        results = []
        for message in messages:
            number = message.value.n
            if number in self.poisoned:
                raise Poison
            results.append(
                HandlingResult.rejected("test.rejected") if number in self.rejected else HandlingResult.accepted()
            )
        handled = self.member(node.settings.name).handled
        handled.extend(message for message, result in zip(messages, results, strict=True) if result.is_accepted)
        return results


def thread_of(number: int) -> ThreadId:
    """Return the thread with this number."""
    return ThreadId(UUID(int=number + 1))


def make_ring_nodes(
    names: Sequence[str], *more: Handled[Any], request_forms: Path | None = None
) -> tuple[list[Node], StandingClock, LoopbackTransport]:
    """Return an unpaired node per name (of `MINISTRIES`), each in its own database, on one clock and transport.

    They handle what a node handles, and `more`; all have the forms of the folder `request_forms`, if any.
    """
    clock, transport = StandingClock(), LoopbackTransport()
    handlers = HandlerTable.of(list_handlers().entries.values(), more)
    nodes = [
        make_node(
            alias,
            name=name,
            clock=clock,
            keyring=create_memory_keyring(SeededRandomness(f"keys {name}")),
            transport=transport,
            handlers=handlers,
            request_forms=request_forms,
        )
        for name, alias in zip(names, settings.DATABASES, strict=False)
    ]
    assert len(nodes) == len(names), "tests/settings.py has a database for each"
    transport.nodes.update({node.settings.origin: node for node in nodes})
    return nodes, clock, transport


def pair_nodes(first: Node, first_operator: Actor, second: Node, second_operator: Actor) -> None:
    """Pair two nodes as their operators would, each comparing the digits that the other reads out."""
    with nowhere():
        state = _pair(first, first_operator, second, second_operator)
    assert state is PairingState.PAIRED


def _pair(first: Node, first_operator: Actor, second: Node, second_operator: Actor) -> PairingState:
    pairing_id = start_pairing(first, actor=first_operator, origin=second.settings.origin)
    confirm_pairing(first, actor=first_operator, pairing_id=pairing_id, digits=pairing_digits(second, pairing_id))
    return confirm_pairing(
        second, actor=second_operator, pairing_id=pairing_id, digits=pairing_digits(first, pairing_id)
    )


class _Later:
    """Hands test messages to the ring, which is there after its nodes."""

    ring: Ring

    def handle(self, node: Node, messages: Sequence[ReceivedMessage[Note]]) -> list[HandlingResult]:
        return self.ring.handle(node, messages)


Kind = TypeVar("Kind", bound=Ring)


@contextmanager
def simulated_ring(names: Sequence[str], kind: type[Kind], *, request_forms: Path | None = None) -> Iterator[Kind]:
    """Give the nodes of these names, every two paired, their authorities exchanged, with a handler for test.note."""
    later = _Later()
    nodes, clock, transport = make_ring_nodes(names, Handled(Note, later.handle), request_forms=request_forms)
    members = tuple(Member(node, make_actor(node, Role.operator)) for node in nodes)
    for first, second in combinations(members, 2):
        pair_nodes(first.node, first.operator, second.node, second.operator)
    for member in members:
        with member.node.active():
            member.partners = {partner.name: partner.id for partner in list_partners(member.node)}
    later.ring = ring = kind(members, clock, transport)
    ring.deliver()
    yield ring
