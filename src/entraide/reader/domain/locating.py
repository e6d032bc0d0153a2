"""Date and place of an event: from its own sentence, else the lead, the meeting before, the caption or the header."""

from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.dates import DateMention
from entraide.reader.domain.document import Sentence
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.levels import level_of
from entraide.reader.domain.places import Place

_VISIT_GAP = 70
_YEAR_ALONE = 3
_PAIR = 2
_SHORT = 4
_LAST = frozenset({"derniere", "dernier", "precedente", "precedent", "previous", "last"})


def locate(facts: Facts, event: Event) -> None:
    """Date, place and people of the event's own sentence."""
    sentence = event.sentence
    # `a été reçu par A et a rendu visite à B`: each verb has its own people.
    after = facts.document.within("met", event.end, sentence.end) if event.verb else ()
    event.people = [p.name for p in facts.people_in(sentence.start, after[0].start if after else sentence.end)]
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
        if (visits and visits[-1].start > event.start) or _of_an_instrument(facts, mention, sentence):
            continue
        if _proposed_before(facts, event, mention.start):
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
        if visits and mention.last_day is not None and event.start > mention.end:
            # `En visite du 13 au 15 février, X a été reçu lundi`: a day said beside the verb counts first.
            rank = _YEAR_ALONE
        if (
            rank == _YEAR_ALONE
            and mention.month is None
            and event.time != "future"
            and not _is_year_of(facts, mention, event)
        ):
            continue
        distance = abs(mention.start - event.end) if mention.start > event.end else abs(event.start - mention.end) + 20
        if best is None or (rank, distance) < best[:2]:
            best = (rank, distance, mention)
    return best[2] if best else None


def _proposed_before(facts: Facts, event: Event, position: int) -> bool:
    """`met X and conveyed a proposal for a meeting at Kazan on October 22`: place and day of what is proposed."""
    found = facts.document.within("cue", event.end, position)
    return event.verb and event.time == "past" and any(cue.value == "proposed" for cue in found)


def _is_year_of(facts: Facts, mention: DateMention, event: Event) -> bool:
    """`The 5th meeting was held in 2018`: a year alone counts for a numbered meeting, not when an instrument has it."""
    instruments = facts.document.within("instrument", max(event.sentence.start, mention.start - 60), mention.start)
    before = facts.document.folded[max(event.sentence.start, event.start - 14) : event.start].split()
    numbered = event.ordinal is not None or bool(before and before[-1] in _LAST)
    return numbered and not instruments and mention.start > event.end


def _of_an_instrument(facts: Facts, mention: DateMention, sentence: Sentence) -> bool:
    """`accord signé le 5 mai 2019`, `convention du 7 juillet 1997`: the date belongs to the instrument before it."""
    document = facts.document
    for hit in document.within("instrument", max(sentence.start, mention.start - 110), mention.start):
        if document.within("meetings", hit.end, mention.start) or document.within("met", hit.end, mention.start):
            continue
        between = document.folded[hit.end : mention.start]
        if between.strip() in {"du", "of", "dated", "en date du", "ngày"}:
            return True
        signed = document.within("signed", hit.end, mention.start)
        if (
            signed
            and document.folded.startswith(("sign", "con", "ký"), signed[0].start)
            and mention.start - signed[0].end < 40
        ):
            return True
    return False


def _nearest_place(facts: Facts, event: Event) -> Place | None:
    found = facts.places_in(event.sentence.start, event.sentence.end)
    places = [
        place for place in found if not facts.in_a_post(place.start) and not _proposed_before(facts, event, place.start)
    ]
    if not places:
        return None
    return min(places, key=lambda p: (p.is_state, abs(p.start - event.end) + (30 if p.start < event.start else 0)))


def complete(facts: Facts, meeting: Event, earlier: list[Event]) -> None:
    """Fill date and place from the lead, the meeting before, the caption or the header's month."""
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
    elif meeting.place is None and _in_the_margin(facts, meeting) and "place" in earlier[-1].marks:
        meeting.place = earlier[-1].place
        meeting.marks["place"] = earlier[-1].marks["place"]._replace(reason="in the margin of it", basis="inferred")
    _town_of_signing(facts, meeting)
    _place_of_dateline(facts, meeting, earlier)
    if meeting.date is None:
        _day_of_dateline(facts, meeting)
    if meeting.date is None and not earlier:
        _days_of_visit(facts, meeting)
    if meeting.date is None and facts.context.month_only:
        meeting.date = facts.context.month_only
        meeting.marks["date"] = Mark(
            meeting.start, meeting.end, "no date in the text; the month of the header", "header"
        )
    meeting.marks.setdefault("series", Mark(meeting.start, max(meeting.series_end, meeting.end), "the noun's phrase"))
    meeting.level = level_of(facts, meeting)


def _in_the_margin(facts: Facts, meeting: Event) -> bool:
    said = facts.document.folded[meeting.sentence.start : meeting.sentence.end]
    return any(words in said for words in ("en marge", "sideline", "margins", "bên lề"))


def _days_of_visit(facts: Facts, meeting: Event) -> None:
    """`a effectué une visite à Rabat les 5 et 6 février 2018. Il y a rencontré`: no other day is known."""
    document = facts.document
    for sentence in document.sentences[max(meeting.sentence.number - 1, 0) : meeting.sentence.number + 1]:
        for visit in document.within("visits", sentence.start, sentence.end):
            mention = next((m for m in facts.dates_in(visit.end, sentence.end) if m.last_day is not None), None)
            if sentence.kind == "body" and mention is not None:
                meeting.date = resolve(mention, facts.context)
                meeting.marks["date"] = Mark(mention.start, mention.end, "the days of the visit", "inferred")
                return


def _town_of_signing(facts: Facts, meeting: Event) -> None:
    """`arrived in Cuba ... A programme was signed in Havana following the talks`: the town within the state."""
    document = facts.document
    mark = meeting.marks.get("place")
    state = next(iter(document.within("state", mark.start, mark.start + 1)), None) if mark and meeting.place else None
    if state is None:
        return
    following = [s for s in document.sentences if 0 < s.number - meeting.sentence.number <= _SHORT and s.kind == "body"]
    for sentence in following:
        if not document.within("signed", sentence.start, sentence.end):
            continue
        for place in facts.places_in(sentence.start, sentence.end):
            town = next(iter(document.within("town", place.start, place.start + 1)), None)
            if town is not None and town.value == state.value:
                meeting.place = place.text
                meeting.marks["place"] = Mark(place.start, place.end, "the town of the signing after it", "inferred")
                return


def _day_of_dateline(facts: Facts, meeting: Event) -> None:
    """`BAMAKO, 9 nov (AMAP) - ... se sont ouverts mardi`: a weekday or `today`, and the dateline has the day."""
    block = next((b for b in facts.document.blocks if b.body_start > b.start), None)
    spoken = any(
        m.weekday is not None or m.relative == 0 for m in facts.dates_in(meeting.sentence.start, meeting.sentence.end)
    )
    mention = next((m for m in facts.dates_in(block.start, block.body_start) if m.exact), None) if block else None
    if mention and spoken:
        meeting.date = resolve(mention, facts.context)
        meeting.marks["date"] = Mark(
            mention.start, mention.end, "the day of the dateline; a weekday is named", "inferred"
        )


def _place_of_dateline(facts: Facts, meeting: Event, earlier: list[Event]) -> None:
    """`was held here`, `dans la capitale mauritanienne`, or only the state is named: the town of the dateline.

    Else the dateline is where the report was written, and counts only when one of the parties is at home there.
    """
    document = facts.document
    block = next((b for b in document.blocks if b.body_start > b.start), None)
    town = next(iter(document.within("town", block.start, block.body_start)), None) if block else None
    if block is None or town is None:
        return
    text = document.folded[meeting.sentence.start : meeting.sentence.end]
    here = any(word in text for word in (" here ", " here.", "capitale", "the capital", "this city", "thủ đô"))
    state = meeting.marks.get("place")
    found = document.within("state", state.start, state.start + 1) if state else ()
    in_state = bool(found) and found[0].value == town.value
    # A second meeting is not where the report was issued when the first was elsewhere.
    first = earlier[0].place if earlier else None
    alone = first is None or facts.document.vocabulary.fold(first) in document.folded[block.start : block.body_start]
    at_home = alone and meeting.place is None and any(person.state == town.value for person in facts.people)
    if (here and meeting.place is None) or in_state or at_home:
        name = document.text[town.start : town.end]
        meeting.place = name.title() if name.isupper() else name
        meeting.marks["place"] = Mark(town.start, town.end, "the town where the report was issued", "inferred")


def _same_day(facts: Facts, meeting: Event) -> bool:
    return any(m.turn == "same" for m in facts.dates_in(meeting.sentence.start, meeting.sentence.end))


def _from_lead(facts: Facts, meeting: Event) -> None:
    """What the event's own sentence does not say, from the sentences before it, the caption or the title."""
    document = facts.document
    lead = [s for s in document.sentences if s.kind == "body" and s.number <= meeting.sentence.number + 1][:3]
    others = [s for s in document.sentences if s.kind in {"caption", "title"}]
    for sentence in [*lead, *others]:
        if meeting.date is None or "X" in meeting.date.value:
            _date_from(facts, meeting, sentence)
        if meeting.place is None and (sentence.kind != "body" or sentence.number <= meeting.sentence.number):
            _place_from(facts, meeting, sentence)


def _date_from(facts: Facts, meeting: Event, sentence: Sentence) -> None:
    for mention in facts.dates_in(sentence.start, sentence.end):
        visits = facts.document.within("visits", max(sentence.start, mention.start - _VISIT_GAP), mention.start)
        usable = mention.exact or (mention.relative is not None and sentence.kind == "body")
        if not usable or visits or _of_an_instrument(facts, mention, sentence):
            continue
        date = resolve(mention, facts.context)
        if date and (meeting.date is None or "X" not in date.value):
            basis = "inferred" if sentence.kind == "body" else date.basis.value
            meeting.date = date
            meeting.marks["date"] = Mark(mention.start, mention.end, "the date of the lead or the caption", basis)
            return


def _place_from(facts: Facts, meeting: Event, sentence: Sentence) -> None:
    for place in facts.places_in(sentence.start, sentence.end):
        if not place.is_state and not facts.in_a_post(place.start):
            meeting.place = place.text
            meeting.marks["place"] = Mark(
                place.start, place.end, "the place named in the lead or the caption", "inferred"
            )
            return
