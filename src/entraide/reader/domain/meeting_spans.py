"""Days of a meeting that are not written together: opened on one and closed on another, or so many days from one.

`Ouverts le 25 avril, les travaux ont été clos le 27`; `s'est achevée mardi après trois jours de travaux`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import regex

from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.dates import DateMention
from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.vocabulary import load_vocabulary

_MOST = 12
_OPENS, _CLOSES = "start", "end"
_ENDS = {_OPENS, _CLOSES}
_LONGEST = 14
_FAR = 2
_FULL, _YEAR = len("2020-01-01"), len("2020")
_SOME_YEAR = "2024"


class _Known(NamedTuple):
    """A whole day that the report's own sentences name, its sentence, and the class of the verb there."""

    mention: DateMention
    day: PartialDate
    sentence: int
    verb: str


def whole_span(facts: Facts, syntax: Syntax, day: PartialDate) -> PartialDate | None:
    """Return all days of a meeting that is said to open or to close on `day`, or None where that is not said."""
    if not _is_day(day):
        return None
    known = list(_known_days(facts, syntax))
    own = next((one for one in known if one.day.value == day.value and one.verb in _ENDS), None)
    if own is None:
        return None
    return _to_the_other(own, known) or _of_duration(facts.document, own)


def _is_day(day: PartialDate) -> bool:
    """Whether the month and the day are known; the year may not be."""
    return len(day.value) == _FULL and "X" not in day.value[_YEAR:]


def _known_days(facts: Facts, syntax: Syntax) -> Iterator[_Known]:
    document = facts.document
    for mention in facts.dates[:_MOST]:
        sentence = document.sentence_at(mention.start)
        day = resolve(mention, facts.context)
        if day is None or sentence.kind != "body" or document.in_dateline(mention.start) or not _is_day(day):
            continue
        verb = syntax.context_of(document.token_at(mention.start)).verb
        if verb not in _ENDS and _lasted(document, sentence, _BEHIND):
            verb = _CLOSES
        yield _Known(mention, day, sentence.number, verb)


def _to_the_other(own: _Known, known: list[_Known]) -> PartialDate | None:
    """`Ouverts le 25, clos le 27`: the day of the other end, near the first and told with its own verb."""
    for other in known:
        first, last = (own, other) if own.verb == _OPENS else (other, own)
        length = (_date_of(last.day) - _date_of(first.day)).days
        same_year = first.day.value[:_YEAR].isdigit() == last.day.value[:_YEAR].isdigit()
        near = abs(other.sentence - own.sentence) <= _FAR
        if near and same_year and 0 < length < _LONGEST and {own.verb, other.verb} == _ENDS:
            return PartialDate(f"{first.day.value}/{last.day.value}", own.day.basis)
    return None


def _of_duration(document: Document, own: _Known) -> PartialDate | None:
    """`s'est achevée mardi après trois jours`: so many days to or from the day, told in its sentence or beside it."""
    own_place = next(place for place, one in enumerate(document.sentences) if one.number == own.sentence)
    around = document.sentences[max(own_place - _FAR, 0) : own_place + _FAR + 1]
    ordered = sorted(around, key=lambda one: abs(one.number - own.sentence))
    days = next((days for one in ordered if one.kind == "body" and (days := _lasted(document, one, ""))), 0)
    if not days:
        return None
    day = _date_of(own.day)
    length = timedelta(days - 1)
    first, last = (day, day + length) if own.verb == _OPENS else (day - length, day)
    if first.year != last.year and not own.day.value[:_YEAR].isdigit():
        return None
    return (
        PartialDate(f"{_written(first, own.day)}/{_written(last, own.day)}", DateBasis.INFERRED) if days > 1 else None
    )


def _date_of(day: PartialDate) -> date:
    """The day, in a leap year where its year is not known."""
    year = day.value[:_YEAR]
    return date.fromisoformat(day.value if year.isdigit() else f"{_SOME_YEAR}{day.value[_YEAR:]}")


def _written(day: date, like: PartialDate) -> str:
    """The day with its year where that of `like` is known."""
    year = like.value[:_YEAR]
    return day.isoformat() if year.isdigit() else f"{year}{day.isoformat()[_YEAR:]}"


def _lasted(document: Document, sentence: Sentence, ending: str) -> int:
    """How many days the sentence says that something lasted, or 0; with `ending` only where they are over."""
    match = _durations(document.vocabulary.language, ending).search(document.folded, sentence.start, sentence.end)
    if match is None:
        return 0
    word = match.group("n")
    return int(word) if word.isdigit() else int(document.vocabulary.raw["numbers"][word])


_BEHIND = "behind"
_AFTER = {
    "fr": r"(?:apres|au terme (?:de|des)|a l'issue (?:de|des)|au bout de)(?: \w+){0,2}? ",
    "en": r"(?:after|at the end of|at the close of|following)(?: \w+){0,2}? ",
    "vi": r"(?:sau|qua|trong) (?:\w+ )?",
}
"""What stands before the number of days that are over."""


@cache
def _durations(language: str, ending: str) -> "regex.Pattern[str]":
    numbers = "|".join(regex.escape(str(word)) for word in load_vocabulary(language).raw["numbers"])
    number = rf"(?<!\w)(?P<n>{numbers}|[2-9])"
    before = _AFTER[language] if ending == _BEHIND else ""
    behind = {
        "fr": r" (?:jours|journees)(?! (?:plus tot|auparavant|apres|avant|plus tard))\b",
        "en": r"[ -]days?(?! (?:earlier|ago|before|later|after))\b",
        "vi": r" ngày(?! (?:trước|sau|tới|qua))\b",
    }
    return regex.compile(rf"{before}{number}{behind[language]}")
