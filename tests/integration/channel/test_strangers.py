"""What somebody on the network can do at the door of pairings, where everybody may knock."""

import pytest

from entraide.access.api import Role
from entraide.channel.api import confirm_pairing, pairing_digits, start_pairing
from entraide.channel.domain.batch import SUITES
from entraide.channel.domain.pairing import Card, PairingState, commit_to
from entraide.channel.models import Pairing
from entraide.channel.services.pairing_peer import MOST_INCOMING
from entraide.channel.services.worker import run_pass
from entraide.journal.models import Entry
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.ids import new_uuid
from entraide.keys.api import create_memory_keyring
from entraide.peer.dispatch import dispatch
from tests.factories.nodes import NOON, SeededRandomness
from tests.factories.people import make_actor
from tests.simulators.pair import make_nodes

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

ELSEWHERE = "http://127.0.0.1:9"
NONCE = b"n" * 32


def knock(node, then: str) -> int:
    """Begin a pairing as a stranger and reveal or abort it; return the status of the first step."""
    keys = create_memory_keyring(SeededRandomness("stranger")).history.at(NOON)
    card = Card(f"s-{new_uuid(node)}", "KH", {"en": "Nobody"}, ELSEWHERE, keys, SUITES)
    pairing = str(new_uuid(node))
    steps = {
        "commit": {"commitment": commit_to(card, NONCE).hex()},
        "reveal": {"card": card.to_json(), "nonce": NONCE.hex()},
        "abort": {"code": "channel.pairing_stopped"},
    }
    answers = [
        dispatch(node, "/peer/v1/pairing", canonical_bytes({"v": 1, "step": step, "pairing": pairing, **steps[step]}))
        for step in ("commit", then)
    ]
    return answers[0].status


@pytest.mark.parametrize("then", ["reveal", "abort"])
def test_a_stranger_fills_neither_journal_nor_desk(then):
    """Pairings that strangers begin are bounded, also when each is revealed or aborted at once."""
    node, *_ = make_nodes()
    statuses = [knock(node, then) for _ in range(MOST_INCOMING + 30)]
    assert statuses == [200] * MOST_INCOMING + [429] * 30
    with node.active():
        assert Pairing.objects.count() == MOST_INCOMING
        assert Entry.objects.count() <= 2 * MOST_INCOMING + 20


def test_the_operator_pairs_while_strangers_knock():
    """A flooded node can begin a pairing by itself; room for others comes back with time."""
    first, second, clock, _ = make_nodes()
    for _ in range(MOST_INCOMING + 5):
        knock(first, "abort")
    operators = [make_actor(node, Role.operator) for node in (first, second)]
    pairing_id = start_pairing(first, actor=operators[0], origin=second.settings.origin)
    confirm_pairing(first, actor=operators[0], pairing_id=pairing_id, digits=pairing_digits(second, pairing_id))
    state = confirm_pairing(second, actor=operators[1], pairing_id=pairing_id, digits=pairing_digits(first, pairing_id))
    assert state is PairingState.PAIRED
    clock.advance(hours=2)
    assert knock(first, "abort") == 200


def test_a_stranger_sends_this_node_nowhere(monkeypatch):
    """An address that only a stranger has named gets no request from this node, not even a farewell."""
    node, _, clock, transport = make_nodes()
    knock(node, "reveal")
    asked = []
    monkeypatch.setattr(transport, "post", lambda origin, *_, **__: asked.append(origin))
    clock.advance(days=2)
    run_pass(node)
    with node.active():
        assert Pairing.objects.get().state == PairingState.ABORTED
    assert asked == []
