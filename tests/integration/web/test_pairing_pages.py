"""Pages of pairing and of the exchange with partners."""

import re

import pytest

from entraide.access.api import Role
from entraide.channel.api import (
    PairingState,
    confirm_pairing,
    deliver_pending,
    find_pairing,
    list_pairings,
    pairing_digits,
    start_pairing,
)
from entraide.directory.api import PartnerStatus, get_partner
from tests.factories.people import make_actor
from tests.simulators.pair import make_nodes, simulated_pair

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def nodes(db):
    return make_nodes()


@pytest.fixture
def node(nodes):
    return nodes[0]


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def start(site, other):
    client = site.client_as(Role.operator)
    response = client.post("/pairing/start/", {"origin": other.settings.origin})
    assert response.status_code == 302, text_of(response)
    return client, response.url


def test_an_operator_pairs_by_typing_the_digits(site, nodes):
    """Start with an address, see the digits, type what the other side reads out; then the partner has a page."""
    other = nodes[1]
    client, page = start(site, other)
    (pairing,) = list_pairings(site.node)
    shown = text_of(client.get(page))
    assert all(f"<span>{group}</span>" in shown for group in pairing.digits.split())
    assert 'aria-label="Digits to compare"' in shown
    confirmed = client.post(page, {"digits": pairing_digits(other, pairing.id)}, follow=True)
    assert "Confirmed here" in text_of(confirmed)
    operator = make_actor(other, Role.operator)
    confirm_pairing(other, actor=operator, pairing_id=pairing.id, digits=pairing.digits)
    assert "To the exchange" in text_of(client.get(page))
    assert other.settings.organisation["en"] in text_of(client.get("/pairing/"))


def test_wrong_digits_stop_the_pairing_with_a_clear_line(site, nodes):
    """Digits that differ stop the pairing; the page says why and what to do."""
    client, page = start(site, nodes[1])
    response = client.post(page, {"digits": "000 000 000 000 000"}, follow=True)
    said = text_of(response)
    assert "The digits are not the same on both sides" in said
    assert "channel.wrong_digits" in said
    assert "Start it again and compare the digits over a call" in said
    assert list_pairings(nodes[1])[0].state is PairingState.ABORTED


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ({"origin": "http://node.example"}, "begins with https"),
        ({"origin": "https://nobody.example"}, "does not answer"),
        ({"origin": "http://127.0.0.1:8001", "fingerprint": "0000 0000"}, "not the expected one"),
        ({"origin": ""}, "required"),
    ],
)
def test_a_bad_start_is_said_above_the_form(site, nodes, form, line):
    """An address that cannot be, a node that is not there and a wrong fingerprint are said in one line."""
    response = site.client_as(Role.operator).post("/pairing/start/", form)
    assert response.status_code == 400
    assert line in text_of(response)


def test_an_incoming_pairing_is_on_the_operators_desk(site, nodes):
    """The other side's operator finds the comparison on the desk."""
    other = nodes[1]
    pairing_id = start_pairing(other, actor=make_actor(other, Role.operator), origin=site.node.settings.origin)
    client = site.client_as(Role.operator)
    assert "Compare digits with la-mops" in text_of(client.get("/desk/"))
    client.post(f"/pairing/{pairing_id}/stop/")
    view = find_pairing(other, pairing_id)
    assert view is not None
    assert view.code == "channel.pairing_stopped"


def test_an_auditor_reads_and_changes_nothing(site, nodes):
    """An auditor sees partners and pairings, without buttons; the acts are refused."""
    _, page = start(site, nodes[1])
    auditor = site.client_as(Role.auditor)
    assert "Pair with a node" not in text_of(auditor.get("/pairing/"))
    assert "The digits are the same" not in text_of(auditor.get(page))
    assert auditor.post(page + "stop/").status_code == 403
    assert auditor.get("/pairing/start/").status_code == 403
    pairing = list_pairings(site.node)[0]
    response = auditor.post(page, {"digits": pairing.digits}, follow=True)
    assert "access.role_missing" in text_of(response)
    assert list_pairings(site.node)[0].state is PairingState.COMPARE


class TestPartner:
    """The page of one partner."""

    @pytest.fixture
    def nodes(self, db):
        with simulated_pair() as made:
            yield made

    @pytest.fixture
    def node(self, nodes):
        return nodes.a.node

    def test_the_state_of_the_exchange_is_shown(self, site, nodes):
        """Heads, waiting messages and a partner that is away are shown, with the act to try again."""
        client = site.client_as(Role.operator)
        page = f"/pairing/partners/{nodes.a.partner_id}/"
        assert "connected" in text_of(client.get(page))
        nodes.transport.be_away(nodes.b.node.settings.origin)
        nodes.submit({"n": 1})
        for _ in range(6):
            deliver_pending(nodes.a.node)
            nodes.clock.advance(minutes=10)
        said = text_of(client.get(page))
        assert "does not answer" in text_of(client.get("/desk/"))
        assert "The partner's node did not answer." in said.replace("&#x27;", "'")
        assert "Try again now" in said
        client.post(page + "change/", {"act": "try"})
        nodes.transport.come_back()
        nodes.deliver()
        assert nodes.b.handled

    def test_a_suspended_exchange_rests(self, site, nodes):
        """Suspended, nothing is sent or taken; resumed, everything arrives."""
        client = site.client_as(Role.operator)
        page = f"/pairing/partners/{nodes.a.partner_id}/"
        client.post(page + "change/", {"act": "suspend"})
        assert get_partner(site.node, nodes.a.partner_id).status is PartnerStatus.suspended
        nodes.submit({"n": 1})
        nodes.submit({"n": 2}, sender=nodes.b)
        nodes.deliver(rounds=5)
        assert (nodes.a.handled, nodes.b.handled) == ([], [])
        client.post(page + "change/", {"act": "resume"})
        nodes.deliver(step=300)
        assert [message.value.n for message in nodes.a.handled + nodes.b.handled] == [2, 1]
