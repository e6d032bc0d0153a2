"""Lists by the year of the plan and by that of the meeting, in an order, counted, and taken along as they are shown."""

import json
import re
from html import unescape

import pytest
from django.test import Client
from icalendar import Calendar

from entraide.access.api import Actor, Role
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    ActionKind,
    CommitmentStatus,
    InstrumentKind,
    Level,
    Party,
    create_commitment,
    create_instrument,
    ensure_mechanism,
    record_action,
)
from entraide.programme.services.corrections import correct_instrument
from tests.factories.people import make_actor
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def officer(site: Site) -> Actor:
    return make_actor(site.node, Role.desk_officer)


@pytest.fixture
def recorded(site: Site, officer: Actor) -> Client:
    """Plans signed in the year before, of a year and of three years, with a commitment in each."""
    sign(site, officer, "LA", "2025", "2025-01-12")
    sign(site, officer, "CN", "2026", "2025-12-01")
    sign(site, officer, "RU", "2024/2026", "2023-09-05")
    return site.visitor()


def sign(site: Site, officer: Actor, state: str, period: str, day: str):
    """Record a plan for a period that was signed on a day; its commitment tells no period of its own."""
    node = site.node
    parties = [Party(state, None, {}), Party("VN", None, {})]
    mechanism = ensure_mechanism(node, actor=officer, parties=parties, level=Level.MINISTER)
    plan = create_instrument(
        node,
        actor=officer,
        mechanism_id=mechanism,
        kind=InstrumentKind.PLAN,
        titles={"en": f"Plan {period}"},
        period=period,
    )
    record_action(node, actor=officer, instrument_id=plan, kind=ActionKind.SIGNED, date=PartialDate(day))
    create_commitment(
        node,
        actor=officer,
        mechanism_id=mechanism,
        domain="drugs" if state == "LA" else "border",
        status=CommitmentStatus.PLEDGED,
        texts={"en": f"Promised to {state}."},
        instrument_id=plan,
    )
    return plan


def read(client: Client, path: str) -> str:
    """Return a page as text."""
    response = client.get(path, headers={"Accept-Language": "en"})
    assert response.status_code == 200, path
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


PROMISES = {
    "plan_year=2025": {"LA", "RU"},
    "plan_year=2026": {"CN", "RU"},
    "year=2025": {"LA", "CN"},
    "year=2025&plan_year=2026": {"CN"},
    "plan_year=2025&state=VN": {"LA", "RU"},
    "plan_year=2025&state=VN&state=LA": {"LA"},
    "plan_year=1999": set(),
}


@pytest.mark.parametrize("query", PROMISES)
def test_the_year_of_the_plan_is_not_that_of_the_signature(recorded: Client, query: str):
    """Page, interface for programs and exported table show the same commitments: of the year asked for, of no other."""
    page = read(recorded, f"/commitments/?{query}")
    rest = recorded.get(f"/api/v1/commitments?{query}").json()["items"]
    table = json.loads(b"".join(recorded.get(f"/exports/commitments.json?{query}").streaming_content))
    found = {state for state in ("LA", "CN", "RU") if f"Promised to {state}." in page}
    assert found == PROMISES[query]
    assert {item["texts"]["en"][-3:-1] for item in rest} == PROMISES[query]
    assert len(table["rows"]) == len(PROMISES[query])


def test_instruments_have_both_years_too(recorded: Client):
    """A plan of three years is found in each of them, and under the year in which it was signed."""
    assert "Plan 2024/2026" in read(recorded, "/instruments/?plan_year=2025")
    assert "Plan 2024/2026" not in read(recorded, "/instruments/?year=2025")
    assert "Plan 2024/2026" in read(recorded, "/instruments/?year=2023")


def test_an_address_from_before_there_were_two_years_leads_to_both(recorded: Client):
    """`year` is still that of the meeting or report; one link leads to what is for that year."""
    page = read(recorded, "/commitments/?year=2025&state=VN")
    assert 'href="/commitments/?state=VN&plan_year=2025"' in page
    assert "Show what is for the year 2025" not in read(recorded, "/commitments/?plan_year=2025")


def test_a_corrected_period_moves_the_commitments_of_the_plan(site: Site, officer: Actor):
    """Lists by the year of the plan follow the plan."""
    plan = sign(site, officer, "LA", "2025", "2025-01-12")
    correct_instrument(site.node, actor=officer, instrument_id=plan, period="2027")
    assert "Promised to LA." in read(site.visitor(), "/commitments/?plan_year=2027")
    assert "Promised to LA." not in read(site.visitor(), "/commitments/?plan_year=2025")


def test_counts_of_a_state_are_of_the_list_without_that_state(recorded: Client):
    """Of two States that are chosen, each select tells what the list would hold with another in its place."""
    page = read(recorded, "/commitments/?state=VN&state=LA")
    first, second = (page.partition(f'id="filter-state-{slot}"')[2].partition("</select>")[0] for slot in (1, 2))
    assert [f"{name} (1)" in first for name in ("Vietnam", "Laos", "China", "Russia")] == [True, True, False, False]
    assert [f"{name} (1)" in second for name in ("Laos", "China", "Russia")] == [True, True, True]


def test_the_choices_of_a_filter_tell_how_many_rows_each_would_leave(recorded: Client):
    """Counts are of the list with all else that it is narrowed by; what would leave nothing is not offered."""
    page = read(recorded, "/commitments/?plan_year=2025")
    assert ">2025 (2)</option>" in page
    assert ">2026 (2)</option>" in page
    assert ">Drugs (1)</option>" in page
    assert ">Border cooperation (1)</option>" in page
    assert ">China (" not in page
    assert ">Laos (1)</option>" in page
    assert "2 in this list" in page.partition("<tbody>")[0]


@pytest.mark.parametrize(
    ("path", "first"),
    [
        pytest.param("/commitments/", "Promised to CN.", id="newest first"),
        pytest.param("/commitments/?sort=oldest", "Promised to RU.", id="oldest first"),
        pytest.param("/commitments/?sort=domain", "Promised to RU.", id="by domain"),
        pytest.param("/instruments/?sort=period", "Plan 2026", id="by period"),
        pytest.param("/instruments/?sort=oldest", "Plan 2024/2026", id="instruments, oldest first"),
    ],
)
def test_a_list_stands_in_the_order_asked_for(recorded: Client, path: str, first: str):
    """By day, or by what its kind declares."""
    page = read(recorded, path).partition('class="list-count"')[2]
    others = ("Promised to CN.", "Promised to RU.", "Promised to LA.", "Plan 2026", "Plan 2025", "Plan 2024/2026")
    assert min((page.index(text), text) for text in others if text in page)[1] == first


@pytest.mark.parametrize("sort", ["newest", "oldest", "domain"])
def test_every_order_goes_on_by_cursor(recorded: Client, sort: str):
    """Pages of one row, forth and back, give each row once."""
    address, seen = f"/api/v1/commitments?sort={sort}&limit=1", []
    while address:
        page = recorded.get(address).json()
        seen += [item["id"] for item in page["items"]]
        last, address = page, page["next"] and page["next"].replace("http://testserver", "")
        address = address and address[address.index("/api/") :]
    assert len(seen) == len(set(seen)) == 3
    back = recorded.get(last["previous"][last["previous"].index("/api/") :]).json()
    assert [item["id"] for item in back["items"]] == seen[1:2]


def test_an_order_that_there_is_not_is_refused(recorded: Client):
    """The interface names the orders of each list."""
    assert recorded.get("/api/v1/commitments?sort=colour").status_code in (400, 422)
    assert recorded.get("/api/v1/meetings?sort=domain").status_code in (400, 422)


def test_the_list_is_taken_along_as_it_is_shown(recorded: Client):
    """Each link above a list gives exactly what its filters show, as a table, a calendar and a feed."""
    page = read(recorded, "/instruments/?plan_year=2025&state=LA")
    links = re.findall(r'href="(/(?:exports|instruments)/[^"]*(?:csv|json|ics|atom)\?[^"]*)"', page)
    assert len(links) == 4
    for link in links:
        answer = recorded.get(link)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"Plan 2025" in content, link
        assert b"Plan 2026" not in content, link
    calendar = Calendar.from_ical(recorded.get("/instruments/calendar.ics?plan_year=2025").content)
    assert sorted(str(event.decoded("dtstart")) for event in calendar.walk("VEVENT")) == ["2025-12-31", "2026-12-31"]


@pytest.mark.parametrize("address", ["/meetings/feed.atom?stat=VN", "/meetings/calendar.ics?year=20x5"])
def test_a_mistyped_filter_of_a_feed_is_refused(recorded: Client, address: str):
    """As exports do: a slip of the pen never gives everything."""
    assert recorded.get(address).status_code == 400
