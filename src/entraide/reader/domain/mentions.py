"""Mentions of a meeting gathered into one, visits of state as references, and what is left where no event is told."""

from entraide.kernel.partial_dates import DateBasis
from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.cues import is_participle
from entraide.reader.domain.document import Sentence
from entraide.reader.domain.events import Event, find_events
from entraide.reader.domain.frame_state import Facts, Mark, body_sentences
from entraide.reader.domain.locating import locate


def refer(event: Event, when: str, references: list[Event]) -> None:
    """Keep the event as a reference, joined with one of the same number or day."""
    event.when = when
    for other in references:
        same_day = bool(other.date and other.date == event.date)
        # `le comité mixte, dont la 3e session aura lieu`: one coming meeting, named twice in a sentence.
        once = same_day and other.sentence is event.sentence and not (other.ordinal and event.ordinal)
        if (
            (other.ordinal and other.ordinal == event.ordinal)
            or (same_day and not other.ordinal and not event.ordinal)
            or once
        ):
            enrich(other, event)
            return
    references.append(event)


def enrich(meeting: Event, event: Event) -> None:
    """Take over what the meeting does not have yet; the days that are stated say more than a day of the week."""
    known, said = meeting.date, event.date
    if known and said and "/" in said.value and known.basis is DateBasis.WEEKDAY and "date" in event.marks:
        within = said.start <= known.value <= said.end
        meeting.date, meeting.marks["date"] = (said, event.marks["date"]) if within else (known, meeting.marks["date"])
    for name in ("ordinal", "date", "place"):
        if getattr(meeting, name) is None and getattr(event, name) is not None:
            setattr(meeting, name, getattr(event, name))
            meeting.marks[name] = event.marks[name]
    if not meeting.series and event.series:
        meeting.series = event.series
    meeting.people += [name for name in event.people if name not in meeting.people]


def find_visits(facts: Facts, sentence: Sentence, references: list[Event]) -> None:
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
            refer(event, "earlier", references)


def fall_back(facts: Facts, meetings: list[Event]) -> None:
    """Without an event in the report: a dated or placed signing, else the title's event."""
    document = facts.document
    for sentence in body_sentences(document):
        for hit in document.within("signed", sentence.start, sentence.end):
            told = document.within("instrument", sentence.start, sentence.end)
            if not told or document.within("to_sign", sentence.start, sentence.end) or is_participle(document, hit):
                continue
            event = Event(hit.start, hit.end, sentence, "signature", verb=True, time="past", definite=False)
            event.marks["type"] = Mark(hit.start, hit.end, "a signing with its date or place")
            locate(facts, event)
            if event.date or event.place:
                meetings.append(event)
                return
    for sentence in document.sentences:
        if sentence.kind == "title":
            for event in find_events(facts, sentence):
                if event.time != "future":
                    locate(facts, event)
                    meetings.append(event)
                    return
