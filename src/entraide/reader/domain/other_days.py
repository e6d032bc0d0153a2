"""Days of the report that are not the reported meeting's: of an earlier or coming meeting, or of an instrument.

Every date is a candidate, whatever word stands beside it: `les deux hommes s'étaient vus le 3 mai`, `à Brno en juin`.
The scorer says whether the report speaks of another event there, and on which side of the meeting.
"""

from bisect import bisect_left
from typing import NamedTuple

from entraide.kernel.partial_dates import PartialDate
from entraide.reader.domain.calendar import resolve, with_event
from entraide.reader.domain.dates import DateMention, date_form
from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.frame_state import Facts, body_sentences
from entraide.reader.domain.grammar.features import grammar_features
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.mentions import Mention, distance_to_report
from entraide.reader.domain.reasons import in_words
from entraide.reader.domain.scoring import load_scorer

DECISION = "other_day"
NONE, EARLIER, LATER = "none", "earlier", "later"
ENOUGH = 0.35
_MOST = 60
_REACH = 90
_TURNS = 6
_MANY = 3
_KINDS = ("instrument", "meetings", "visits", "signed", "domain")


class OtherDay(NamedTuple):
    """A date of the report with the side on which it lies, how sure that is, and why."""

    mention: DateMention
    date: PartialDate
    when: str
    confidence: float
    reason: str


class Candidate(NamedTuple):
    """A date of the report's own sentences, what it means, and what the scorer is told."""

    mention: DateMention
    date: PartialDate
    features: tuple[str, ...]


def find_other_days(facts: Facts, syntax: Syntax, mentions: list[Mention], known: list[PartialDate]) -> list[OtherDay]:
    """Return the days of other events, each once; `known` are the days of the reported meetings."""
    scorer = load_scorer(DECISION)
    found: dict[str, OtherDay] = {}
    for candidate in other_day_candidates(facts, syntax, mentions, known):
        chances = scorer.probabilities(candidate.features)
        when = max((EARLIER, LATER), key=lambda name: chances[name])
        sure = chances[EARLIER] + chances[LATER]
        best = found.get(candidate.date.value)
        if sure >= ENOUGH and (best is None or best.confidence < sure):
            reason = in_words(scorer.telling(candidate.features, when), "a day of another event")
            found[candidate.date.value] = OtherDay(candidate.mention, candidate.date, when, sure, reason)
    return list(found.values())


def is_of(date: PartialDate, meeting: PartialDate) -> bool:
    """Return whether a date is a meeting's own: the same, a day of its days, or its month or year."""
    if date.value == meeting.value or meeting.start.startswith(date.value) or meeting.end.startswith(date.value):
        return True
    return "/" in meeting.value and meeting.start <= date.start <= date.end <= meeting.end


def other_day_candidates(
    facts: Facts, syntax: Syntax, mentions: list[Mention], known: list[PartialDate]
) -> list[Candidate]:
    """Return the dates in the report's own sentences that are of none of the `known` days, in the order of the text."""
    around = with_event(facts.context, known[:1])
    document = facts.document
    sentences = body_sentences(document)
    starts = [sentence.start for sentence in sentences]
    by_clause, by_sentence = _kinds_of(syntax, mentions)
    found: list[Candidate] = []
    for mention in facts.dates[:_MOST]:
        sentence = document.sentence_at(mention.start)
        if sentence.kind != "body" or document.in_dateline(mention.start):
            continue
        token = document.token_at(mention.start)
        context = syntax.context_of(token)
        date = resolve(mention, around, future=context.tense == "future")
        if date is None or any(is_of(date, day) for day in known):
            continue
        order = (bisect_left(starts, sentence.start), len(sentences))
        features = [
            *grammar_features(context),
            *_date_features(facts, mention, date),
            *_around(facts, syntax, sentence, mention, token),
            *_place(order),
            f"clause_of={by_clause.get(syntax.of_token[token], 'nothing')}",
            f"sentence_of={by_sentence.get(sentence.number, 'nothing')}",
            f"lemma={context.clause.verb.lemma if context.clause.verb else 'none'}",
        ]
        found.append(Candidate(mention, date, tuple(features)))
    return found


def _kinds_of(syntax: Syntax, mentions: list[Mention]) -> tuple[dict[int, str], dict[int, str]]:
    """The kind of the first mention of a meeting in each clause and in each sentence."""
    by_clause: dict[int, str] = {}
    by_sentence: dict[int, str] = {}
    for mention in mentions:
        by_clause.setdefault(syntax.of_token[mention.token], mention.kind)
        by_sentence.setdefault(mention.sentence.number, mention.kind)
    return by_clause, by_sentence


def _date_features(facts: Facts, mention: DateMention, date: PartialDate) -> list[str]:
    form, distance = date_form(mention), distance_to_report(facts, date)
    today = facts.context.full
    found = [
        f"form={form}",
        f"date={distance}",
        f"form+date={form},{distance}",
        f"date_turn={mention.turn or 'none'}",
        f"year_said={mention.year is not None}",
        f"form+year={form},{mention.year is not None}",
    ]
    if today is not None and len(date.start) == len(today.isoformat()) and "X" not in date.start:
        days = (today - date.earliest).days
        found.append(f"days={'coming' if days < 0 else days if days < _MANY else 'week' if days < _WEEK else 'more'}")
    return found


_WEEK = 8


def _around(facts: Facts, syntax: Syntax, sentence: Sentence, mention: DateMention, token: int) -> list[str]:
    """The nouns, words and turns around the date, and who and what is named in its sentence."""
    document = facts.document
    before = _nearest(document, max(sentence.start, mention.start - _REACH), mention.start, last=True)
    after = _nearest(document, mention.end, min(sentence.end, mention.end + _REACH), last=False)
    word = document.tokens[token - 1].folded if token else ""
    found = [f"beside={before}", f"followed={after}", f"beside+followed={before},{after}", f"word={word}"]
    turns = {m.value for m in syntax.markers_between(max(token - _TURNS, 0), token + _TURNS) if m.kind == "turn"}
    found += [f"turn={value}" for value in sorted(turns)]
    first = document.token_at(sentence.start)
    opening = {m.value for m in syntax.markers_between(first, first + _TURNS) if m.kind == "turn"}
    found += [f"opening={value}" for value in sorted(opening)]
    found.append(f"people={min(len(facts.people_in(sentence.start, sentence.end)), _MANY)}")
    dates = facts.dates_in(sentence.start, sentence.end)
    found.append(f"dates={min(len(dates), _MANY)}")
    if dates and dates[0] is mention:
        found.append("first_date")
    for kind in ("instrument", "signed", "posts", "state"):
        if document.within(kind, sentence.start, sentence.end):
            found.append(f"with={kind}")
    if facts.places_in(sentence.start, sentence.end):
        found.append("place_named")
    return found


def _nearest(document: Document, start: int, end: int, *, last: bool) -> str:
    """The kind of the noun that stands nearest to the date in the span."""
    best: tuple[int, str] | None = None
    for kind in _KINDS:
        hits = document.within(kind, start, end)
        if hits:
            hit = hits[-1] if last else hits[0]
            distance = end - hit.start if last else hit.start - start
            best = min(best or (distance, kind), (distance, kind))
    return best[1] if best else "nothing"


def _place(order: tuple[int, int]) -> list[str]:
    number, count = order
    where = "lead" if number == 0 else "second" if number == 1 else "last" if number == count - 1 else "middle"
    return [f"place={where}"]
