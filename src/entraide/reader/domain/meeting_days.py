"""The day of a meeting: dates of the report and the page's own day are candidates; the scorer takes one or none."""

from typing import NamedTuple

from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.dates import DateMention, date_form
from entraide.reader.domain.document import Sentence
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.grammar.features import grammar_features
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.meeting_places import rank_features
from entraide.reader.domain.meeting_spans import whole_span
from entraide.reader.domain.mentions import Mention, distance_to_report, where_of
from entraide.reader.domain.reasons import in_words
from entraide.reader.domain.scoring import load_scorer

DECISION = "meeting_day"
NONE, CHOSEN = "none", "chosen"
ENOUGH = 0.15
_MOST = 60
_REACH = 90
_BESIDE = ("instrument", "visits", "meetings", "signed")


class Day(NamedTuple):
    """A candidate: the date, where it is written, and what the scorer is told."""

    date: PartialDate
    start: int
    end: int
    features: tuple[str, ...]


def find_day(facts: Facts, syntax: Syntax, mentions: list[Mention]) -> tuple[PartialDate, Mark] | None:
    """Return the day of the meeting that `mentions` name, with its passage, or None."""
    scorer = load_scorer(DECISION)
    best: tuple[float, Day] | None = None
    for day in day_candidates(facts, syntax, mentions):
        probability = scorer.probability(day.features, CHOSEN)
        if best is None or probability > best[0]:
            best = (probability, day)
    if best is None or best[0] < ENOUGH:
        return None
    day = best[1]
    reason = in_words(scorer.telling(day.features, CHOSEN), "the day of the meeting")
    date = whole_span(facts, syntax, day.date) or day.date
    return date, Mark(day.start, day.end, reason, date.basis.value, best[0])


def day_candidates(facts: Facts, syntax: Syntax, mentions: list[Mention]) -> list[Day]:
    """Return every date of the report, the dateline's and the header's month."""
    found: list[Day] = []
    for mention in facts.dates[:_MOST]:
        date = resolve(mention, facts.context)
        if date is not None:
            found.append(
                Day(date, mention.start, mention.end, tuple(_features(facts, syntax, mentions, mention, date)))
            )
    header = facts.context.month_only
    first = mentions[0]
    if header is not None:
        loose = any(m.weekday is not None or m.relative is not None for m in facts.dates)
        features = ["where=header_month", f"header_only={not found}", f"loose_days={loose}"]
        found.append(Day(header, first.start, first.end, tuple(features)))
    full = facts.context.full
    if full is not None:
        features = ["where=header_day", f"header_day_only={not found[:-1]}"]
        found.append(Day(PartialDate(full.isoformat(), DateBasis.HEADER), first.start, first.end, tuple(features)))
    counts: dict[str, int] = {}
    for day in found:
        counts[day.date.value] = counts.get(day.date.value, 0) + 1
    ranked = rank_features([day.features for day in found])
    return [
        Day(d.date, d.start, d.end, (*d.features, *more, f"times={min(counts[d.date.value], 3)}"))
        for d, more in zip(found, ranked, strict=True)
    ]


def _features(
    facts: Facts, syntax: Syntax, mentions: list[Mention], date_mention: DateMention, date: PartialDate
) -> list[str]:
    document = facts.document
    token = document.token_at(date_mention.start)
    sentence = document.sentence_at(date_mention.start)
    form = date_form(date_mention)
    own = any(mention.dated is date_mention for mention in mentions) and sentence.kind == "body"
    where = "own" if own else where_of(facts, syntax, mentions, date_mention.start)
    found = [
        f"where={where}",
        f"form={form}",
        f"where+form={where},{form}",
        f"distance={distance_to_report(facts, date)}",
    ]
    found.append(f"form+distance={form},{distance_to_report(facts, date)}")
    if sentence.kind == "body" and token < len(syntax.of_token):
        context = syntax.context_of(token)
        found += [
            f"date:{name}"
            for name in grammar_features(context)
            if name.startswith(("verb=", "tense=", "kind=", "outer=", "main+tense"))
        ]
    found += _beside(facts, sentence, date_mention)
    if date_mention.turn:
        found.append(f"turn={date_mention.turn}")
    found.append(f"year_said={date_mention.year is not None}")
    return found


def _beside(facts: Facts, sentence: Sentence, date: DateMention) -> list[str]:
    """The nearest noun of an instrument, a visit or a meeting before the date: whose day it may be."""
    found = facts.document.last_kind(_BESIDE, max(sentence.start, date.start - _REACH), date.start)
    return [f"beside={found[1] if found else 'nothing'}"]
