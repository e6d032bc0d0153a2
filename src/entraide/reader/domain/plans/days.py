"""The day of signing and the period of a plan, as its head, its foot and its title say them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

import regex

from entraide.documents.domain.tree import Paragraph
from entraide.reader.domain.plans.calendar_spans import Frame, Span, edtf, span_of
from entraide.reader.domain.plans.front import Title
from entraide.reader.domain.plans.moments import Moment, find_moments
from entraide.reader.domain.plans.words import PlanWords, any_has, every_language

Dated = tuple[str, Paragraph | None]
"""A day in EDTF, empty where none is known, and the line that says it."""
_COVERS = regex.compile(
    r"\b(?:covers?|covering|couvr\w+|porte sur|period|périod\w+|periode|durée|duration|valid\w*|valable|applies"
    r"|s'applique|thời gian thực hiện|thời hạn|giai đoạn|hiệu lực|from|du|từ|validity|in force|en vigueur|exercice"
    r"|implementation)\b"
)
_MEETING = regex.compile(
    r"hôm nay|se sont réuni|s'est tenue|s’est tenue|met (?:in|at|on)|was held|held (?:in|at|on)|diễn ra|tiến hành"
    r"|^\s*date|ngày \d+ tháng"
)
_EARLY, _LAST, _CLOSING = 24, 14, 30
_LONGEST_SIGNED, _LONGEST_DATED, _LONGEST_COVERING = 500, 160, 600
_SHORTEST_PERIOD, _LONGEST_PERIOD = 80, 4000


def find_day(lines: Sequence[Paragraph], front: Sequence[Paragraph], words: PlanWords) -> Dated:
    """Return the day of signing and its line: `Fait à …, le …`, else the day of the meeting, else a dated line."""
    steps: tuple[tuple[Iterable[Paragraph], Callable[[Paragraph, PlanWords], str]], ...] = (
        ((*front, *reversed(lines)), _signed),
        (lines[:_EARLY], _met),
        ((*front, *reversed(lines[-_LAST:])), _dated),
    )
    for these, say in steps:
        for line in these:
            if day := say(line, words):
                return day, line
    return "", None


def _signed(line: Paragraph, words: PlanWords) -> str:
    """The first whole day behind the words of signing."""
    if line.marker or len(line.text) > _LONGEST_SIGNED or words.begins("recital", line.text):
        return ""
    for one in every_language(words.language):
        match = one.pattern("signed_at").search(one.fold(line.text))
        if match and (day := _first_day(line.text[match.start() :], words)):
            return day
    return ""


def _met(line: Paragraph, words: PlanWords) -> str:
    if words.begins("recital", line.text) or not _MEETING.search(line.text.casefold()):
        return ""
    return _first_day(line.text, words)


def _dated(line: Paragraph, words: PlanWords) -> str:
    if line.marker or len(line.text) > _LONGEST_DATED or _COVERS.search(words.fold(line.text)):
        return ""
    return _first_day(line.text, words)


def _first_day(text: str, words: PlanWords) -> str:
    for one in every_language(words.language):
        for moment in find_moments(text, one):
            last = moment.until if moment.until and moment.until.day else moment
            if last.day and last.year:
                return edtf(last, Frame(words.language))
    return ""


def find_period(
    title: Title | None, lines: Sequence[Paragraph], front: Sequence[Paragraph], words: PlanWords
) -> tuple[str, Span | None]:
    """Return the period in EDTF with its first and last day: as a line says it, else the title's years."""
    closing = [line for line in lines[-_CLOSING:] if not line.marker and any_has("formula", line.text)]
    for line in (*(line for line in front if not line.marker), *closing):
        if span := _stated_span(line.text, words):
            return _span_value(*span), span
    for moment in _of_title(title, words):
        if span := span_of(moment, Frame(words.language)):
            return _period_value(moment, words), span
    return "", None


def _of_title(title: Title | None, words: PlanWords) -> Iterator[Moment]:
    """The years and parts of years of the title; minutes have none of their own."""
    if title is None:
        return
    for one in every_language(words.language):
        for moment in find_moments(title.line, one):
            if moment.year and not moment.day and not (title.kind == "minutes" and moment.is_year):
                yield moment


def _stated_span(text: str, words: PlanWords) -> Span | None:
    if len(text) > _LONGEST_COVERING:
        return None
    for one in every_language(words.language):
        moments = find_moments(text, one) if _COVERS.search(one.fold(text)) else []
        for moment in moments:
            span = span_of(moment, Frame(words.language)) if moment.until and not moment.until.is_year else None
            if span and _SHORTEST_PERIOD < (span[1] - span[0]).days < _LONGEST_PERIOD:
                return span
    return None


def _period_value(moment: Moment, words: PlanWords) -> str:
    if moment.last_year and moment.is_year:
        return f"{moment.year}/{moment.last_year}"
    return edtf(moment, Frame(words.language))


def _span_value(first: date, last: date) -> str:
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year}/{last.year}"
    return f"{first.isoformat()}/{last.isoformat()}"
