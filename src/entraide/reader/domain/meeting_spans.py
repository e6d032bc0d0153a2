"""Days of a meeting that are not written together: opened on one and closed on another, or so many days from one.

`Ouverts le 25 avril, les travaux ont été clos le 27`; `s'est achevée mardi après trois jours de travaux`.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import NamedTuple

import regex

from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.reader.domain.calendar import resolve
from entraide.reader.domain.dates import DateMention
from entraide.reader.domain.document import Document
from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.vocabulary import load_vocabulary

_MOST = 12
_OPENS, _CLOSES = "start", "end"
_ENDS = {_OPENS, _CLOSES}
_LONGEST = 14
_FAR = 2
_FULL = len("2020-01-01")


class _Known(NamedTuple):
    """A whole day that the report's own sentences name, its sentence, and the class of the verb there."""

    mention: DateMention
    day: PartialDate
    sentence: int
    verb: str


def whole_span(facts: Facts, syntax: Syntax, day: PartialDate) -> PartialDate | None:
    """Return all days of a meeting that is said to open or to close on `day`, or None where that is not said."""
    if not _is_whole(day):
        return None
    known = list(_known_days(facts, syntax))
    own = next((one for one in known if one.day.value == day.value and one.verb in {_OPENS, _CLOSES}), None)
    if own is None:
        return None
    return _to_the_other(own, known) or _of_duration(facts.document, own)


def _is_whole(day: PartialDate) -> bool:
    return len(day.value) == _FULL and "X" not in day.value


def _known_days(facts: Facts, syntax: Syntax) -> Iterator[_Known]:
    document = facts.document
    for mention in facts.dates[:_MOST]:
        sentence = document.sentence_at(mention.start)
        day = resolve(mention, facts.context)
        if day is None or sentence.kind != "body" or document.in_dateline(mention.start) or not _is_whole(day):
            continue
        yield _Known(mention, day, sentence.number, syntax.context_of(document.token_at(mention.start)).verb)


def _to_the_other(own: _Known, known: list[_Known]) -> PartialDate | None:
    """`Ouverts le 25, clos le 27`: the day of the other end, near the first and told with its own verb."""
    for other in known:
        first, last = (own, other) if own.verb == _OPENS else (other, own)
        length = (last.day.earliest - first.day.earliest).days
        if abs(other.sentence - own.sentence) <= _FAR and 0 < length < _LONGEST and {own.verb, other.verb} == _ENDS:
            return PartialDate(f"{first.day.value}/{last.day.value}", own.day.basis)
    return None


def _of_duration(document: Document, own: _Known) -> PartialDate | None:
    """`s'est achevée mardi après trois jours`: so many days to or from the day."""
    sentence = document.sentences[own.sentence] if own.sentence < len(document.sentences) else None
    match = sentence and _durations(document.vocabulary.language).search(document.folded, sentence.start, sentence.end)
    if not match:
        return None
    length = timedelta(_value(document, match.group("n")) - 1)
    day = own.day.earliest
    first, last = (day, day + length) if own.verb == _OPENS else (day - length, day)
    return PartialDate(f"{first.isoformat()}/{last.isoformat()}", DateBasis.INFERRED) if first < last else None


def _value(document: Document, word: str) -> int:
    return int(word) if word.isdigit() else int(document.vocabulary.raw["numbers"][word])


@cache
def _durations(language: str) -> "regex.Pattern[str]":
    numbers = "|".join(regex.escape(str(word)) for word in load_vocabulary(language).raw["numbers"])
    number = rf"(?<!\w)(?P<n>{numbers}|[2-9])"
    return regex.compile(
        {
            "fr": rf"{number} (?:jours|journees)(?! (?:plus tot|auparavant|apres|avant|plus tard))\b",
            "en": rf"{number}[ -]days?(?! (?:earlier|ago|before|later|after))\b",
            "vi": rf"{number} ngày(?! (?:trước|sau|tới|qua))\b",
        }[language]
    )
