"""Two real nodes in one process, paired over a loopback transport: `vn-mps` in "default" and `la-mops` in "partner".

Everything is real but time (`pair.clock` stands until it is moved), the seed of randomness and the network. Use it so::

    def test_something(pair):                      # fixture; needs django_db(databases=["default", "partner"])
        message = pair.submit({"n": 1})            # from Vietnam to Laos, type "test.note", version 1
        pair.deliver()                             # both workers run until nothing is due
        assert pair.b.handled[0].value.n == 1

`pair.a` and `pair.b` are `Side`s: `.node`, `.operator` (an Actor), `.partner_id` (of the other one), `.handled`
(messages of type test.* that arrived, in order). `pair.transport.be(Hostility.DROP_AFTER)` makes the network hostile.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

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
from entraide.directory.api import find_partner, record_partner_keys, rotate_keys
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
class Side:
    """One of the two nodes."""

    node: Node
    operator: Actor
    partner_id: PartnerId
    handled: list[ReceivedMessage[Note]] = field(default_factory=list)


@dataclass
class SimulatedPair:
    """Two paired nodes; `a` is Vietnam's, `b` Laos's."""

    a: Side
    b: Side
    clock: StandingClock
    transport: LoopbackTransport
    poisoned: set[int] = field(default_factory=set)
    rejected: set[int] = field(default_factory=set)

    def submit(
        self,
        payload: Mapping[str, Any] | None = None,
        *,
        sender: Side | None = None,
        thread: int = 0,
        urgent: bool = False,
        expires_at: datetime | None = None,
    ) -> MessageId:
        """Submit a message of type test.note from `sender` (A when not given), in the thread of that number."""
        side = sender or self.a
        with transaction(side.node):
            return submit_message(
                side.node,
                partner_id=side.partner_id,
                message=Note(**(payload or {})),
                thread_id=thread_of(thread),
                urgent=urgent,
                expires_at=expires_at,
            )

    def deliver(self, *, rounds: int = 20, step: float = 1.0) -> None:
        """Run both workers in turn, `step` seconds apart, until neither has anything to do (at most `rounds`)."""
        deliver_among([self.a.node, self.b.node], self.clock, rounds=rounds, step=step)

    def rotate(self, side: Side, *, revoke: bool = False, tell: bool = True) -> PublicKeys:
        """Give `side` new keys that begin in a minute, `tell` the other side's operator, and let the minute pass."""
        other = self.b if side is self.a else self.a
        keys = rotate_keys(side.node, actor=side.operator, revoke=revoke)
        if tell:
            self.tell_keys(side, other, revoke=revoke)
        self.clock.advance(minutes=2)
        return keys

    def tell_keys(self, side: Side, other: Side, *, revoke: bool = False) -> None:
        """Let the other side's operator enter the newest keys of `side`."""
        newest = side.node.keyring.history.generations[-1]
        assert newest.valid_from is not None
        record_partner_keys(
            other.node,
            actor=other.operator,
            partner_id=other.partner_id,
            keys=newest.keys,
            valid_from=newest.valid_from,
            revoke=revoke,
        )

    def handle(self, node: Node, messages: Sequence[ReceivedMessage[Note]]) -> list[HandlingResult]:
        """Handle test messages: `{"n": 3}` is poisoned when 3 is in `poisoned`, refused when it is in `rejected`."""
        side = self.a if node.database == self.a.node.database else self.b
        results = []
        for message in messages:
            number = message.value.n
            if number in self.poisoned:
                raise Poison
            results.append(
                HandlingResult.rejected("test.rejected") if number in self.rejected else HandlingResult.accepted()
            )
        side.handled.extend(message for message, result in zip(messages, results, strict=True) if result.is_accepted)
        return results


def thread_of(number: int) -> ThreadId:
    """Return the thread with this number."""
    return ThreadId(UUID(int=number + 1))


def make_nodes(
    *more: Handled[Any], request_forms: Path | None = None
) -> tuple[Node, Node, StandingClock, LoopbackTransport]:
    """Return two unpaired nodes with keys in memory, on one clock, over one loopback transport.

    They handle what a node handles, and `more`; both have the forms of the folder `request_forms`, if any.
    """
    clock, transport = StandingClock(), LoopbackTransport()
    handlers = HandlerTable.of(list_handlers().entries.values(), more)
    nodes = [
        make_node(
            alias,
            clock=clock,
            keyring=create_memory_keyring(SeededRandomness(f"keys {alias}")),
            transport=transport,
            handlers=handlers,
            request_forms=request_forms,
        )
        for alias in ("default", "partner")
    ]
    transport.nodes.update({node.settings.origin: node for node in nodes})
    return nodes[0], nodes[1], clock, transport


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
    """Hands test messages to the pair, which is there after its nodes."""

    pair: SimulatedPair

    def handle(self, node: Node, messages: Sequence[ReceivedMessage[Note]]) -> list[HandlingResult]:
        return self.pair.handle(node, messages)


@contextmanager
def simulated_pair(request_forms: Path | None = None) -> Iterator[SimulatedPair]:
    """Give two paired nodes, their authorities exchanged, with a handler for test.note."""
    later = _Later()
    first, second, clock, transport = make_nodes(Handled(Note, later.handle), request_forms=request_forms)
    sides = []
    operators = [make_actor(node, Role.operator) for node in (first, second)]
    pair_nodes(first, operators[0], second, operators[1])
    for node, operator, other in ((first, operators[0], second), (second, operators[1], first)):
        with node.active():
            partner = find_partner(node, other.settings.name)
        assert partner is not None
        sides.append(Side(node, operator, partner.id))
    later.pair = SimulatedPair(sides[0], sides[1], clock, transport)
    later.pair.deliver()
    yield later.pair
