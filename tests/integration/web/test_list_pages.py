"""The public lists and the map of domains: narrowed by the address, citable, the same cost at one and at three."""

import re
from html import unescape

import pytest
from django.test import Client

from entraide.access.api import Actor, Role
from entraide.directory.api import ensure_organisation
from entraide.kernel.ids import InstrumentId, MechanismId
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    ActionKind,
    CommitmentStatus,
    InstrumentKind,
    Level,
    MeetingFacts,
    MeetingKind,
    Party,
    create_commitment,
    create_instrument,
    create_meeting,
    ensure_mechanism,
    ensure_series,
    record_action,
)
from tests.factories.people import make_actor
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

LISTS = ("/commitments/", "/meetings/", "/instruments/", "/mechanisms/", "/organisations/", "/domains/")


@pytest.fixture
def officer(site: Site) -> Actor:
    return make_actor(site.node, Role.desk_officer)


def record(site: Site, officer: Actor, state: str, year: int, domains: tuple[str, ...] = ("drugs",)) -> MechanismId:
    """Record a mechanism of Vietnam and `state` with a meeting, a plan and a commitment in each of `domains`."""
    node = site.node
    parties = [Party(state, None, {}), Party("VN", None, {})]
    mechanism = ensure_mechanism(node, actor=officer, parties=parties, level=Level.MINISTER)
    series = ensure_series(node, actor=officer, mechanism_id=mechanism, level=Level.MINISTER, names={"en": "Talks"})
    day = PartialDate(f"{year}-03-01")
    facts = MeetingFacts(series_id=series, date=day, place="Hanoi", kind=MeetingKind.CONFERENCE)
    create_meeting(node, actor=officer, mechanism_id=mechanism, facts=facts)
    plan = InstrumentId(
        create_instrument(
            node,
            actor=officer,
            mechanism_id=mechanism,
            kind=InstrumentKind.PLAN,
            titles={"en": f"Plan {year} with {state}"},
            period=str(year),
        )
    )
    record_action(node, actor=officer, instrument_id=plan, kind=ActionKind.SIGNED, date=day)
    for number, domain in enumerate(domains):
        create_commitment(
            node,
            actor=officer,
            mechanism_id=mechanism,
            domain=domain,
            status=CommitmentStatus.PLEDGED if number else CommitmentStatus.DONE,
            texts={"en": f"Both do {domain} in {year} ({state})."},
            instrument_id=plan,
            period=str(year),
        )
    ensure_organisation(node, actor=officer, state=state, name=f"Ministry of {state}", language="en")
    return mechanism


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


@pytest.fixture
def recorded(site: Site, officer: Actor) -> Client:
    record(site, officer, "LA", 2024, ("drugs", "cybercrime"))
    record(site, officer, "CN", 2021)
    return site.visitor()


@pytest.mark.parametrize(
    ("query", "shown", "left_out"),
    [
        ("", ["drugs in 2024 (LA)", "cybercrime in 2024 (LA)", "drugs in 2021 (CN)"], []),
        ("?state=LA", ["drugs in 2024 (LA)"], ["(CN)"]),
        ("?state=LA&state=VN", ["drugs in 2024 (LA)"], ["(CN)"]),
        ("?state=LA&state=CN", [], ["(LA)", "(CN)"]),
        ("?domain=drugs", ["drugs in 2024", "drugs in 2021"], ["cybercrime in 2024"]),
        ("?status=pledged", ["cybercrime in 2024"], ["drugs in"]),
        ("?year=2021", ["drugs in 2021"], ["(LA)"]),
        ("?state=VN&domain=drugs&year=2024&status=done", ["drugs in 2024"], ["cybercrime in", "(CN)"]),
    ],
)
def test_commitments_are_narrowed_by_the_address(recorded: Client, query: str, shown: list[str], left_out: list[str]):
    """By party, pair, domain, status and year, alone and together."""
    page = read(recorded, f"/commitments/{query}")
    assert [text for text in shown if text not in page] == []
    assert [text for text in left_out if text in page] == []


@pytest.mark.parametrize(
    ("path", "shown", "left_out"),
    [
        ("/meetings/?state=LA", "1 March 2024", "1 March 2021"),
        ("/meetings/?level=minister&year=2021", "1 March 2021", "1 March 2024"),
        ("/meetings/?level=province", "Nothing recorded answers", "1 March"),
        ("/instruments/?kind=plan&state=CN", "Plan 2021 with CN", "Plan 2024"),
        ("/instruments/?kind=minutes", "Nothing recorded answers", "Plan 2024"),
        ("/mechanisms/?state=LA", "Laos – Vietnam", "China – Vietnam"),
        ("/organisations/", "Ministry of LA", "Ministry of VN"),
    ],
)
def test_other_lists_are_narrowed_too(recorded: Client, path: str, shown: str, left_out: str):
    """Meetings by level, instruments by kind, each by party and year; mechanisms by party."""
    page = read(recorded, path)
    assert shown in page
    assert left_out not in page


def test_a_mechanisms_page_leads_to_its_own_list(site: Site, officer: Actor, recorded: Client):
    """The form of the page narrows the list of that mechanism's commitments."""
    mechanism = record(site, officer, "LA", 2023)
    page = read(recorded, f"/mechanisms/{mechanism}/")
    assert f'name="mechanism" value="{mechanism}"' in page
    assert "(CN)" not in read(recorded, f"/commitments/?mechanism={mechanism}")


def test_what_narrows_a_list_is_shown_and_can_be_taken_away(recorded: Client):
    """Each filter is a chip whose link is the list without it."""
    page = read(recorded, "/commitments/?state=LA&domain=drugs&year=2024")
    chips = re.findall(r'class="chip" href="([^"]*)"', page)
    assert chips == [
        "/commitments/?domain=drugs&year=2024",
        "/commitments/?state=LA&year=2024",
        "/commitments/?state=LA&domain=drugs",
    ]


def test_the_form_without_a_script_leads_to_a_tidy_address(recorded: Client):
    """Empty selects leave no trace in the address that a reader cites."""
    response = recorded.get("/commitments/?state=LA&state=&domain=&status=&year=")
    assert response.status_code == 302
    assert response.headers["Location"] == "/commitments/?state=LA"
    assert "http://testserver/commitments/?state=LA" in read(recorded, "/commitments/?state=LA")


@pytest.mark.parametrize(
    "query",
    ["domain=drgus", "state=ZZ", "status=x", "year=20x4", "year=٢٠٢٤", "mechanism=1", "state=%00", "year=99999"],
)
def test_what_the_register_does_not_know_is_told(recorded: Client, query: str):
    """A misspelt filter is left out and said so; nothing is guessed."""
    page = read(recorded, f"/commitments/?{query}")
    assert "not known to this register" in page
    assert "drugs in 2024" in page


def test_a_place_in_the_pages_that_nobody_gave_is_an_error_with_a_remedy(recorded: Client):
    """A cursor that was typed by hand is refused, not guessed."""
    assert recorded.get("/commitments/?cursor=zzz").status_code == 400


def test_a_long_list_goes_on_by_cursor(site: Site, officer: Actor):
    """Next leads to the rest and back; the filter stays."""
    for year in range(1951, 2011):
        record(site, officer, "LA", year)
    record(site, officer, "CN", 2012)
    client = site.visitor()
    first = read(client, "/commitments/?state=LA")
    assert "60 in this list" in first
    following = re.search(r'rel="next" href="([^"]*)"', first)
    assert following
    assert "state=LA" in following[1]
    second = read(client, f"/commitments/{following[1]}")
    assert "in 1951" in second
    assert "in 2010" in first
    assert "in 2010" not in second
    assert "(CN)" not in second
    assert 'rel="prev"' in second


def test_the_map_counts_commitments_by_domain_and_pair(recorded: Client):
    """Each cell is a number that leads to exactly what it counts; pairs and domains are headers of the table."""
    page = read(recorded, "/domains/")
    cell = r'<td class="heat-[a-e]"><a href="([^"]*)"><span class="unseen">[^<]+</span><span aria-hidden="true">(\d+)<'
    cells = re.findall(cell, page)
    assert ("/commitments/?state=LA&state=VN&domain=cybercrime", "1") in cells
    assert len(cells) == 3
    assert page.count('scope="col"') == 4  # the corner, two pairs, the sum
    for href, count in cells:
        assert f"{count} in this list" in read(recorded, href)
    narrowed = read(recorded, "/domains/?state=CN&status=done")
    assert "Laos – Vietnam</span></a></th>" not in narrowed
    assert "/commitments/?state=CN&state=VN&domain=drugs&status=done" in narrowed


def test_an_empty_register_says_so(site: Site):
    """Every list opens before anything is recorded."""
    for path in LISTS:
        assert site.visitor().get(path).status_code == 200


@pytest.mark.parametrize(("path", "most"), [*((path, 31) for path in LISTS), ("/", 50)])
def test_a_list_costs_the_same_for_one_and_for_three(
    site: Site, officer: Actor, path: str, most: int, django_assert_max_num_queries
):
    """Queries do not grow with what is listed; the first page reads of everything a little."""
    record(site, officer, "LA", 2024, ("drugs", "training"))
    site.visitor().get(path)  # warm: what is read once per process
    with django_assert_max_num_queries(most) as one:
        site.visitor().get(path)
    for state in ("CN", "KH"):
        record(site, officer, state, 2023, ("drugs", "training"))
    with django_assert_max_num_queries(len(one)):
        site.visitor().get(path)
