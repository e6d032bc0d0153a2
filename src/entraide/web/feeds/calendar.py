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

from entraide.communiques.api import find_sample_facts
from entraide.journal.api import Acts, count_acts
from entraide.kernel.node import Node
from entraide.kernel.tongues import language_of
from entraide.programme.api import (
    AnnouncedView,
    DueBasis,
    DueView,
    FactKind,
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
from entraide.web.language import reader_language, text_here
from entraide.web.templatetags.programme import (
    edtf,
    here_in,
    mechanism_title,
    meeting_language,
    meeting_title,
    numbered,
    series_language,
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

    `known` is false for what is only expected. `language` is that of the title, empty where nobody told; `shown_by` is
    the fact whose sources tell of it.
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
    language: str = ""
    shown_by: tuple[str, UUID] = (FactKind.MECHANISM, UUID(int=0))


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
    samples = _samples(node, items)
    for item in items:
        sample = item.shown_by[1] in samples
        calendar.add_component(_event(origin, item, acts.get(item.id), named=of is None, sample=sample))
    return bytes(calendar.to_ical())


def _samples(node: Node, items: Sequence[Item]) -> set[UUID]:
    """Return the facts among those that show the items which samples tell."""
    ids: dict[str, set[UUID]] = {}
    for item in items:
        kind, fact = item.shown_by
        ids.setdefault(kind, set()).add(fact)
    return {fact for kind, many in ids.items() for fact in find_sample_facts(node, kind, many)}


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
    yield from _expected(node, today, mechanisms, of)
    for period in list_periods(node, mechanism_id=chosen):
        if span := span_of_period(period.period):
            yield _period(period, mechanisms[period.mechanism_id], span)


def _expected(
    node: Node, today: dt.date, mechanisms: Mapping[UUID, MechanismView], of: MechanismView | None
) -> Iterator[Item]:
    """Yield what was announced and what is due; what is late is no event of any day, and its page says so."""
    chosen = of.id if of else None
    for announced in _once(list_announced_meetings(node, mechanism_id=chosen)):
        if (span := span_of(announced.date)) and span.last >= today:
            yield _announced(announced, mechanisms[announced.mechanism_id], span)
    for due in list_due(node, today, mechanism_id=chosen, announced=True, recent=None if of else MOST_SERIES):
        if due.due.basis is DueBasis.CADENCE and not due.due.overdue:
            yield _due(due, mechanisms[due.mechanism_id])


def _once(announced: Sequence[AnnouncedView]) -> Iterator[AnnouncedView]:
    """Yield the latest announcement of each meeting: several sources may announce one, by its number or its date."""
    seen: set[tuple[object, ...]] = set()
    for item in announced:
        told = item.ordinal or (item.date.value if item.date else "")
        key = item.mechanism_id, item.series.id if item.series else None, told
        if key not in seen:
            seen.add(key)
            yield item


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
        language=meeting_language(meeting),
        shown_by=(FactKind.MEETING, meeting.id),
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
        language=language_of(announced.name) if announced.name else reader_language(),
        shown_by=(FactKind.MEETING, announced.meeting_id),
    )


def _due(view: DueView, mechanism: MechanismView) -> Item:
    due, page = view.due, f"/mechanisms/{mechanism.id}/"
    name = series_title(view.series)
    if due.ordinal:
        name = numbered(due.ordinal, name)
    about = [
        mechanism_title(mechanism),
        gettext("Reckoned from the rhythm of the series so far; no source announces a day. The event covers the year."),
    ]
    return Item(
        view.series.id,
        f"due-{view.series.id}-{due.ordinal or due.year}",
        page,
        gettext("Due: %(meeting)s") % {"meeting": name},
        Span(dt.date(due.year, 1, 1), dt.date(due.year, 12, 31), exact=False),
        "\n".join(about),
        gettext("Due meeting"),
        known=False,
        # What is due moves only when a meeting is recorded.
        sequence=view.meetings,
        language=series_language(view.series),
        shown_by=(FactKind.MECHANISM, mechanism.id),
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
        language=text_here(view.titles).language,
        shown_by=(FactKind.INSTRUMENT, view.id),
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


def _event(origin: str, item: Item, acts: Acts | None, *, named: bool, sample: bool) -> Event:
    event = Event()
    at = (acts.latest if acts else recorded_at(item.id)).astimezone(dt.UTC).replace(microsecond=0)
    mechanism, _, _ = item.about.partition("\n")
    language = {"LANGUAGE": item.language} if item.language else {}
    event.add("uid", item.uid)
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", item.sequence if item.sequence is not None else max(0, (acts.count if acts else 1) - 1))
    event.add("dtstart", vDate(item.span.first), parameters={"VALUE": "DATE"})
    event.add("dtend", vDate(item.span.last + dt.timedelta(days=1)), parameters={"VALUE": "DATE"})
    event.add("summary", f"{item.title} ({mechanism})" if named else item.title, parameters=language)
    event.add("status", "CONFIRMED" if item.known else "TENTATIVE")
    event.add("transp", "TRANSPARENT")  # the reader of a register is not at the meeting
    event.add("url", f"{origin}{item.page}")
    if item.place:
        event.add("location", item.place)
    if not item.span.exact:
        event.add("x-entraide-approximate", "TRUE")
    _say_about(event, item, sample=sample)
    return event


def _say_about(event: Event, item: Item, *, sample: bool) -> None:
    """Add what an event is about and its categories; of one that rests on a sample, that it does."""
    about, categories = item.about, [item.category]
    if sample:
        told = gettext("Real facts in our own words, which come with the program: not a document to cite.")
        about = f"{about}\n{gettext('sample data')}: {told}"
        categories.append(gettext("sample data"))
        event.add("x-entraide-sample", "TRUE")
    event.add("description", about, parameters={"LANGUAGE": reader_language()})
    event.add("categories", categories)
