"""Meetings and references: which of the events took place here, and which are only spoken of."""

from dataclasses import replace

from entraide.communiques.domain.reader.calendar import resolve
from entraide.communiques.domain.reader.dates import DateMention
from entraide.communiques.domain.reader.document import Sentence
from entraide.communiques.domain.reader.events import Event, find_events
from entraide.communiques.domain.reader.facts import Facts, Mark, body_sentences
from entraide.communiques.domain.reader.places import Place, find_places
from entraide.kernel.partial_dates import DateBasis

_VISIT_GAP = 70
_MOST_EVENTS = 200


def find_meetings(facts: Facts) -> tuple[list[Event], list[Event]]:
    """Return the meetings that took place and the references to others."""
    meetings: list[Event] = []
    references: list[Event] = []
    for sentence in body_sentences(facts.document):
        if len(meetings) + len(references) > _MOST_EVENTS:
            break
        for event in find_events(facts, sentence):
            _locate(facts, event)
            _sort(facts, event, meetings, references)
        _find_visits(facts, sentence, references)
    if not meetings:
        _fall_back(facts, meetings)
    for index, meeting in enumerate(meetings):
        _complete(facts, meeting, meetings[:index])
    return meetings, references


def _locate(facts: Facts, event: Event) -> None:
    """Date, place and people of the event's own sentence."""
    sentence = event.sentence
    event.people = [person.name for person in facts.people_in(sentence.start, sentence.end)]
    mention = _nearest_date(facts, event)
    if mention is not None:
        event.date = resolve(mention, facts.context, future=event.time == "future")
        if event.date:
            event.marks["date"] = Mark(
                mention.start, mention.end, "the date in the sentence of the event", event.date.basis.value
            )
    place = _nearest_place(facts, event)
    if place is not None:
        event.place = place.text
        event.marks["place"] = Mark(place.start, place.end, "the place in the sentence of the event")


def _nearest_date(facts: Facts, event: Event) -> DateMention | None:
    document, sentence = facts.document, event.sentence
    best: tuple[int, int, DateMention] | None = None
    for mention in facts.dates_in(sentence.start, sentence.end):
        visits = document.within("visits", max(sentence.start, mention.start - _VISIT_GAP), mention.start)
        if (visits and visits[-1].start > event.start) or _of_an_instrument(facts, mention, event):
            continue
        rank = (
            0
            if mention.exact
            else 1
            if mention.month
            else 2
            if mention.weekday is not None or mention.relative is not None
            else 3
        )
        if rank == 3 and event.time != "future":
            continue
        distance = abs(mention.start - event.end) if mention.start > event.end else abs(event.start - mention.end) + 20
        if best is None or (rank, distance) < best[:2]:
            best = (rank, distance, mention)
    return best[2] if best else None


def _of_an_instrument(facts: Facts, mention: DateMention, event: Event) -> bool:
    """`accord signé le 5 mai 2019`, `plan 2024`: the date belongs to the instrument before it."""
    document = facts.document
    for hit in document.within("instrument", max(event.sentence.start, mention.start - 60), mention.start):
        between = document.within("signed", hit.end, mention.start)
        if (
            between
            and not document.within("meetings", hit.end, mention.start)
            and not document.within("met", hit.end, mention.start)
            and document.text[between[0].start : between[0].end].lower().startswith(("sign", "con", "ký"))
        ):
            return True
    return False


def _nearest_place(facts: Facts, event: Event) -> Place | None:
    found = find_places(facts.document, event.sentence.start, event.sentence.end)
    places = [place for place in found if not facts.in_a_post(place.start)]
    if not places:
        return None
    return min(places, key=lambda p: (p.is_state, abs(p.start - event.end) + (30 if p.start < event.start else 0)))


def _sort(facts: Facts, event: Event, meetings: list[Event], references: list[Event]) -> None:
    """Decide what the event is: a meeting, more about one, or a reference."""
    if event.ordinal and _tells_of_results(facts, event) and not any(m.ordinal == event.ordinal for m in meetings):
        _refer(event, "earlier", references)
        return
    if event.time == "future":
        if event.ordinal or event.date or _is_next(facts, event):
            _refer(event, "later", references)
        return
    same = next((m for m in meetings if event.ordinal and m.ordinal == event.ordinal), None)
    if same:
        _enrich(same, event)
        return
    if event.ordinal and meetings and meetings[-1].sentence is event.sentence and meetings[-1].definite:
        # `Cette rencontre s'inscrit dans le cadre de la 8e session`: one meeting, and here is its number.
        _enrich(meetings[-1], event)
        return
    numbered = [m for m in meetings if m.ordinal]
    if event.ordinal and numbered and event.time == "past" and _joined_to(facts, numbered[-1], event):
        meetings.append(event)
        return
    if event.ordinal and (
        numbered or event.time == "" or (meetings and not event.verb and _tells_of_results(facts, event))
    ):
        known = numbered[0].ordinal if numbered else None
        _refer(event, "later" if known and event.ordinal > known else "earlier", references)
        return
    if event.time == "" or _is_other_time(event, meetings):
        if event.time and event.date:
            _refer(event, "earlier", references)
        return
    if not meetings or _is_new(facts, event, meetings):
        meetings += _split(facts, event)
    else:
        _enrich(meetings[-1], event)


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
            return [event, replace(event, marks=dict(event.marks), people=list(event.people))]
    return [event]


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


def _refer(event: Event, when: str, references: list[Event]) -> None:
    event.when = when
    for other in references:
        if (other.ordinal and other.ordinal == event.ordinal) or (
            not other.ordinal and not event.ordinal and other.date and other.date == event.date
        ):
            _enrich(other, event)
            return
    references.append(event)


def _enrich(meeting: Event, event: Event) -> None:
    """Take over what the meeting does not have yet."""
    for name in ("ordinal", "date", "place"):
        if getattr(meeting, name) is None and getattr(event, name) is not None:
            setattr(meeting, name, getattr(event, name))
            meeting.marks[name] = event.marks[name]
    if not meeting.series and event.series:
        meeting.series = event.series
    meeting.people += [name for name in event.people if name not in meeting.people]


def _find_visits(facts: Facts, sentence: Sentence, references: list[Event]) -> None:
    """A dated state visit frames the meeting: an earlier reference."""
    document = facts.document
    for visit in document.within("visits", sentence.start, sentence.end):
        folded = document.folded[visit.start : visit.end]
        dates = [m for m in facts.dates_in(visit.end, min(sentence.end, visit.end + 110)) if m.month]
        if dates and any(word in folded for word in ("etat", "state", "nhà nước")):
            event = Event(
                visit.start,
                visit.end,
                sentence,
                document.text[visit.start : visit.end],
                verb=False,
                time="past",
                definite=True,
            )
            event.series = event.type
            event.marks["visit"] = Mark(visit.start, visit.end, "a visit of state")
            event.date = resolve(dates[0], facts.context)
            event.marks["date"] = Mark(
                dates[0].start,
                dates[0].end,
                "the dates of the visit",
                event.date.basis.value if event.date else "stated",
            )
            _refer(event, "earlier", references)


def _fall_back(facts: Facts, meetings: list[Event]) -> None:
    """Without an event in the report: a dated or placed signing, else the title's event."""
    document = facts.document
    for sentence in body_sentences(document):
        for hit in document.within("signed", sentence.start, sentence.end):
            if document.within("to_sign", sentence.start, sentence.end) or not document.within(
                "instrument", sentence.start, sentence.end
            ):
                continue
            event = Event(hit.start, hit.end, sentence, "signature", verb=True, time="past", definite=False)
            event.marks["type"] = Mark(hit.start, hit.end, "a signing with its date or place")
            _locate(facts, event)
            if event.date or event.place:
                meetings.append(event)
                return
    for sentence in document.sentences:
        if sentence.kind == "title":
            for event in find_events(facts, sentence):
                if event.time != "future":
                    _locate(facts, event)
                    meetings.append(event)
                    return


def _complete(facts: Facts, meeting: Event, earlier: list[Event]) -> None:
    """Fill date and place from the lead, the meeting before, the caption or the header's month."""
    document = facts.document
    if meeting.date is None and earlier and _same_day(facts, meeting):
        meeting.date, meeting.place = earlier[-1].date, meeting.place or earlier[-1].place
        for name in ("date", "place"):
            if name in earlier[-1].marks and getattr(meeting, name):
                meeting.marks.setdefault(
                    name,
                    earlier[-1].marks[name]._replace(reason="the same day as the meeting before", basis="inferred"),
                )
    if not earlier:
        _from_lead(facts, meeting)
    if meeting.date is None and facts.context.month_only:
        meeting.date = facts.context.month_only
        meeting.marks["date"] = Mark(
            meeting.start, meeting.end, "no date in the text; the month of the header", "header"
        )
    meeting.marks.setdefault("series", Mark(meeting.start, max(meeting.series_end, meeting.end), "the noun's phrase"))
    meeting.level = _level(facts, meeting, document.folded)


def _same_day(facts: Facts, meeting: Event) -> bool:
    return any(m.turn == "same" for m in facts.dates_in(meeting.sentence.start, meeting.sentence.end))


def _from_lead(facts: Facts, meeting: Event) -> None:
    document = facts.document
    lead = [s for s in document.sentences if s.kind == "body" and s.index <= meeting.sentence.index + 1][:3]
    others = [s for s in document.sentences if s.kind in {"caption", "title"}]
    for sentence in [*lead, *others]:
        if meeting.date is None or "X" in meeting.date.value:
            for mention in facts.dates_in(sentence.start, sentence.end):
                visits = document.within("visits", max(sentence.start, mention.start - _VISIT_GAP), mention.start)
                if (
                    mention.exact
                    and not visits
                    and not document.within("instrument", max(sentence.start, mention.start - 50), mention.start)
                ):
                    date = resolve(mention, facts.context)
                    if date and (meeting.date is None or "X" not in date.value):
                        meeting.date = date
                        meeting.marks["date"] = Mark(
                            mention.start,
                            mention.end,
                            "the date of the lead or the caption",
                            "inferred" if sentence.kind == "body" else date.basis.value,
                        )
                    break
        if meeting.place is None and (sentence.kind != "body" or sentence.index <= meeting.sentence.index):
            places = [
                place
                for place in find_places(document, sentence.start, sentence.end)
                if not place.is_state and not facts.in_a_post(place.start)
            ]
            if places:
                meeting.place = places[0].text
                meeting.marks["place"] = Mark(
                    places[0].start, places[0].end, "the place named in the lead or the caption", "inferred"
                )


def _level(facts: Facts, meeting: Event, folded: str) -> str:
    text = folded[meeting.start : max(meeting.series_end, meeting.end)]
    found = [hit.value for hit in facts.document.within("level", meeting.start, max(meeting.series_end, meeting.end))]
    if found:
        return found[0]
    heads = " ".join(
        post.head + " " + facts.document.vocabulary.fold(post.text)
        for person in facts.people
        if person.name in meeting.people
        for post in person.posts
    )
    for level in ("province", "vice-minister", "minister", "state"):
        where = text if level == "province" else heads
        if any(term in where for term in facts.document.vocabulary.lists[f"level.{level}"]):
            return level
    return "unit" if meeting.series else ""
