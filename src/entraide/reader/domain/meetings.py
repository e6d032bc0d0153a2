"""Meetings and references: which of the events took place here, and which are only spoken of."""

from dataclasses import dataclass, field, replace

from entraide.kernel.partial_dates import DateBasis
from entraide.reader.domain.events import Event, find_events
from entraide.reader.domain.frame_state import Facts, body_sentences
from entraide.reader.domain.locating import complete, locate
from entraide.reader.domain.mentions import enrich, fall_back, find_visits, refer

_MOST_EVENTS = 200


@dataclass(slots=True)
class Found:
    """Meetings and references so far."""

    meetings: list[Event] = field(default_factory=list)
    references: list[Event] = field(default_factory=list)


def find_meetings(facts: Facts) -> tuple[list[Event], list[Event]]:
    """Return the meetings that took place and the references to others."""
    found = Found()
    meetings, references = found.meetings, found.references
    for sentence in body_sentences(facts.document):
        if len(meetings) + len(references) > _MOST_EVENTS:
            break
        for event in find_events(facts, sentence):
            locate(facts, event)
            _sort(facts, event, found)
        find_visits(facts, sentence, references)
    if not meetings:
        fall_back(facts, meetings)
    for index, meeting in enumerate(meetings):
        complete(facts, meeting, meetings[:index])
    return meetings, references


def _sort(facts: Facts, event: Event, found: Found) -> None:
    """Decide what the event is: a meeting, more about one, or a reference; the first rule that applies decides."""
    if any(rule(facts, event, found) for rule in _RULES):
        return
    if not found.meetings or _is_new(facts, event, found.meetings):
        found.meetings += _split(facts, event)
    else:
        enrich(found.meetings[-1], event)


def _as_results(facts: Facts, event: Event, found: Found) -> bool:
    """`les résultats de la 6e conférence`: an earlier one."""
    known = any(m.ordinal == event.ordinal for m in found.meetings)
    if event.ordinal and not known and _tells_of_results(facts, event):
        refer(event, "earlier", found.references)
        return True
    return False


def _as_before(_facts: Facts, event: Event, found: Found) -> bool:
    """`La Ve réunion avait eu lieu en 2013`, `les experts s'étaient retrouvés du 19 au 21`: an earlier one."""
    if event.time == "before" and (event.ordinal or event.date):
        refer(event, "earlier", found.references)
    return event.time == "before"


def _as_future(facts: Facts, event: Event, found: Found) -> bool:
    """What is still to come is a later reference when anything is known of it."""
    if event.time == "future" and (event.ordinal or event.date or _is_next(facts, event)):
        refer(event, "later", found.references)
    return event.time == "future"


def _as_more(_facts: Facts, event: Event, found: Found) -> bool:
    """The same ordinal again, or `Cette rencontre s'inscrit dans le cadre de la 8e session`: one meeting."""
    same = next((m for m in found.meetings if event.ordinal and m.ordinal == event.ordinal), None)
    last = found.meetings[-1] if found.meetings else None
    if same is None and event.ordinal and last and last.sentence is event.sentence and last.definite:
        same = last
    if same:
        enrich(same, event)
    return same is not None


def _as_joined(facts: Facts, event: Event, found: Found) -> bool:
    """Two numbered meetings before one verb."""
    numbered = [m for m in found.meetings if m.ordinal]
    joined = bool(event.ordinal and numbered and event.time == "past" and _joined_to(facts, numbered[-1], event))
    if joined:
        found.meetings.append(event)
    return joined


def _as_other_number(_facts: Facts, event: Event, found: Found) -> bool:
    """Another number of the series than the one that is told of, or a number without a verb."""
    numbered = [m.ordinal for m in found.meetings if m.ordinal]
    if event.ordinal is None or not (numbered or event.time == ""):
        return False
    refer(event, "later" if numbered and event.ordinal > (numbered[0] or 0) else "earlier", found.references)
    return True


def _as_other_time(_facts: Facts, event: Event, found: Found) -> bool:
    """Only mentioned, or of another year than the meeting that is told of."""
    if event.time and not _is_other_time(event, found.meetings):
        return False
    if event.time and event.date:
        refer(event, "earlier", found.references)
    return True


def _as_number(_facts: Facts, event: Event, found: Found) -> bool:
    """The number of the meeting that is told of, named later."""
    fits = bool(found.meetings and event.ordinal and _may_be_one(found.meetings[-1], event))
    if fits:
        enrich(found.meetings[-1], event)
    return fits


def _as_previous(facts: Facts, event: Event, found: Found) -> bool:
    """`La précédente réunion s'était tenue en 2019`, `the last meeting`: an earlier one, when a meeting is told of."""
    document = facts.document
    before = document.folded[max(event.sentence.start, event.start - 24) : event.start].split()
    after = document.folded[event.end : event.series_end] if document.vocabulary.language == "vi" else ""
    previous = not event.verb and (any(word in _PREVIOUS for word in before[-2:]) or "lần trước" in after)
    if previous and found.meetings and event.ordinal is None and event.date and event.time != "future":
        refer(event, "earlier", found.references)
        return True
    return False


_PREVIOUS = frozenset({"derniere", "dernier", "precedente", "precedent", "previous", "last"})
_RULES = (
    _as_before,
    _as_previous,
    _as_results,
    _as_future,
    _as_more,
    _as_joined,
    _as_other_number,
    _as_other_time,
    _as_number,
)


def _is_next(facts: Facts, event: Event) -> bool:
    window = facts.document.folded[max(event.sentence.start, event.start - 20) : event.series_end + 25]
    return any(word in window for word in ("prochain", "next", "tới", "tiếp theo"))


def _tells_of_results(facts: Facts, event: Event) -> bool:
    window = facts.document.folded[max(event.sentence.start, event.start - 70) : event.start]
    return any(word in window for word in ("resultat", "result", "kết quả", "conclusion", "signe"))


def _is_other_time(event: Event, meetings: list[Event]) -> bool:
    """A date of another year than the meeting that is told of."""
    if event.date is None or event.date.year is None:
        return False
    years = [m.date.year for m in meetings if m.date and m.date.year]
    return bool(years) and event.date.year != years[0]


def _is_new(facts: Facts, event: Event, meetings: list[Event]) -> bool:
    """Another meeting: other people met by a verb, or an indefinite noun with people or a date of its own."""
    known = {name for meeting in meetings for name in meeting.people}
    fresh = [name for name in event.people if name not in known]
    if event.verb:
        return any(name in fresh for name in _actors(facts, event)) or _is_several(facts, event)
    if event.definite or event.ordinal is None:
        dated = (
            event.date is not None
            and all(m.date != event.date for m in meetings)
            and event.date.basis is DateBasis.STATED
        )
        coordinated = meetings[-1].sentence is event.sentence and _coordinated(facts, meetings[-1], event)
        return coordinated or (not event.definite and dated and bool(fresh))
    return True


def _split(facts: Facts, event: Event) -> list[Event]:
    """`a été reçu par A et par B` tells of two meetings."""
    document = facts.document
    rest = document.folded[event.end : event.sentence.end]
    people = facts.people_in(event.end, event.sentence.end)
    if (event.verb and rest.lstrip().startswith(("par ", "by "))) or " par le " in rest[:60]:
        again = max(rest.find(" et par "), rest.find(" and by "), rest.find(" puis par "))
        if again >= 0 and len(people) > 1 and "recu" in document.folded[event.start : event.end]:
            guest = [person.name for person in facts.people_in(event.sentence.start, event.start)[-1:]]
            hosts = facts.people_in(event.end + again, event.sentence.end)[:1] or people[1:2]
            event.people = [*guest, people[0].name]
            return [event, replace(event, marks=dict(event.marks), people=[*guest, hosts[0].name])]
    return [event]


def _may_be_one(meeting: Event, event: Event) -> bool:
    """Whether a numbered mention can be the meeting that is told of: no date or place speaks against it."""
    if meeting.place and event.place and meeting.place != event.place:
        return False
    if meeting.date is None or event.date is None:
        return True
    return event.date.start <= meeting.date.start <= event.date.end or meeting.date == event.date


def _actors(facts: Facts, event: Event) -> list[str]:
    """Who meets: the person before the verb and those after it."""
    before = facts.people_in(event.sentence.start, event.start)[-1:]
    return [person.name for person in [*before, *facts.people_in(event.end, event.sentence.end)]]


def _is_several(facts: Facts, event: Event) -> bool:
    """`a eu des rencontres bilatérales avec les chefs de délégation`: meetings of their own, with nobody named."""
    text = facts.document.folded[event.end : event.end + 60]
    named = facts.people_in(event.end, event.sentence.end)
    subject = facts.people_in(event.sentence.start, event.start)
    return bool(event.type.endswith("s") and subject and not named and (" avec " in text or " with " in text))


def _joined_to(facts: Facts, first: Event, second: Event) -> bool:
    """`la 1re session de A et la 2e réunion de B se sont tenues`: two numbered meetings in one sentence."""
    if first.sentence is not second.sentence or second.start < first.end:
        return False
    between = facts.document.folded[first.end : second.start]
    linked = any(word in between for word in (" et ", " and ", " và "))
    return linked and not facts.dates_in(first.end, second.start) and not _tells_of_results(facts, second)


def _coordinated(facts: Facts, first: Event, second: Event) -> bool:
    """`Les commissions mixtes et le groupe de travail siègent`: two nouns before one verb."""
    between = facts.document.folded[first.end : second.start]
    return (
        first.end < second.start
        and len(between) < 90
        and between.rstrip().endswith((" et le", " et la", " et les", " et l'", " and the"))
        and not facts.document.within("held_past", first.end, second.start)
    )
