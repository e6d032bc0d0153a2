"""A type of request that nobody foresaw is a folder of YAML: asked, checked, drawn, sent and answered without code."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from entraide.requests.api import (
    acknowledge,
    approve_answer,
    approve_release,
    check_request,
    create_draft,
    draft_answer,
    get_request,
    list_forms,
    load_form,
    open_request,
    submit_for_approval,
    update_draft,
)
from entraide.requests.domain.lifecycle import State
from tests.factories.contents import answer_content, evidence_content
from tests.integration.web.test_request_pages import Browser, flat, path, text_of
from tests.simulators.exchange import Exchange

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

TYPE = "vehicle_return"
PERSON = {"role": "suspect", "basis": "fact", "name": "Subject A", "minor": "no", "public_roles": ["none"]}


@pytest.fixture
def request_forms(tmp_path: Path) -> Path:
    """A form, a code list and labels: all that there is of the new type."""
    return Path(shutil.copytree(Path(__file__).with_name("new_type"), tmp_path / "forms"))


def content(exchange: Exchange, **changes: object) -> dict[str, Any]:
    """A complete request of the new type between the two authorities."""
    asked = load_form(exchange.a.node, TYPE).by_id
    shared = evidence_content(sending_authority=exchange.a.authority, receiving_authority=exchange.b.authority)
    own = {
        "vehicles": [{"kind": "car", "plate": "00A-000.00", "plate_state": "VN"}],
        "stolen_on": "2025-01-03",
        "whereabouts": "A car park behind the market.",
        "wanted": ["seizure"],
        "ordered_by": "People's Court of Hanoi, No. 3 of 2025-01-09",
        "possible_at_home": "yes",
        "insurer_paid": "no",
        "offence": ["0502"],
        "persons": [PERSON],
    }
    merged = {**shared, **own, **changes}
    return {name: value for name, value in merged.items() if name in asked and value is not None}


def test_a_type_of_yaml_alone_is_asked_released_and_answered(exchange: Exchange, monkeypatch: pytest.MonkeyPatch):
    """Drafted, past the safeguards, signed by a second person, received, printed, answered: like any other."""
    a, b, pair = exchange.a, exchange.b, exchange.pair
    assert list_forms(a.node) == ("evidence", "preservation", TYPE)
    asked = content(exchange)
    request_id = create_draft(a.node, actor=a.officer, form_id=TYPE, party_id=b.party_id, content=asked)
    assert submit_for_approval(a.node, actor=a.officer, request_id=request_id).state is State.AWAITING_APPROVAL
    approve_release(a.node, actor=a.approver, request_id=request_id)
    pair.deliver()

    incoming = get_request(b.node, request_id)
    assert (incoming.summary.form_id, incoming.summary.state) == (TYPE, State.RECEIVED)
    assert incoming.outcome == "permit"
    assert [clock.name for clock in incoming.clocks] == ["acknowledgement", "execution"]
    assert open_request(b.node, actor=b.officer, request_id=request_id, reason="I handle it.").content == asked
    printed = text_of(Browser(b.node, b.officer, monkeypatch).get(path(request_id, "content/"), "vi"))
    for said in ("Trả lại xe bị trộm", "Biển số", "00A-000.00", "Ô tô", "A protocol between two customs services"):
        assert said in printed

    acknowledge(b.node, actor=b.officer, request_id=request_id)
    draft_answer(b.node, actor=b.officer, request_id=request_id, content=answer_content(preserved_until=None))
    approve_answer(b.node, actor=b.approver, request_id=request_id)
    pair.deliver()
    assert get_request(a.node, request_id).summary.state is State.ANSWERED


def test_its_pages_are_drawn_from_the_form(exchange: Exchange, monkeypatch: pytest.MonkeyPatch):
    """It is offered among the types; its page asks, proposes and says what is missing, in the reader's words."""
    a, officer = exchange.a, Browser(exchange.a.node, exchange.a.officer, monkeypatch)
    assert "Return of a stolen vehicle" in text_of(officer.get("/requests/new/"))
    drawn = officer.post("/requests/new/", {"form_id": TYPE, "party": exchange.b.party_id})
    address = drawn.redirect_chain[-1][0]
    page = text_of(drawn)
    for said in ("Vehicles and what is asked", "Chassis number", "Lorry", "Needed when “What is wanted” is: "):
        assert said in page
    assert re.search(r'value="seizure"[^>]* checked', page)
    stopped = text_of(officer.post(address, {"act": "check", "wanted": "seizure", "vehicles-0-kind": "car"}))
    assert "“Court that ordered it” is required and has no answer." in stopped
    assert "Vehicle 1: “Vehicles”: at least one of these is needed: Chassis number, Plate." in stopped
    done = text_of(officer.post(address, {**flat(content(exchange)), "act": "check"}))
    assert "No safeguard stops this request." in done
    request_id = address.split("/")[2]
    assert "Restitution d’un véhicule volé" in text_of(officer.get(f"/requests/{request_id}/", "fr"))
    operator = Browser(a.node, exchange.pair.a.operator, monkeypatch)
    assert "Return of a stolen vehicle" in text_of(operator.get("/desk/authorities/"))


STOPPED: dict[str, tuple[dict[str, Any], str]] = {
    "a seizure that no court ordered": ({"ordered_by": None}, "R23.judicial"),
    "a measure that is not possible at home": ({"possible_at_home": "no"}, "R23.not_at_home"),
    "only expression is alleged": ({"conduct": ["expression"], "main_element": "opinion"}, "R04.only_opinion"),
    "an exposed witness": ({"persons": [{**PERSON, "role": "witness"}]}, "R27.exposed"),
    "not punishable in both States": ({"punishable_in_both": "no"}, "R14.not_punishable"),
    "paid twice": ({"insurer_paid": "twice"}, "R17.disproportionate"),
    "nothing wanted": ({"wanted": None}, "R01.assistance"),
}


@pytest.mark.parametrize("case", STOPPED)
def test_its_safeguards_are_those_of_its_traits(case: str, exchange: Exchange):
    """The rules of each trait read the facts that its fields declare."""
    changes, code = STOPPED[case]
    a, asked = exchange.a, content(exchange)
    request_id = create_draft(a.node, actor=a.officer, form_id=TYPE, party_id=exchange.b.party_id, content=asked)
    assert check_request(a.node, actor=a.officer, request_id=request_id).evaluation.findings == ()
    update_draft(a.node, actor=a.officer, request_id=request_id, content=content(exchange, **changes))
    found = check_request(a.node, actor=a.officer, request_id=request_id).evaluation.findings
    assert code in {finding.code for finding in found}
