"""References: the meetings and instruments of other days that a report speaks of, each with its number, day and side.

Two ways lead to one: a mention that the scorer takes for an earlier or a coming meeting, and a day that is not the
reported meeting's, whatever word stands beside it.
"""

from dataclasses import replace

from entraide.reader.domain.deeds import Deed
from entraide.reader.domain.document import Sentence
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.meetings import EARLIER, LATER, Role, event_of
from entraide.reader.domain.ordinals import ordinals_within
from entraide.reader.domain.other_days import OtherDay, find_other_days

_NAMES = ("meetings", "instrument", "visits")
_LONGEST = 120
_NEAR = 2


def find_references(facts: Facts, syntax: Syntax, roles: list[Role], meetings: list[Event]) -> list[Event]:
    """Return the earlier and coming events of which a number or a day is said, and coming ones; each once."""
    known = [meeting.date for meeting in meetings if meeting.date is not None]
    days = find_other_days(facts, syntax, [role.mention for role in roles], known)
    numbers = [meeting.ordinal for meeting in meetings if meeting.ordinal]
    found: list[Event] = []
    for role in roles:
        if role.role in {EARLIER, LATER}:
            event, day = _of_role(facts, role, days)
            if (event.ordinal or day or role.role == LATER) and not _is_known(event, [*found, *meetings]):
                found.append(event)
                days = [other for other in days if other is not day]
    for day in days:
        event = _of_day(facts, day, numbers)
        if not _is_known(event, found):
            found.append(event)
    return found


def named_by_instruments(references: list[Event], deeds: list[Deed]) -> list[Event]:
    """Return the references, those on the day of an instrument with its title."""
    titles = {deed.date: deed.title for deed in deeds if deed.date is not None and deed.dated and deed.title}
    return [
        replace(event, series=titles[event.date]) if not event.series and event.date in titles else event
        for event in references
    ]


def _of_role(facts: Facts, role: Role, days: list[OtherDay]) -> tuple[Event, OtherDay | None]:
    """The event of a mention, with the day that stands beside it or, of a numbered one, in its sentence."""
    mention = role.mention
    event = event_of(role, "future" if role.role == LATER else "before")
    event.when = role.role
    day = next((day for day in days if day.mention is mention.dated), None)
    if day is None and mention.ordinal is not None:
        sentence = mention.sentence
        day = next((day for day in days if sentence.start <= day.mention.start < sentence.end), None)
    if day is not None:
        _take_day(event, day)
    _take_place(facts, event, event.end, mention.sentence)
    return event, day


def _of_day(facts: Facts, day: OtherDay, numbers: list[int]) -> Event:
    """The event of a day alone, named by the nearest noun of its sentence before it, else by the clause around it."""
    document = facts.document
    sentence = document.sentence_at(day.mention.start)
    hits = [hit for kind in _NAMES for hit in document.within(kind, sentence.start, day.mention.start)]
    start = max((hit.start for hit in hits), default=max(sentence.start, day.mention.start - _LONGEST))
    end = day.mention.end
    event = Event(start, end, sentence, document.text[start:end], verb=False, time="before", definite=True)
    event.when, event.confidence = day.when, day.confidence
    _take_day(event, day)
    _take_place(facts, event, day.mention.end, sentence)
    _take_number(facts, event, numbers)
    return event


def _take_number(facts: Facts, event: Event, numbers: list[int]) -> None:
    """`the 47th, held in Delhi last year`: a number near that of the reported meeting, without its noun."""
    near = ordinals_within(facts.document, event.sentence.start, event.sentence.end) if numbers else frozenset()
    found = [number for number in near if any(0 < abs(number - own) <= _NEAR for own in numbers)]
    if len(found) == 1:
        event.ordinal = found[0]
        event.marks["ordinal"] = Mark(event.sentence.start, event.sentence.end, "a number of the same series")


def _take_day(event: Event, day: OtherDay) -> None:
    event.date = day.date
    event.marks["date"] = Mark(
        day.mention.start, day.mention.end, day.reason, day.date.basis.value, confidence=day.confidence
    )


def _take_place(facts: Facts, event: Event, start: int, sentence: Sentence) -> None:
    places = facts.places_in(sentence.start, sentence.end)
    place = next((place for place in places if place.start >= start), None)
    if place is not None:
        event.place = place.text
        event.marks["place"] = Mark(place.start, place.end, "the place beside it")


def _is_known(event: Event, others: list[Event]) -> bool:
    return any(
        (event.ordinal is not None and event.ordinal == other.ordinal and event.when in {other.when, ""})
        or (event.date is not None and event.date == other.date)
        or (event.ordinal is None and event.date is None and other.when == event.when)
        for other in others
    )
