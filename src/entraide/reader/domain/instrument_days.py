"""The day of an instrument: every date of the report and every meeting's day is a candidate, the scorer takes one.

A day that stands in another instrument's phrase, or the report's own day, is told apart by where it stands; the day of
the meeting is inherited only as far as the scorer finds that the instrument is signed there.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import NamedTuple

import regex

from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.dates import DateMention, date_form
from entraide.reader.domain.deeds import Deed
from entraide.reader.domain.document import Sentence
from entraide.reader.domain.events import Event
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.reasons import in_words
from entraide.reader.domain.scoring import load_scorer

DECISION = "instrument_day"
NONE, CHOSEN = "none", "chosen"
ENOUGH = 0.5
_MOST = 60
_MOST_MEETINGS = 4
_FAR = 3
_NEAR, _LONG = 10, 60
_OWNED = 160
_STEPS = ((-_LONG, "long_before"), (-_NEAR - 1, "before"), (-1, "near"), (0, "same"), (_NEAR, "soon"), (10**9, "after"))
"""The most days after the meeting that each name says."""
_MOST_NAMINGS = 8
_LONGEST_DATE = 48
_YEAR = regex.compile(r"(?<![\w/–-])(?:19|20)[0-9][0-9](?!\s?[-–/]\s?[0-9]|\w)")
_DIRECTLY = frozenset(
    {"du", "de", "of", "dated", "en date du", "ngày", "năm", "from", "datant de", "of the", "en", "in"}
)
_SIGNING = frozenset({"sign", "conclude", "adopt"})
_THAT_YEAR = (
    "of that year", "of the same year", "that year", "the same year", "de cette année-là", "de la même année",
    "cùng năm", "năm đó",
)  # fmt: skip
_AT_THE_END = (
    "a la fin d", "a l'issue d", "au terme d", "en cloture", "a la cloture", "at the end of", "at the conclusion of",
    "at the close of", "kết thúc", "dernier jour", "last day", "closing day",
)  # fmt: skip


class Day(NamedTuple):
    """A candidate: the day, where it is written, whether it is the instrument's own, and what the scorer is told."""

    date: PartialDate
    mark: Mark
    own: bool
    features: tuple[str, ...]


def find_day(
    facts: Facts, syntax: Syntax, deed: Deed, deeds: list[Deed], meetings: list[Event], references: list[Event]
) -> tuple[PartialDate, bool, Mark] | None:
    """Return the day of `deed`, whether the text says it of the instrument itself, and its passage; or None."""
    scorer = load_scorer(DECISION)
    best: tuple[float, Day] | None = None
    for day in day_candidates(facts, syntax, deed, deeds, meetings, references):
        probability = scorer.probabilities(day.features)[CHOSEN]
        if best is None or probability > best[0]:
            best = (probability, day)
    if best is None or best[0] < ENOUGH:
        return None
    day = best[1]
    reason = in_words(scorer.telling(day.features, CHOSEN), "the day of the instrument")
    return day.date, day.own, day.mark._replace(reason=reason)


def day_candidates(
    facts: Facts, syntax: Syntax, deed: Deed, deeds: list[Deed], meetings: list[Event], references: list[Event]
) -> list[Day]:
    """Return every date of the report, single years too, and the days of its meetings and of those to come."""
    found = _written_days(facts, syntax, deed, deeds, meetings)
    said = sum("where=clause" in day.features or "where=phrase" in day.features for day in found)
    coming = [reference for reference in references if reference.when == "later"]
    for kind, events in (("meeting", meetings[:_MOST_MEETINGS]), ("coming", coming[:_MOST_MEETINGS])):
        for number, event in enumerate(events):
            found += _days_of(facts, deed, event, f"{kind}{min(number, 1)}", said)
    return found


def _written_days(facts: Facts, syntax: Syntax, deed: Deed, deeds: list[Deed], meetings: list[Event]) -> list[Day]:
    """Every date of the report, and the years that stand alone in the sentences of the instrument."""
    namings = sorted((naming.head.start, n) for n, other in enumerate(deeds) for naming in other.namings)
    sentences = {naming.sentence for naming in deed.namings[:_MOST_NAMINGS]}
    years = [year for sentence in sorted(sentences) for year in _single_years(facts, sentence.start, sentence.end)]
    found: list[Day] = []
    for mention in [*facts.dates[:_MOST], *years]:
        day = None if _is_period(deed, mention) else resolve_day(facts, mention, future=deed.status == "planned")
        if day is not None:
            day = _completed(day, meetings)
            features = _features(facts, syntax, deed, mention, day, meetings, _owner(deeds, namings, deed, mention))
            mark = Mark(mention.start, mention.end, "", day.basis.value)
            found.append(Day(day, mark, "owner=own" in features, tuple(features)))
    return found


def _completed(day: PartialDate, meetings: list[Event]) -> PartialDate:
    """The day with the year of the meeting that was on this day, where it is written without one."""
    if not day.value.startswith("XXXX"):
        return day
    days = [meeting.date for meeting in meetings if meeting.date is not None]
    return next((known for known in days if known.value[4:] == day.value[4:]), day)


def resolve_day(facts: Facts, mention: DateMention, *, future: bool = False) -> PartialDate | None:
    """The day that a date means; `on October 6 of that year` has the year of the date before it."""
    if mention.year is None and mention.month is not None:
        rest = facts.document.text[mention.end : mention.end + 24].lower().lstrip(" ,")
        before = facts.dates_in(0, mention.start)[-1:] if rest.startswith(_THAT_YEAR) else ()
        if before and before[0].year is not None:
            mention = replace(mention, year=before[0].last_year or before[0].year)
    return resolve(mention, facts.context, future=future)


def dates_between(facts: Facts, start: int, end: int) -> list[DateMention]:
    """Return the dates that begin in the span, single years too, in order."""
    found = [*facts.dates_in(start, end), *_single_years(facts, start, end)]
    return sorted(found, key=lambda mention: mention.start)


def _single_years(facts: Facts, start: int, end: int) -> Iterator[DateMention]:
    """Years that stand in no other date: `un accord datant de 1943`."""
    for match in islice(_YEAR.finditer(facts.document.text, start, end), _MOST):
        before = facts.dates_in(max(match.start() - _LONGEST_DATE, 0), match.end())
        if not any(mention.end > match.start() for mention in before):
            yield DateMention(match.start(), match.end(), int(match.group()))


def _is_period(deed: Deed, mention: DateMention) -> bool:
    """The years of a plan are not its day."""
    if mention.month is not None:
        return False
    marks = (naming.marks.get("period") for naming in deed.namings)
    return any(mark is not None and mark.start <= mention.start < mark.end for mark in marks)


def _owner(deeds: list[Deed], namings: list[tuple[int, int]], deed: Deed, mention: DateMention) -> str:
    """Whose phrase stands nearest before the date: this instrument's, another's or none."""
    place = bisect_left(namings, (mention.start, -1)) - 1
    if place < 0 or mention.start - namings[place][0] > _OWNED:
        return "none"
    return "own" if deeds[namings[place][1]] is deed else "another"


def _features(
    facts: Facts, syntax: Syntax, deed: Deed, mention: DateMention, day: PartialDate, meetings: list[Event], owner: str
) -> list[str]:
    sentence = facts.document.sentence_at(mention.start)
    where = _where(facts, syntax, deed, mention, sentence)
    near = where not in {"far", "before", "after", "dateline", "title", "caption", "line"}
    distance = distance_of(day, meetings, facts)
    form = date_form(mention)
    found = [
        f"where={where}", f"where+status={where},{deed.status}", f"form={form}", f"where+form={where},{form}",
        f"distance={distance}", f"distance+status={distance},{deed.status}", f"where+distance={where},{distance}",
        f"only+where={len(facts.dates) == 1},{where}", f"owner={owner if near or where == 'after' else 'far'}",
    ]  # fmt: skip
    found.append(f"owner+status={owner},{deed.status}" if near else "owner_far")
    found += _verb_features(facts, syntax, deed, mention, sentence)
    if _is_direct(facts, deed, mention):
        found += ["direct", f"direct+form={form}"]
    if any(_same(day, meeting.date) for meeting in meetings):
        found += ["of_a_meeting", f"of_a_meeting+status={deed.status}"]
    return found


def _where(facts: Facts, syntax: Syntax, deed: Deed, mention: DateMention, sentence: Sentence) -> str:
    """Where the date stands to the phrases that name the instrument."""
    block = facts.document.blocks[sentence.block]
    if block.start <= mention.start < block.body_start:
        return "dateline"
    if sentence.kind != "body":
        return sentence.kind
    if any(naming.start <= mention.start <= naming.end + 2 for naming in deed.namings):
        return "phrase"
    clause = syntax.of_token[facts.document.token_at(mention.start)]
    if any(clause == syntax.of_token[naming.token] for naming in deed.namings):
        return "clause"
    before = {syntax.of_token[naming.token] for naming in deed.namings if naming.start < mention.start}
    if syntax.clauses[clause].parent in before:
        return "modifier"
    return _apart_from(deed, sentence)


def _apart_from(deed: Deed, sentence: Sentence) -> str:
    """How far a sentence lies from those that name the instrument."""
    apart = min((sentence.number - naming.sentence.number for naming in deed.namings), key=abs)
    if apart == 0:
        return "sentence"
    return "far" if abs(apart) >= _FAR else "after" if apart > 0 else "before"


def _verb_features(facts: Facts, syntax: Syntax, deed: Deed, mention: DateMention, sentence: Sentence) -> list[str]:
    """The verb of the date's clause, and whether somebody signs in its sentence."""
    if sentence.kind != "body":
        return []
    token = facts.document.token_at(mention.start)
    context = syntax.context_of(token)
    signs = context.verb in _SIGNING or context.nominal in _SIGNING or context.parent_verb in _SIGNING
    found = [
        f"signed_there={signs}", f"verb={context.verb}", f"tense={context.tense}",
        f"signed_there+tense={signs},{context.tense}",
    ]  # fmt: skip
    apart = min(abs(sentence.number - naming.sentence.number) for naming in deed.namings)
    found.append(f"signed_there+apart={signs},{min(apart, _FAR)}")
    return found


def _is_direct(facts: Facts, deed: Deed, mention: DateMention) -> bool:
    """`la convention du 7 juillet 1997`, `un accord datant de 1943`."""
    folded = facts.document.folded
    for naming in deed.namings:
        end = max(naming.end, naming.head.end)
        if naming.head.end <= mention.start <= end + 14:
            between = folded[min(end, mention.start) : mention.start].strip(" ,")
            return between in _DIRECTLY or (
                not between and folded[naming.head.end : mention.start].strip() in _DIRECTLY
            )
    return False


def _days_of(facts: Facts, deed: Deed, event: Event, kind: str, said: int) -> list[Day]:
    """The day of a meeting for what is signed there; of a meeting of several days its last day too."""
    if event.date is None or "date" not in event.marks:
        return []
    same = any(naming.sentence.number == event.sentence.number for naming in deed.namings)
    spoken = facts.document.folded[deed.sentence.start : deed.sentence.end]
    at_the_end = any(words in spoken for words in _AT_THE_END)
    form = "day" if event.date.value.count("-") > 1 else "month"
    features = [
        f"where={kind}", f"where+status={kind},{deed.status}", f"said+where={kind},{min(said, 1)}",
        f"same_sentence+where={kind},{same}", f"kind+where={kind},{deed.kind}",
        f"tense+where={kind},{_tense_of_signing(deed)}",
        f"said+status={min(said, 1)},{deed.status}", f"meeting_form={form}",
    ]  # fmt: skip
    found = [Day(event.date, event.marks["date"]._replace(basis="inferred"), False, (*features, "whole"))]
    if "/" in event.date.value:
        last = PartialDate(event.date.end, DateBasis.INFERRED)
        found[0] = Day(found[0].date, found[0].mark, False, (*features, f"whole_at_the_end={at_the_end}"))
        mark = event.marks["date"]._replace(basis="inferred")
        found.append(Day(last, mark, False, (*features, f"last_at_the_end={at_the_end}")))
    return found


def _tense_of_signing(deed: Deed) -> str:
    """The tense of the verb of the first phrase that stands with a signing."""
    contexts = (naming.context for naming in deed.namings)
    signing = (one for one in contexts if one.verb in _SIGNING or one.nominal in _SIGNING)
    return next((one.tense for one in signing), "unsigned")


def _same(one: PartialDate, other: PartialDate | None) -> bool:
    return other is not None and one.value == other.value


def distance_of(day: PartialDate, meetings: list[Event], facts: Facts) -> str:
    """How a day lies to the nearest meeting's, else to the page's: same, near, soon, before, after, or by the year."""
    anchors = _anchors(meetings, facts)
    days = _days_apart(day, anchors)
    if days is not None:
        return next(name for limit, name in _STEPS if days <= limit)
    year = next((anchor.year for anchor in anchors if anchor.year), facts.context.year)
    # A report that does not say its own year says that of other years.
    return "other_year" if year is None and "-" not in day.value else _by_year(day, year)


def _anchors(meetings: list[Event], facts: Facts) -> list[PartialDate]:
    """The days of the meetings, where a month at least is known, else the page's."""
    found = [day for day in (meeting.date for meeting in meetings) if day is not None and "-" in day.value]
    full = facts.context.full
    return found or ([PartialDate(full.isoformat())] if full is not None else [])


def _days_apart(day: PartialDate, anchors: list[PartialDate]) -> int | None:
    """The days from the nearest of `anchors`, negative before it; None where one of them is no full day."""
    loose = any("XXXX" in value.value for value in (day, *anchors))
    own = _calendar_day(day.start, loose=loose)
    found: list[int] = []
    for anchor in anchors:
        first, last = _calendar_day(anchor.start, loose=loose), _calendar_day(anchor.end, loose=loose)
        if own is None or first is None or last is None:
            return None
        found.append(_apart(own, first, last))
    return min(found, key=abs) if found else None


def _apart(day: date, first: date, last: date) -> int:
    if first <= day <= last:
        return 0
    return (day - last).days if day > last else (day - first).days


def _by_year(day: PartialDate, year: int | None) -> str:
    if day.year is None or year is None:
        return "unknown"
    return "same_year" if day.year == year else "other_year" if day.year < year else "later_year"


def _calendar_day(value: str, *, loose: bool) -> date | None:
    """The day, in the year 2000 where some year is unknown; None for a month or a year alone."""
    parts = (f"2000{value[4:]}" if loose else value).split("-")
    if len(parts) < 3 or not all(part.isdigit() for part in parts):
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None
