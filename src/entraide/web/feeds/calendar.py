"""Calendars (RFC 5545, RFC 7986) of meetings and of what is expected.

A date that a source gives to the day is an event of that day. A month or a year alone is an event of all its days that
is marked approximate; what has no known year is left out. Identifiers are permanent addresses.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext
from icalendar import Calendar, Event, vDate, vDuration, vText

from entraide.journal.api import Acts, count_acts
from entraide.kernel.node import Node
from entraide.programme.api import (
    AnnouncedView,
    DueView,
    InstrumentKind,
    MechanismView,
    MeetingView,
    PeriodView,
    list_announced_meetings,
    list_due,
    list_meetings,
    list_periods,
)
from entraide.web.feeds.spans import Span, span_of, span_of_period
from entraide.web.language import reader_language
from entraide.web.templatetags.programme import (
    edtf,
    here_in,
    mechanism_title,
    meeting_title,
    numbered,
    series_title,
    term,
)

MOST_MEETINGS = 1000
MOST_SERIES = 500
"""Series of the calendar of all that are looked at for what is due: those that met last, however long the register."""
REFRESH = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Item:
    """An event of a calendar; `uid` is unique everywhere, as ids are (RFC 7986, section 5.3).

    `known` is false for what is only expected.
    """

    id: UUID
    uid: str
    page: str
    title: str
    span: Span
    about: str
    category: str
    known: bool = True
    place: str = ""
    sequence: int | None = None


def build_calendar(node: Node, mechanisms: tuple[MechanismView, ...], *, of: MechanismView | None) -> bytes:
    """Return the calendar of one mechanism (`of`), or of all, in the active language, as of the node's clock."""
    return write_calendar(
        node, list(_items(node, node.clock.now().date(), {item.id: item for item in mechanisms}, of)), of=of
    )


def write_calendar(node: Node, items: Sequence[Item], *, of: MechanismView | None = None) -> bytes:
    """Return the calendar of `items`, of one mechanism (`of`) or of several, whose events then name theirs."""
    acts = count_acts(node, {item.id for item in items})
    origin = node.settings.origin
    calendar = _calendar(origin, of)
    for item in items:
        calendar.add_component(_event(origin, item, acts.get(item.id), named=of is None))
    return bytes(calendar.to_ical())


def recorded_at(id_: UUID) -> dt.datetime:
    """Return the moment that a UUIDv7 carries (RFC 9562, section 5.7)."""
    return dt.datetime.fromtimestamp((id_.int >> 80) // 1000, dt.UTC)


def _items(
    node: Node, today: dt.date, mechanisms: Mapping[UUID, MechanismView], of: MechanismView | None
) -> Iterator[Item]:
    chosen = of.id if of else None
    for meeting in list_meetings(node, mechanism_id=chosen, limit=MOST_MEETINGS):
        if span := span_of(meeting.date):
            yield meeting_item(meeting, mechanisms[meeting.mechanism_id], span)
    for announced in list_announced_meetings(node, mechanism_id=chosen):
        if span := span_of(announced.date):
            yield _announced(announced, mechanisms[announced.mechanism_id], span)
    for due in list_due(node, today, mechanism_id=chosen, recent=None if of else MOST_SERIES):
        yield _due(due, mechanisms[due.mechanism_id])
    for period in list_periods(node, mechanism_id=chosen):
        if span := span_of_period(period.period):
            yield _period(period, mechanisms[period.mechanism_id], span)


def meeting_item(meeting: MeetingView, mechanism: MechanismView, span: Span) -> Item:
    """Return a meeting as an event: those who took part stand in its description."""
    path = f"/meetings/{meeting.id}/"
    about = [mechanism_title(mechanism), *(f"{person.name}, {person.post}" for person in meeting.people)]
    return Item(
        meeting.id,
        str(meeting.id),
        path,
        meeting_title(meeting),
        span,
        "\n".join([*about, *_approximate(span, edtf(meeting.date))]),
        term(meeting.kind),
        place=meeting.place,
    )


def _announced(announced: AnnouncedView, mechanism: MechanismView, span: Span) -> Item:
    name = announced.name or gettext("Meeting")
    if announced.ordinal:
        name = numbered(announced.ordinal, name)
    page = f"/meetings/{announced.meeting_id}/"
    about = [
        mechanism_title(mechanism),
        gettext("A source announced this meeting; no source tells yet that it was held."),
    ]
    return Item(
        announced.id,
        f"announced-{announced.id}",
        page,
        gettext("Announced: %(meeting)s") % {"meeting": name},
        span,
        "\n".join([*about, *_approximate(span, edtf(announced.date))]),
        gettext("Announced meeting"),
        known=False,
        place=announced.place,
    )


def _due(view: DueView, mechanism: MechanismView) -> Item:
    due, page = view.due, f"/mechanisms/{mechanism.id}/"
    name = series_title(view.series)
    if due.ordinal:
        name = numbered(due.ordinal, name)
    title = gettext("Overdue: %(meeting)s") if due.overdue else gettext("Due: %(meeting)s")
    about = [
        mechanism_title(mechanism),
        gettext("Reckoned from the rhythm of the series so far; no source announces a day. The event covers the year."),
    ]
    return Item(
        view.series.id,
        f"due-{view.series.id}-{due.ordinal or due.year}",
        page,
        title % {"meeting": name},
        Span(dt.date(due.year, 1, 1), dt.date(due.year, 12, 31), exact=False),
        "\n".join(about),
        gettext("Due meeting"),
        known=False,
        # What is due moves only when a meeting is recorded.
        sequence=view.meetings,
    )


def _period(view: PeriodView, mechanism: MechanismView, span: Span) -> Item:
    page = f"/instruments/{view.id}/"
    title = gettext("The plan ends: %(title)s") if view.kind is InstrumentKind.PLAN else gettext("Ends: %(title)s")
    return Item(
        view.id,
        f"end-{view.id}",
        page,
        title % {"title": here_in(view.titles)},
        Span(span.last, span.last, exact=True),
        "\n".join(
            [mechanism_title(mechanism), gettext("Last day of the period %(period)s.") % {"period": view.period}]
        ),
        gettext("End of a period"),
    )


def _approximate(span: Span, said: str) -> list[str]:
    if span.exact:
        return []
    return [gettext("The day is not known: the source says %(date)s, and the event covers it whole.") % {"date": said}]


def _calendar(origin: str, of: MechanismView | None) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Entraide//Register//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = mechanism_title(of) if of else gettext("Cooperation between ministries")
    page = f"{origin}/mechanisms/{of.id}/" if of else f"{origin}/"
    about = gettext(
        "Meetings on record, meetings announced or due, and ends of plans. An event that covers a whole month or year "
        "means that the day is not known; meetings without a known year, and all but the latest %(most)s, are left out."
    ) % {"most": MOST_MEETINGS}
    for key, value in (("name", name), ("x-wr-calname", name), ("description", about), ("x-wr-caldesc", about)):
        calendar.add(key, vText(value))
    calendar.add("url", page)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return calendar


def _event(origin: str, item: Item, acts: Acts | None, *, named: bool) -> Event:
    event = Event()
    at = (acts.latest if acts else recorded_at(item.id)).astimezone(dt.UTC).replace(microsecond=0)
    language = {"LANGUAGE": reader_language()}
    mechanism, _, _ = item.about.partition("\n")
    event.add("uid", item.uid)
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", item.sequence if item.sequence is not None else max(0, (acts.count if acts else 1) - 1))
    event.add("dtstart", vDate(item.span.first), parameters={"VALUE": "DATE"})
    event.add("dtend", vDate(item.span.last + dt.timedelta(days=1)), parameters={"VALUE": "DATE"})
    event.add("summary", f"{item.title} ({mechanism})" if named else item.title, parameters=language)
    event.add("description", item.about, parameters=language)
    event.add("categories", [item.category])
    event.add("status", "CONFIRMED" if item.known else "TENTATIVE")
    event.add("transp", "TRANSPARENT")  # the reader of a register is not at the meeting
    event.add("url", f"{origin}{item.page}")
    if item.place:
        event.add("location", item.place)
    if not item.span.exact:
        event.add("x-entraide-approximate", "TRUE")
    return event
