"""The pages of requests, from the choice of a type to the answer, each as the person with the role sees it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from entraide.access.api import Actor, Role
from entraide.config import middleware
from entraide.journal.models import Entry
from entraide.kernel.ids import RequestId
from entraide.kernel.node import Node
from entraide.requests.api import get_request, list_requests, submit_for_approval
from entraide.requests.domain.lifecycle import State
from tests.factories.contents import answer_content
from tests.factories.people import make_actor
from tests.simulators.exchange import Desk, Exchange

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


class Browser:
    """The browser of one person at one node."""

    def __init__(self, node: Node, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        self._node, self._monkeypatch = node, monkeypatch
        self._client = Client()
        with self._here():
            self._client.force_login(get_user_model().objects.get(pk=actor.user_id))

    def get(self, path: str, language: str = "en") -> HttpResponse:
        with self._here():
            return self._client.get(path, follow=True, headers={"Accept-Language": language})

    def post(self, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
        with self._here():
            return self._client.post(path, data or {}, follow=True)

    @contextmanager
    def _here(self) -> Iterator[None]:
        self._monkeypatch.setattr(middleware, "current_node", lambda: self._node)
        with self._node.active():
            yield


Browse = Callable[[Desk, str | Actor], Browser]


@pytest.fixture
def browse(monkeypatch: pytest.MonkeyPatch) -> Browse:
    """Open the browser of a person of a desk: `browse(exchange.a, "officer")`."""
    return lambda desk, who: Browser(desk.node, getattr(desk, who) if isinstance(who, str) else who, monkeypatch)


def flat(content: dict[str, Any]) -> dict[str, Any]:
    """Content as a browser posts it."""
    data: dict[str, Any] = {}
    for name, value in content.items():
        if value and isinstance(value, list) and isinstance(value[0], dict):
            for index, row in enumerate(value):
                data |= {f"{name}-{index}-{key}": item for key, item in row.items()}
        else:
            data[name] = value
    return data


def text_of(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def path(request_id: UUID, page: str = "") -> str:
    return f"/requests/{request_id}/{page}"


def test_the_whole_story_through_the_pages(exchange: Exchange, browse: Browse):
    """Choose, fill in, check, submit, approve, receive, acknowledge, answer, approve, read: by six people's pages."""
    a, b = exchange.a, exchange.b
    officer, approver = browse(a, "officer"), browse(a, "approver")
    response = officer.post("/requests/new/", {"form_id": "preservation", "party": exchange.b.party_id})
    request_id = list_requests(a.node).requests[0].id
    page = text_of(response)
    assert response.redirect_chain[-1][0] == path(request_id, "edit/")
    assert "VN-2025-000001" in page
    assert f'value="{a.authority}" selected' in page  # what the directory knows is not asked again

    stopped = officer.post(path(request_id, "edit/"), {"act": "check", "facts": "x"})
    assert stopped.redirect_chain[-1][0] == path(request_id, "edit/?problems=1")
    assert "points must be mended" in text_of(stopped)
    assert 'href="#id_custodian"' in text_of(stopped)

    complete = officer.post(path(request_id, "edit/"), {**flat(exchange.content("preservation")), "act": "check"})
    assert "No safeguard stops this request." in text_of(complete)
    submitted = officer.post(path(request_id, "submit/"))
    assert "It waits for an approver" in text_of(submitted)

    assert "Why do you open this request?" in text_of(approver.get(path(request_id, "approve/")))
    whole = text_of(approver.post(path(request_id, "approve/"), {"reason_for_opening": "I approve releases."}))
    for said in ("Callers who posed", "Subject A", "203.0.113.7", "Provider One", "24/7 contact point"):
        assert said in whole
    released = approver.post(path(request_id, "approve/"), {"act": "approve"})
    assert "signed and released" in text_of(released)
    exchange.pair.deliver()

    theirs = browse(b, "officer")
    assert "To do: acknowledge." in text_of(theirs.get("/desk/"))
    detail = text_of(theirs.get(path(request_id)))
    assert "Acknowledgement by a human" in detail
    assert "Callers" not in detail
    acknowledged = {"assigned_to": "police_unit", "handling_post": "High-tech crime desk", "own_reference": "B-7"}
    theirs.post(path(request_id, "acknowledge/"), acknowledged)
    theirs.post(path(request_id, "start/"))
    theirs.post(path(request_id, "answer/"), {"reason_for_opening": "I answer it."})
    kept = theirs.post(path(request_id, "answer/"), {**answer_content(), "act": "submit"})
    assert "The answer waits for an approver" in text_of(kept)
    second = browse(b, "approver")
    second.post(path(request_id, "answer/approve/"), {"reason_for_opening": "I approve answers."})
    assert "The provider keeps the data." in text_of(second.get(path(request_id, "answer/approve/")))
    assert "The answer is signed and sent." in text_of(
        second.post(path(request_id, "answer/approve/"), {"act": "approve"})
    )
    exchange.pair.deliver()

    answered = text_of(officer.get(path(request_id)))
    for said in ("Acknowledged by a human", "High-tech crime desk", "Delivered", "Opened by a post", "Answered", "B-7"):
        assert said in answered
    assert "End of preservation" in answered
    officer.post(path(request_id, "content/"), {"reason_for_opening": "I use the answer."})
    assert "The provider keeps the data." in text_of(officer.get(path(request_id, "content/")))
    assert "closed on this side" in text_of(officer.post(path(request_id, "close/")))
    assert get_request(a.node, request_id).summary.state is State.CLOSED


def test_a_blocked_request_shows_rule_reason_source_and_remedy(exchange: Exchange, browse: Browse):
    """The check page explains a finding so that a person knows what to do, and that no State has refused anything."""
    request_id = exchange.draft(conduct=["expression"], main_element="opinion", harm_to_persons="no")
    page = text_of(browse(exchange.a, "officer").post(path(request_id, "submit/")))
    for said in (
        "This node does not carry the request",
        "R04",
        "All that is alleged is expression",
        "Model Treaty on Extradition (1990) 3(a)",
        "no State has refused anything",
        "a second approver confirms",
        "/safeguards/R04/",
    ):
        assert said in page


def test_an_approver_clears_and_another_confirms_on_the_check_page(exchange: Exchange, browse: Browse):
    """The page offers clearing to an approver, confirming to a second one, and neither to the drafter."""
    person = {"role": "suspect", "basis": "fact", "name": "Subject A", "minor": "no", "public_roles": ["official"]}
    request_id = exchange.draft(persons=[person])
    a = exchange.a
    submit_for_approval(a.node, actor=a.officer, request_id=request_id)
    key = get_request(a.node, request_id).findings[0].key
    first, second = browse(a, "approver"), browse(a, "second_approver")
    assert "Clear R04" in text_of(first.get(path(request_id, "check/")))
    assert "A reason is needed." in text_of(
        first.post(path(request_id, "clear/"), {"finding_key": key, "act": "clear"})
    )
    first.post(path(request_id, "clear/"), {"finding_key": key, "act": "clear", "reason": "The office is no motive."})
    assert "nobody approves their own draft" in text_of(
        first.post(path(request_id, "clear/"), {"finding_key": key, "act": "confirm"})
    )
    assert "Confirm the clearance of R04" in text_of(second.get(path(request_id, "check/")))
    confirmed = second.post(path(request_id, "clear/"), {"finding_key": key, "act": "confirm"})
    assert "The clearance is confirmed" in text_of(confirmed)
    assert "It waits for an approver" in text_of(browse(a, "officer").post(path(request_id, "submit/")))


def test_rows_are_added_and_removed_without_a_script(exchange: Exchange, browse: Browse):
    """A button adds a blank person, another removes one; what was typed is kept each time."""
    request_id = exchange.draft()
    officer = browse(exchange.a, "officer")
    data = flat(exchange.content("preservation"))
    page = text_of(officer.post(path(request_id, "edit/"), {**data, "add": "persons"}))
    assert 'name="persons-1-name"' in page
    two = {**data, "persons-1-role": "victim", "persons-1-name": "Subject B"}
    page = text_of(officer.post(path(request_id, "edit/"), {**two, "remove": "persons-0"}))
    assert 'value="Subject B"' in page
    assert 'value="Subject A"' not in page


def test_two_officers_never_overwrite_each_other(exchange: Exchange, browse: Browse):
    """Whoever saves second is told, and nothing is lost; a button for rows that the form lacks does nothing."""
    request_id = exchange.draft()
    officer = browse(exchange.a, "officer")
    opened = re.search(r'name="based_on" value="([^"]+)"', text_of(officer.get(path(request_id, "edit/"))))
    assert opened is not None
    data = {**flat(exchange.content("preservation")), "based_on": opened.group(1), "act": "save"}
    exchange.pair.clock.advance(minutes=1)
    assert "The draft is kept." in text_of(officer.post(path(request_id, "edit/"), data))
    late = text_of(officer.post(path(request_id, "edit/"), {**data, "custodian": "Provider Two"}))
    assert "changed by somebody else since you opened the form" in late
    assert "Provider Two" not in text_of(officer.get(path(request_id, "edit/")))
    strange = {**flat(exchange.content("preservation")), "add": "maximum_years"}
    assert officer.post(path(request_id, "edit/"), strange).status_code == 200


def test_a_draft_keeps_what_is_wrong_and_drops_what_nobody_asked_for(exchange: Exchange, browse: Browse):
    """Wrong answers come back to be mended; a field that the form does not have is not kept."""
    request_id = exchange.draft()
    officer = browse(exchange.a, "officer")
    data = {**flat(exchange.content("preservation")), "date_wanted": "tomorrow", "religion": "x", "act": "check"}
    page = text_of(officer.post(path(request_id, "edit/"), data))
    assert 'value="tomorrow"' in page
    assert "“Answer wanted by” is not a date" in page
    assert "1 point must be mended" in page


@pytest.mark.parametrize("language", ["fr", "vi"])
def test_forms_speak_the_language_of_the_reader(exchange: Exchange, browse: Browse, language: str):
    """Labels, help and codes of the form are in the reader's language."""
    request_id = exchange.draft()
    page = text_of(browse(exchange.a, "officer").get(path(request_id, "edit/"), language))
    expected = {"fr": ("Autorité requérante", "Fondement juridique"), "vi": ("Cơ quan yêu cầu", "Căn cứ pháp lý")}
    for said in expected[language]:
        assert said in page


@pytest.mark.parametrize(
    ("address", "roles"),
    [
        ("", {Role.case_officer, Role.approver, Role.auditor}),
        ("edit/", {Role.case_officer}),
        ("check/", {Role.case_officer, Role.approver, Role.auditor}),
        ("approve/", {Role.approver}),
        ("content/", {Role.case_officer, Role.approver, Role.auditor}),
        ("answer/", {Role.case_officer}),
        ("answer/approve/", {Role.approver}),
    ],
)
def test_a_page_opens_for_its_roles_only(exchange: Exchange, browse: Browse, address: str, roles: set[Role]):
    """Nobody reaches a page by its address that is not for their role."""
    request_id = exchange.draft()
    for role in Role:
        status = browse(exchange.a, make_actor(exchange.a.node, role)).get(path(request_id, address)).status_code
        assert status == (200 if role in roles else 403), role


def test_nothing_of_the_content_is_shown_or_journaled_without_a_reason(exchange: Exchange, browse: Browse):
    """List, detail and check show no content; opening it asks for a reason and journals it, also an auditor's."""
    request_id = exchange.release()
    auditor = browse(exchange.a, make_actor(exchange.a.node, Role.auditor))
    for address in ("/requests/", path(request_id), path(request_id, "check/"), path(request_id, "content/")):
        page = text_of(auditor.get(address))
        for said in ("Callers", "Subject A", "203.0.113.7"):
            assert said not in page
    before = Entry.objects.filter(kind="access.reason_recorded").count()
    page = text_of(auditor.post(path(request_id, "content/"), {"reason_for_opening": " "}))
    assert "Why do you open this request?" in page
    page = text_of(auditor.post(path(request_id, "content/"), {"reason_for_opening": "Yearly review."}))
    assert "Callers" in page
    assert Entry.objects.filter(kind="access.reason_recorded").count() == before + 1


def test_text_of_a_partner_cannot_become_markup(exchange: Exchange, browse: Browse):
    """What a partner wrote is shown as text."""
    request_id = exchange.release(facts="<script>alert(1)</script> & more")
    theirs = browse(exchange.b, "officer")
    page = text_of(theirs.post(path(request_id, "content/"), {"reason_for_opening": "I handle it."}))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "<script>alert(1)" not in page


def test_the_list_filters_and_reads_a_bounded_number_of_rows(
    exchange: Exchange, browse: Browse, django_assert_max_num_queries: DjangoAssertNumQueries
):
    """The list filters, and costs the same number of queries for one request and for many."""
    officer = browse(exchange.a, "officer")
    exchange.draft()
    with django_assert_max_num_queries(20):
        officer.get("/requests/")
    for _ in range(5):
        exchange.draft()
    with django_assert_max_num_queries(20):
        page = text_of(officer.get("/requests/?direction=outgoing&state=draft"))
    assert page.count("VN-2025-00000") == 6
    assert "No request matches." in text_of(officer.get("/requests/?direction=incoming"))


def test_a_form_lost_on_the_way_is_refused_with_one_line(exchange: Exchange, browse: Browse):
    """Acts out of turn, from a page that was left open, end in one clear line and change nothing."""
    request_id: RequestId = exchange.release()
    officer = browse(exchange.a, "officer")
    page = text_of(officer.post(path(request_id, "submit/")))
    assert "“Released”, which does not allow this" in page
    assert officer.get(path(UUID(int=7))).status_code == 404
