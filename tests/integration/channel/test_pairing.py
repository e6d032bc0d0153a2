"""Pairing two nodes by comparing digits, also against somebody in between."""

from dataclasses import replace

import pytest

from entraide.access.api import Role, RoleMissing
from entraide.channel.api import (
    AlreadyPaired,
    BadOrigin,
    PairingClosed,
    PairingState,
    PartnerAway,
    WrongDigits,
    WrongFingerprint,
    abort_pairing,
    confirm_pairing,
    find_pairing,
    list_pairings,
    pairing_digits,
    start_pairing,
)
from entraide.channel.domain.errors import BadPairing
from entraide.channel.services.worker import run_pass
from entraide.directory.api import list_partners, list_signers, rotate_keys
from entraide.journal.api import get_head, verify_all_logs
from entraide.journal.models import Entry, Log
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import PeerResponse
from entraide.keys.api import create_memory_keyring, key_fingerprint
from entraide.peer.dispatch import dispatch
from tests.factories.nodes import SeededRandomness
from tests.factories.people import make_actor
from tests.simulators.pair import make_nodes
from tests.simulators.ring import pair_nodes
from tests.simulators.transports import Hostility

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


class World:
    """Two unpaired nodes and their operators."""

    def __init__(self) -> None:
        self.a, self.b, self.clock, self.transport = make_nodes()
        self.operator_a, self.operator_b = (make_actor(node, Role.operator) for node in (self.a, self.b))

    def start(self, fingerprint: str | None = None):
        origin = self.b.settings.origin
        return start_pairing(self.a, actor=self.operator_a, origin=origin, fingerprint=fingerprint)

    def view(self, node, pairing_id):
        view = find_pairing(node, pairing_id)
        assert view is not None
        return view

    def aborted_with(self, node):
        with node.active():
            return [entry.content for entry in Entry.objects.filter(kind="channel.pairing_aborted")]


@pytest.fixture
def world(db):
    return World()


def test_both_sides_show_the_same_digits_and_the_other_sides_keys(world):
    """After the reveal both operators see the same 15 digits, and the fingerprint of the other node's keys."""
    pairing = world.start()
    ours, theirs = world.view(world.a, pairing), world.view(world.b, pairing)
    assert ours.digits == theirs.digits
    assert [len(group) for group in ours.digits.split()] == [3] * 5
    assert ours.fingerprint == key_fingerprint(world.b.public_keys)
    assert theirs.fingerprint == key_fingerprint(world.a.public_keys)
    assert (ours.partner_name, theirs.partner_name) == ("la-mops", "vn-mps")
    assert (ours.state, theirs.state) == (PairingState.COMPARE, PairingState.COMPARE)


@pytest.mark.parametrize("first", ["initiator", "responder"])
def test_both_must_confirm_in_any_order(world, first):
    """One confirmation pairs nobody; the second pairs both, with the transcript as leaf 0 of both logs."""
    pairing = world.start()
    order = [(world.a, world.operator_a), (world.b, world.operator_b)]
    if first == "responder":
        order.reverse()
    states = []
    for node, operator in order:
        digits = pairing_digits(world.a, pairing)
        states.append(confirm_pairing(node, actor=operator, pairing_id=pairing, digits=digits))
        if len(states) == 1:
            for each in (world.a, world.b):
                with each.active():
                    assert list_partners(each) == []
    assert states == [PairingState.CONFIRMED, PairingState.PAIRED]
    heads = set()
    for node in (world.a, world.b):
        assert world.view(node, pairing).state is PairingState.PAIRED
        with node.active():
            (partner,) = list_partners(node)
            heads.add((partner.transcript_digest, get_head(Log.objects.get(kind="author").id).root))
        verify_all_logs(node, list_signers(node))
    assert len(heads) == 1


def test_wrong_digits_abort_on_both_sides_and_are_journaled(world):
    """A digit that differs stops everything: nobody is paired, both sides say why, both journals hold it."""
    pairing = world.start()
    digits = pairing_digits(world.b, pairing)
    wrong = ("1" if digits[0] == "0" else "0") + digits[1:]
    with pytest.raises(WrongDigits):
        confirm_pairing(world.a, actor=world.operator_a, pairing_id=pairing, digits=wrong)
    for node in (world.a, world.b):
        assert (world.view(node, pairing).state, world.view(node, pairing).code) == (
            PairingState.ABORTED,
            "channel.wrong_digits",
        )
        assert world.aborted_with(node) == ['{"code":"channel.wrong_digits"}']
    with pytest.raises(PairingClosed):
        confirm_pairing(world.b, actor=world.operator_b, pairing_id=pairing, digits=digits)


def test_keys_replaced_during_a_pairing_abort_it(world):
    """What the other side compared are no longer this node's keys: the pairing ends on both sides and begins anew."""
    pairing = world.start()
    digits = pairing_digits(world.a, pairing)
    rotate_keys(world.a, actor=world.operator_a)
    world.clock.advance(minutes=2)
    with pytest.raises(BadPairing, match="replaced"):
        confirm_pairing(world.a, actor=world.operator_a, pairing_id=pairing, digits=digits)
    for node in (world.a, world.b):
        assert world.view(node, pairing).state is PairingState.ABORTED
    pair_nodes(world.a, world.operator_a, world.b, world.operator_b)


def test_a_wrong_fingerprint_aborts(world):
    """When the operator expects a fingerprint, another one stops the pairing before the reveal."""
    with pytest.raises(WrongFingerprint):
        world.start(fingerprint="00" * 16)
    assert [view.code for view in list_pairings(world.a)] == ["channel.wrong_fingerprint"]
    assert [view.state for view in list_pairings(world.b)] == [PairingState.ABORTED]
    assert world.start(fingerprint=key_fingerprint(world.b.public_keys).upper())


def test_somebody_in_between_shows_different_digits(world):
    """A node that pairs with each side in the other's name cannot make both show the same digits."""
    middle_ring = create_memory_keyring(SeededRandomness("middle"))
    as_b = replace(world.b, keyring=middle_ring, database="partner")
    captured = {}

    def post(origin, path, body, *, timeout):
        captured["asked"] = True
        return dispatch(as_b, path, body)

    world.transport.post = post
    first = world.start()
    seen_by_a = pairing_digits(world.a, first)
    del world.transport.post
    as_a = replace(world.a, keyring=middle_ring, random=SeededRandomness("middle"))
    second = start_pairing(as_a, actor=world.operator_a, origin=world.b.settings.origin)
    assert captured
    assert pairing_digits(world.b, second) != seen_by_a


@pytest.mark.parametrize("step", [b"reveal", b"commit"])
def test_a_changed_byte_in_a_step_pairs_nobody(world, step):
    """A step that is changed on its way does not follow from the commitment, and the pairing is stopped."""
    post = world.transport.post

    def change(origin, path, body, *, timeout):
        if b'"step":"' + step in body:
            marker = b'"nonce":"' if step == b"reveal" else b'"commitment":"'
            place = body.index(marker) + len(marker)
            body = body[:place] + (b"1" if body[place : place + 1] != b"1" else b"2") + body[place + 1 :]
        return post(origin, path, body, timeout=timeout)

    world.transport.post = change
    with pytest.raises(Exception, match="refused"):
        world.start()
    assert [view.state for view in list_pairings(world.a)] == [PairingState.ABORTED]
    assert [view.state for view in list_pairings(world.b)] == [PairingState.ABORTED]


def test_a_lost_confirmation_is_told_again(world):
    """When the network loses a confirmation, the worker tells it again, and both sides are paired."""
    pairing = world.start()
    world.transport.be(Hostility.DROP_BEFORE, Hostility.DROP_AFTER)
    digits = pairing_digits(world.a, pairing)
    confirm_pairing(world.a, actor=world.operator_a, pairing_id=pairing, digits=digits)
    confirm_pairing(world.b, actor=world.operator_b, pairing_id=pairing, digits=digits)
    for _ in range(3):
        world.clock.advance(seconds=3)
        run_pass(world.a)
        run_pass(world.b)
    for node in (world.a, world.b):
        assert world.view(node, pairing).state is PairingState.PAIRED


def test_pairing_takes_an_operator_and_a_proper_origin(world):
    """Others may not pair; an origin that is none, or this node's own, or not there, is refused with a clear line."""
    with pytest.raises(RoleMissing):
        start_pairing(world.a, actor=make_actor(world.a), origin=world.b.settings.origin)
    for origin in ("http://node.example", "https://node.example/path", "ftp://x", "", world.a.settings.origin):
        with pytest.raises(BadOrigin):
            start_pairing(world.a, actor=world.operator_a, origin=origin)
    with pytest.raises(PartnerAway):
        start_pairing(world.a, actor=world.operator_a, origin="https://nobody.example")


def test_a_second_pairing_of_the_same_nodes_is_refused(world):
    """Two nodes that are paired are not paired again under the same name."""
    pair_nodes(world.a, world.operator_a, world.b, world.operator_b)
    with pytest.raises(AlreadyPaired):
        world.start()


def test_a_pairing_can_be_stopped_and_grows_old(world):
    """An operator stops a pairing on both sides; one that nobody confirms is closed after a day."""
    pairing = world.start()
    abort_pairing(world.b, actor=world.operator_b, pairing_id=pairing)
    assert world.view(world.a, pairing).code == "channel.pairing_stopped"
    old = world.start()
    world.clock.advance(days=2)
    run_pass(world.a)
    assert world.view(world.a, old).code == "channel.pairing_expired"


def test_strangers_cannot_fill_the_tables(world):
    """Open pairings from outside are limited, and nonsense gets a clear answer."""

    def commit():
        step = {"v": 1, "step": "commit", "pairing": str(new_uuid(world.a)), "commitment": "00" * 32}
        return dispatch(world.b, "/peer/v1/pairing", canonical_bytes(step))

    answers = [commit().status for _ in range(22)]
    assert answers == [200] * 20 + [429] * 2
    for body in (b"", b"{}", b"[]", b'{"step":"commit","v":1}', b'{"pairing":"x","step":"dance","v":1}', b"\xff\x00"):
        answer = dispatch(world.b, "/peer/v1/pairing", body)
        assert isinstance(answer, PeerResponse)
        assert (answer.status, b"channel.bad_pairing" in answer.body) == (400, True)
