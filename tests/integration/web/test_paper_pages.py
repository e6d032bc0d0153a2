"""A ministry without a node, through the pages: entered, asked, printed, its answer recorded by hand."""

from typing import Any
from uuid import UUID

import pytest

from entraide.access.api import Role
from entraide.directory.api import list_authorities, list_parties_to_ask
from entraide.kernel.ids import RequestId
from entraide.requests.api import get_request, list_requests
from entraide.requests.domain.lifecycle import State
from tests.factories.contents import answer_content
from tests.factories.people import make_actor
from tests.integration.web.test_request_pages import Browser, flat, path, text_of
from tests.simulators.exchange import Exchange

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
AUTHORITY = {
    "state": "KH",
    "organisation_name": "Ministry of Justice",
    "name": "Central authority",
    "kind": "central_authority",
    "request_types": ["preservation"],
    "legal_bases": ["UNTOC"],
    "languages": "en",
    "hours": "Mon-Fri",
    "time_zone": "Asia/Phnom_Penh",
}
PAPER: dict[str, Any] = {"post": "Director", "signed_on": "2025-01-12", "means": "courier", "scan": ""}


@pytest.fixture
def asked(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> RequestId:
    """A request to a party on paper, entered, drafted and released through the pages."""
    a = exchange.a
    keeper = Browser(a.node, make_actor(a.node, Role.desk_officer), monkeypatch)
    assert "it is asked on paper" in text_of(keeper.post("/desk/authorities/paper/", AUTHORITY))
    (party,) = (party for party in list_parties_to_ask(a.node) if party.on_paper)
    (authority,) = list_authorities(a.node, party_id=party.id)
    officer, approver = (Browser(a.node, actor, monkeypatch) for actor in (a.officer, a.approver))
    assert "Ministry of Justice (Cambodia), on paper" in text_of(officer.get("/requests/new/"))
    officer.post("/requests/new/", {"form_id": "preservation", "party": party.id})
    (row,) = list_requests(a.node).requests
    content = exchange.content("preservation", receiving_authority=str(authority.id))
    officer.post(path(row.id, "edit/"), {**flat(content), "act": "check"})
    officer.post(path(row.id, "submit/"))
    approver.post(path(row.id, "approve/"), {"reason_for_opening": "I approve it."})
    assert "print it and take it" in text_of(approver.post(path(row.id, "approve/"), {"act": "release"}))
    return row.id


def browsers(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> tuple[Browser, Browser]:
    a = exchange.a
    return Browser(a.node, a.officer, monkeypatch), Browser(a.node, a.approver, monkeypatch)


def test_what_is_asked_on_paper_says_so_and_prints_with_both_parties(
    exchange: Exchange, asked: UUID, monkeypatch: pytest.MonkeyPatch
):
    """The page tells to print it; the printed page names who asks and who is asked."""
    officer, _ = browsers(exchange, monkeypatch)
    page = text_of(officer.get(path(asked)))
    assert "print the content, and take it there on paper" in page
    assert "on paper" in text_of(officer.get("/requests/"))
    officer.post(path(asked, "content/"), {"reason_for_opening": "I print it."})
    printed = text_of(officer.get(path(asked, "content/")))
    for title in ("Ministry of Public Security (Vietnam)", "Ministry of Justice (Cambodia)", "Released"):
        assert title in printed


def test_receipt_and_answer_are_recorded_by_hand(exchange: Exchange, asked: UUID, monkeypatch: pytest.MonkeyPatch):
    """An officer records the receipt, an approver the answer; what is wrong is said beside its field."""
    officer, approver = browsers(exchange, monkeypatch)
    page = text_of(officer.post(path(asked, "paper/"), {**PAPER, "act": "received", "signed_on": "2025-01-11"}))
    assert "before the release of the request" in page
    officer.post(path(asked, "paper/"), {**PAPER, "act": "received"})
    assert get_request(exchange.a.node, RequestId(asked)).summary.state is State.RECEIVED
    missing = approver.post(path(asked, "paper/answer/"), {**PAPER, "outcome": "executed"})
    assert missing.status_code == 400
    assert "must be mended" in text_of(missing)
    done = text_of(approver.post(path(asked, "paper/answer/"), {**PAPER, **flat(answer_content())}))
    assert "recorded and sealed" in done
    assert get_request(exchange.a.node, RequestId(asked)).summary.state is State.ANSWERED


def test_nothing_is_recorded_by_hand_of_a_party_with_a_node(exchange: Exchange, monkeypatch: pytest.MonkeyPatch):
    """Its messages say what it did; the pages lead back to the request."""
    request_id = exchange.release()
    officer, approver = browsers(exchange, monkeypatch)
    assert "Record what came on paper" not in text_of(officer.get(path(request_id)))
    for page in (officer.get(path(request_id, "paper/")), approver.get(path(request_id, "paper/answer/"))):
        assert "Nothing can be recorded by hand here now." in text_of(page)
