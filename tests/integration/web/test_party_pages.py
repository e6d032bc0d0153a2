"""Pages of a plan of three parties, one of them on paper, in three languages."""

import pytest

from entraide.plans.api import list_plans
from entraide.programme.api import Party, ensure_mechanism
from tests.simulators.council import FACT, Council

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
VN, LA = "vn-mps", "la-mops"
WORDS = {
    "fr": ("Ministère de la Sécurité publique (Laos)", "Organisation d’États", "sur papier"),
    "en": ("Ministry of Public Security (Laos)", "Organisation of states", "on paper"),
    "vi": ("Bộ An ninh Lào", "Tổ chức của các quốc gia", "trên giấy"),
}


@pytest.fixture
def ministries():
    return (VN, LA)


@pytest.fixture
def council(ring):
    return Council(ring)


@pytest.fixture
def node(council):
    return council.nodes[VN]


@pytest.fixture
def plan_id(council):
    return council.propose(VN, [LA], paper=[council.organisation(VN)])


def page(client, path, language):
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("language", WORDS)
def test_every_page_of_it_names_its_parties(site, council, plan_id, language):
    """From the list to the verification each page speaks the reader's language, and paper is called paper."""
    desk, chief = site.client_of(council.desk[VN]), site.client_of(council.chief[VN])
    (paper,) = [party for party in council.plan(VN, plan_id).parties if party.on_paper]
    name, of_states, on_paper = WORDS[language]
    plan = f"/plans/{plan_id}/"
    assert name in page(desk, "/plans/", language)
    shown = page(desk, plan, language)
    for words in (name, of_states, on_paper):
        assert words in shown
    council.agree(plan_id, VN, LA)
    assert paper.id in page(chief, f"{plan}paper/", language)
    for path in ("compare/", "review/", "clauses/new/", "conference/", "communique/"):
        page(desk, f"{plan}{path}", language)
    council.agree_on_paper(VN, plan_id, paper.id)
    council.sign(plan_id, LA)
    council.sign_on_paper(VN, plan_id, paper.id)
    council.sign(plan_id, VN)
    verified = page(desk, f"{plan}verify/", language)
    assert FACT.scan in verified
    assert "notice-success" in verified
    instrument = council.plan(VN, plan_id).instrument_id
    assert FACT.post in page(site.visitor(), f"/instruments/{instrument}/", language)


def test_what_a_party_did_on_paper_is_recorded_on_its_page(site, council, plan_id):
    """The approver records agreement and signature; what is no fingerprint and no day is answered at its field."""
    chief = site.client_of(council.chief[VN])
    (paper,) = [party for party in council.plan(VN, plan_id).parties if party.on_paper]
    path = f"/plans/{plan_id}/paper/"
    form = {
        "party": paper.id,
        "post": "Secretary-General",
        "signed_on": "2026-01-12",
        "scan": FACT.scan,
        "version": "1",
    }
    assert "not a SHA-256" in chief.post(path, {**form, "scan": "scan.pdf"}).content.decode()
    assert "is not a date" in chief.post(path, {**form, "signed_on": "in January"}).content.decode()
    assert "opened it" in chief.post(path, {**form, "version": "7"}).content.decode()
    assert chief.post(path, form).status_code == 302
    council.ring.deliver()
    assert council.plan(LA, plan_id).negotiation.agreed == {paper.id}
    council.agree(plan_id, VN, LA)
    assert chief.post(path, form).status_code == 302
    council.ring.deliver()
    assert council.plan(LA, plan_id).negotiation.signed == {paper.id}


def test_a_draft_names_partners_and_organisations_on_paper(site, council):
    """An organisation of the mechanism that no node speaks for is offered on paper; a ministry with a node is not."""
    node, desk = council.nodes[VN], council.desk[VN]
    organisation = council.organisation(VN)
    ministry = council.organisation(VN, state="LA", called="Ministry of Public Security")
    with node.active():
        parties = [Party("VN"), Party("LA", ministry), Party("XX", organisation)]
        mechanism = ensure_mechanism(node, actor=desk, parties=parties)
    client = site.client_of(desk)
    text = page(client, f"/plans/new/{mechanism}/", "en")
    assert f'value="{organisation}"' in text
    assert f'value="{ministry}"' not in text
    form = {"partners": [str(council.partners[VN][LA])], "paper": [str(organisation)], "period": "2026"}
    answer = client.post(f"/plans/new/{mechanism}/", {**form, "languages": ["fr", "en"]})
    assert answer.status_code == 302
    (plan,) = list_plans(node)
    assert [party.id for party in plan.parties] == [LA, VN, f"{VN}/{organisation}"]
    nobody = client.post(f"/plans/new/{mechanism}/", {"period": "2027", "languages": ["fr"]})
    assert "at least two parties" in nobody.content.decode()
