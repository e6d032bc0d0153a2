"""Calendars and Atom feeds: what stands in them, that it can be parsed again, and that asking again is cheap."""

import datetime as dt
import xml.etree.ElementTree as ET
from dataclasses import replace
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from entraide.access.api import Role
from entraide.communiques.api import import_source, keep_all, list_samples, read_sample
from entraide.config import middleware
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    CommitmentStatus,
    FactKind,
    Level,
    MeetingFacts,
    When,
    complete_meeting,
    create_commitment,
    create_meeting,
    ensure_series,
    list_announced,
    record_contradiction,
    record_reference,
)
from entraide.web.feeds import calendar
from tests.factories.cooperations import make_register
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def events(site, path: str, **headers: str):
    answer = site.visitor().get(path, headers=headers)
    assert answer.status_code == 200, answer.content
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def read_feed(site, path: str):
    answer = site.visitor().get(path)
    assert answer.status_code == 200, answer.content
    return ET.fromstring(answer.content)  # noqa: S314 - our own answer


def links(element) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


def test_a_calendar_has_days_months_deadlines_and_what_is_due(site):
    """A day is that day, a month is a whole one and says so; what was announced stands before what is only due."""
    made = make_register(site.node)
    found = events(site, f"/mechanisms/{made.mechanism}/calendar.ics")
    exact = found[str(made.meeting)]
    assert (exact["dtstart"].dt, exact["dtend"].dt) == (dt.date(2024, 10, 22), dt.date(2024, 10, 24))
    assert exact["dtstart"].params["VALUE"] == "DATE"
    assert exact["status"] == "CONFIRMED"
    assert "x-entraide-approximate" not in exact
    month = found[str(made.earlier)]
    assert (month["dtstart"].dt, month["dtend"].dt) == (dt.date(2023, 11, 1), dt.date(2023, 12, 1))
    assert month["x-entraide-approximate"] == "TRUE"
    assert "November 2023" in month["description"]
    announced = found[f"announced-{made.announced}"]
    assert (announced["status"], announced["dtstart"].dt, announced["dtend"].dt) == (
        "TENTATIVE",
        dt.date(2025, 1, 1),
        dt.date(2026, 1, 1),
    )
    end = found[f"end-{made.plan}"]
    assert end["dtstart"].dt == dt.date(2025, 12, 31)
    assert len(found) == 4
    # A CalDAV server makes a file name of each.
    assert all(quote(uid, safe="") == uid for uid in found)


def meet_again(site, mechanism, *dates: str, name: str = "Talks of units", ordinals=None):
    """Hold meetings of a series of their own, from which a rhythm follows, and return the series."""
    officer = make_actor(site.node, Role.desk_officer)
    series = ensure_series(site.node, actor=officer, mechanism_id=mechanism, level=Level.UNIT, names={"en": name})
    for number, date in enumerate(dates):
        facts = MeetingFacts(series, (ordinals or {}).get(number), PartialDate(date), "Hà Nội", Level.UNIT)
        create_meeting(site.node, actor=officer, mechanism_id=mechanism, facts=facts, people=[])
    return series


def announce(site, meeting, **facts: object):
    officer = make_actor(site.node, Role.desk_officer)
    told = MeetingFacts(**{"series_id": None, "name": "Conference", **facts})
    return record_reference(site.node, actor=officer, meeting_id=meeting, facts=told, when=When.LATER)


def test_what_is_due_stands_in_the_calendar_and_what_is_late_does_not(site):
    """A series whose next year has come is due in it; one whose year has passed is no event of any day."""
    made = make_register(site.node)
    due = meet_again(site, made.mechanism, "2023-05-02", "2024-05-03", name="Yearly talks")
    late = meet_again(site, made.mechanism, "2019-05-02", "2020-05-03", name="Talks long ago")
    found = events(site, "/calendar.ics")
    entry = found[f"due-{due}-2025"]
    assert (entry["status"], entry["dtstart"].dt, entry["dtend"].dt) == (
        "TENTATIVE",
        dt.date(2025, 1, 1),
        dt.date(2026, 1, 1),
    )
    assert [uid for uid in found if str(late) in uid] == []
    assert not any("Overdue" in str(event["summary"]) for event in found.values())


def test_the_calendar_of_all_looks_at_the_series_that_met_last(site, monkeypatch):
    """However many series there are, what is due is looked for in a bounded number; a mechanism's own has them all."""
    monkeypatch.setattr(calendar, "MOST_SERIES", 1)
    old, new = make_register(site.node, state="KH", year=2014), make_register(site.node)
    seldom = meet_again(site, old.mechanism, "2013-05-02", "2019-05-03")
    often = meet_again(site, new.mechanism, "2023-12-02", "2024-12-03")
    due = [uid for uid in events(site, "/calendar.ics") if uid.startswith("due-")]
    assert due == [f"due-{often}-2025"]
    assert f"due-{seldom}-2025" in events(site, f"/mechanisms/{old.mechanism}/calendar.ics")


@pytest.mark.parametrize(
    ("told", "held", "closed"),
    [
        pytest.param({"ordinal": 11, "date": "2025"}, ("2025-01-10", 11), True, id="its number"),
        pytest.param({"ordinal": 11, "date": "2025"}, ("2025-01-10", 12), True, id="a later number"),
        pytest.param({"ordinal": 11, "date": "2025"}, ("2025-01-10", 10), False, id="an earlier number"),
        pytest.param({"date": "2025-01"}, ("2025-01-10", None), True, id="its month"),
        pytest.param({"date": "2025-03"}, ("2025-01-10", None), False, id="another month"),
        pytest.param({"ordinal": 11, "date": "2025-01-10"}, ("2025-01-10", None), True, id="its day"),
    ],
)
def test_what_was_held_is_announced_no_more(site, told, held, closed):
    """A meeting on record closes what was announced of it, in the calendar and on the page of its mechanism."""
    made = make_register(site.node)
    series = meet_again(site, made.mechanism, held[0], name="Talks", ordinals={0: held[1]})
    at = {**told, "date": PartialDate(told["date"])}
    announced = announce(site, made.meeting, series_id=series, name="Talks", **at)
    shown = f"announced-{announced}" in events(site, "/calendar.ics")
    assert shown is not closed
    open_ones = {item.id for item in list_announced(site.node, made.mechanism)}
    assert (announced in open_ones) is not closed


def test_what_was_announced_for_days_that_passed_is_no_event(site):
    """No source tells that it was held: the page of its mechanism says so, the calendar holds no such day."""
    made = make_register(site.node)
    past = announce(site, made.earlier, name="Talks", date=PartialDate("2024-12"))
    coming = announce(site, made.meeting, name="Talks", date=PartialDate("2025-02"))
    found = events(site, "/calendar.ics")
    assert f"announced-{past}" not in found
    assert f"announced-{coming}" in found
    assert past in {item.id for item in list_announced(site.node, made.mechanism)}


def test_what_several_sources_announce_stands_once(site):
    """Three reports announce the same conference: one event."""
    made = make_register(site.node)
    for _ in range(2):
        site.node.clock.advance(seconds=1)
        last = announce(site, made.earlier, series_id=made.series, ordinal=10, date=PartialDate("2025"))
    found = [uid for uid in events(site, "/calendar.ics") if uid.startswith("announced-")]
    assert found == [f"announced-{last}"]


@pytest.mark.parametrize(
    ("name", "language"),
    [
        pytest.param("Hội nghị hợp tác phòng, chống tội phạm giữa hai Bộ Công an", "vi", id="Vietnamese"),
        pytest.param("Réunion annuelle des directeurs de la police aux frontières", "fr", id="French"),
        pytest.param("Annual meeting of the heads of the border police of both sides", "en", id="English"),
    ],
)
def test_a_title_is_tagged_with_the_language_that_it_is_in(site, name, language):
    """An English calendar holds names that only a source gives, in its language, and says so (RFC 5545, 3.2.10)."""
    made = make_register(site.node)
    announced = announce(site, made.meeting, name=name, date=PartialDate("2025-02"))
    found = events(site, "/calendar.ics?lang=en")
    event = found[f"announced-{announced}"]
    assert event["summary"].params["LANGUAGE"] == language
    assert event["description"].params["LANGUAGE"] == "en"
    assert found[str(made.meeting)]["summary"].params["LANGUAGE"] == "en"


def test_what_rests_on_a_sample_says_so_in_calendar_and_feed(site):
    """The program's own samples are marked, event by event and entry by entry; what others enter is not."""
    made = make_register(site.node, state="TH")
    officer = make_actor(site.node, Role.desk_officer, Role.operator)
    sample = list_samples()[0]
    source = import_source(
        site.node, actor=officer, name="a", text=read_sample(sample.name), kind=sample.kind, sample=True
    )
    keep_all(site.node, actor=officer, source_id=source)
    found = events(site, "/calendar.ics")
    marked = {uid for uid, event in found.items() if event.get("x-entraide-sample") == "TRUE"}
    assert marked
    assert all("sample data" in str(found[uid]["description"]) for uid in marked)
    assert str(made.meeting) not in marked
    entries = read_feed(site, "/feed.atom").findall(f"{ATOM}entry")
    terms = [{item.get("term") for item in entry.findall(f"{ATOM}category")} for entry in entries]
    assert any("sample" in item for item in terms)
    assert not all("sample" in item for item in terms)


def test_every_event_is_whole_and_leads_to_its_page(site):
    """Each event has what RFC 5545 asks for, and its address is of a page that answers."""
    make_register(site.node)
    make_register(site.node, state="TH")
    visitor = site.visitor()
    answer = visitor.get("/calendar.ics")
    calendar = Calendar.from_ical(answer.content)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar.errors == []
    assert str(calendar["refresh-interval"].to_ical(), "ascii") == "PT12H"
    found = calendar.walk("VEVENT")
    assert len(found) == 8
    for event in found:
        assert event.errors == []
        assert {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "URL"} <= set(event)
        assert visitor.get(str(event["url"]).removeprefix(site.node.settings.origin)).status_code == 200
        assert max(len(line) for line in event.to_ical().splitlines()) <= 75


def test_a_meeting_that_is_completed_keeps_its_identity_and_counts_on(site):
    """The identifier stays, the sequence grows, and the date is the day once a source tells it."""
    made = make_register(site.node)
    officer = make_actor(site.node, Role.desk_officer)
    uid = str(made.earlier)
    before = events(site, "/calendar.ics")[uid]
    site.node.clock.advance(hours=1)
    facts = MeetingFacts(made.series, 8, PartialDate("2023-11-14"), "Hà Nội", Level.MINISTER)
    complete_meeting(site.node, actor=officer, meeting_id=made.earlier, facts=facts)
    after = events(site, "/calendar.ics")[uid]
    assert after["dtstart"].dt == dt.date(2023, 11, 14)
    assert int(after["sequence"]) > int(before["sequence"])
    assert after["last-modified"].dt > before["last-modified"].dt


@pytest.mark.parametrize(
    ("query", "headers", "word"),
    [
        pytest.param("?lang=fr", {}, "novembre 2023", id="asked for"),
        pytest.param("", {"Accept-Language": "de, fr;q=0.8, en;q=0.5"}, "novembre 2023", id="by the browser"),
        pytest.param("?lang=en", {"Accept-Language": "fr"}, "November 2023", id="the address wins"),
        pytest.param("", {"Accept-Language": "de"}, "November 2023", id="none that is known"),
    ],
)
def test_a_calendar_speaks_the_language_that_is_asked_for(site, query, headers, word):
    """By `lang`, else by Accept-Language, else English."""
    make_register(site.node)
    assert any(word in str(event["description"]) for event in events(site, f"/calendar.ics{query}", **headers).values())


def test_an_unknown_language_or_page_is_refused(site):
    """A language that the site does not speak, a page that is no id, a mechanism that is not there."""
    visitor = site.visitor()
    assert visitor.get("/calendar.ics?lang=xx").status_code == 400
    assert visitor.get("/feed.atom?before=x").status_code == 400
    assert visitor.get("/mechanisms/00000000-0000-7000-8000-000000000000/feed.atom").status_code == 404


def test_a_feed_tells_what_was_recorded_latest_first(site):
    """Meetings, the signature and review of the plan, the commitment and the contradiction, each with a lasting id."""
    made = make_register(site.node)
    root = read_feed(site, f"/mechanisms/{made.mechanism}/feed.atom")
    entries = root.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}category").get("term") for entry in entries] == [
        "contradiction",
        "commitment",
        "added",
        "reviewed",
        "signed",
        "meeting",
        "meeting",
    ]
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles[1] == "Commitment recorded: Fight drugs & <trafficking>. – Drugs (Laos – Vietnam)"
    assert titles[2] == "More is known: Fight drugs & <trafficking>. – Drugs (Laos – Vietnam)"
    assert "Grade: Limited" in entries[2].findtext(f"{ATOM}summary")
    assert titles[3] == "Plan reviewed: Plan of 2025 (Laos – Vietnam)"
    assert titles[0].startswith("Sources contradict each other: ")
    assert "2024-10-24" in entries[0].findtext(f"{ATOM}summary")
    assert entries[0].findtext(f"{ATOM}id") == f"urn:uuid:{made.contradiction}"
    assert root.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    origin = site.node.settings.origin
    assert root.findtext(f"{ATOM}id") == f"{origin}/mechanisms/{made.mechanism}/feed.atom"
    assert links(root)["self"] == f"{origin}/mechanisms/{made.mechanism}/feed.atom?lang=en"
    for entry in entries:
        page = links(entry)["alternate"].removeprefix(origin)
        assert site.visitor().get(page).status_code == 200


def test_what_a_source_says_is_never_markup(site):
    """A summary is HTML to a feed reader: words of a source are escaped in it, and stand as they are in the title."""
    made = make_register(site.node)
    officer = make_actor(site.node, Role.desk_officer)
    site.node.clock.advance(seconds=1)
    record_contradiction(
        site.node,
        actor=officer,
        fact_kind=FactKind.MEETING,
        fact_id=made.meeting,
        field="place",
        value="<img src=x onerror=alert(1)>",
    )
    entry = read_feed(site, "/feed.atom").find(f"{ATOM}entry")
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert "&lt;img src=x" in summary.text
    assert "<img" not in summary.text


def test_a_mechanisms_feed_has_its_own_entries_only(site):
    """What another mechanism did stands in its own feed, and all of it in the register's."""
    one, other = make_register(site.node), make_register(site.node, state="TH")

    def ids(path: str) -> set[str]:
        return {entry.findtext(f"{ATOM}id") for entry in read_feed(site, path).findall(f"{ATOM}entry")}

    first, second = ids(f"/mechanisms/{one.mechanism}/feed.atom"), ids(f"/mechanisms/{other.mechanism}/feed.atom")
    assert not first & second
    assert ids("/feed.atom") == first | second


def test_a_long_feed_comes_in_pages_that_leave_nothing_out(site):
    """Following `next` gives every entry once, also when something is recorded meanwhile (RFC 5005)."""
    made = make_register(site.node)
    officer = make_actor(site.node, Role.desk_officer)

    def promise() -> None:
        site.node.clock.advance(seconds=1)
        create_commitment(
            site.node,
            actor=officer,
            mechanism_id=made.mechanism,
            domain="drugs",
            status=CommitmentStatus.PLEDGED,
            texts={"en": "More."},
            meeting_id=made.meeting,
        )

    for _ in range(110):
        promise()
    origin, path, seen = site.node.settings.origin, "/feed.atom?lang=en", []
    while path:
        root = read_feed(site, path)
        seen += [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
        assert links(root)["first"] == f"{origin}/feed.atom?lang=en"
        path = links(root).get("next", "").removeprefix(origin)
        promise()
    assert len(seen) == len(set(seen)) == 117


@pytest.mark.parametrize("path", ["/calendar.ics", "/feed.atom"])
def test_asking_again_is_one_query_until_something_changes(site, django_assert_num_queries, path):
    """With the tag of the last answer nothing is sent and one query is made; a change gives it anew."""
    make_register(site.node)
    visitor = site.visitor()
    tag = visitor.get(path).headers["ETag"]
    with django_assert_num_queries(1):
        again = visitor.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    make_register(site.node, state="TH")
    fresh = visitor.get(path, headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert fresh.headers["ETag"] != tag


@pytest.mark.parametrize("path", ["/calendar.ics", "/feed.atom"])
def test_the_number_of_queries_does_not_grow(site, django_assert_max_num_queries, path):
    """Three mechanisms cost as many queries as one."""
    make_register(site.node)
    with CaptureQueriesContext(connection) as one:
        site.visitor().get(path)
    for state in ("TH", "KH"):
        make_register(site.node, state=state)
    with django_assert_max_num_queries(len(one)):
        assert site.visitor().get(path).status_code == 200


def test_another_name_of_the_publisher_is_another_answer(site, monkeypatch):
    """Who has the feed under the old name is sent the new one, though nothing in the register changed."""
    make_register(site.node)
    tag = site.visitor().get("/feed.atom?lang=en").headers["ETag"]
    renamed = replace(site.node, settings=replace(site.node.settings, organisation={"en": "Ministry of Order"}))
    monkeypatch.setattr(middleware, "current_node", lambda: renamed)
    answer = site.visitor().get("/feed.atom?lang=en", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert b"Ministry of Order" in answer.content


def test_scripts_of_other_sites_may_read_and_nobody_may_write(site):
    """Any origin reads without credentials; conditions are allowed across origins; other methods are not there."""
    visitor = site.visitor()
    answer = visitor.get("/feed.atom")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    asked = visitor.options("/feed.atom")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
    assert visitor.post("/feed.atom").status_code == 405
    head = visitor.head("/feed.atom")
    assert (head.status_code, head.content) == (200, b"")


def test_pages_name_their_feeds(site):
    """A feed reader finds the feeds by the address of the page."""
    made = make_register(site.node)
    page = site.visitor().get(f"/mechanisms/{made.mechanism}/").content.decode()
    for address in ("/feed.atom", "/calendar.ics"):
        assert f'href="{address}?lang=en"' in page
        assert f'href="/mechanisms/{made.mechanism}{address}?lang=en"' in page
