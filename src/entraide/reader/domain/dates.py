"""The date grammar: days, ranges, months, years, weekdays and relative days in French, English and Vietnamese.

Mentions are found here and resolved in `calendar.py`; every pattern begins at a digit or a fixed word and cannot
backtrack far.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

import regex

from entraide.reader.domain.document import Document
from entraide.reader.domain.vocabulary import load_vocabulary

_YEAR = r"(?:19|20)[0-9][0-9]"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
# What a loose date has at least, and how far the words before and after it reach.
_YEARS = re.compile(r"(?:19|20)[0-9][0-9]")
_BEFORE, _AFTER = 28, 32
_WORDLY = re.compile(r"\w").match
_COUNTED = ("lần ", "kỳ ", "phiên ")
# `next year`, `last year`, `later this year`: a year by its distance from the header's.
_YEAR_TURNS = (("y_next", "year+1"), ("y_last", "year-1"), ("y_this", "year+0"))
_DIGITS = ("iy", "im", "id", "ny", "nm", "nd")
_NUMERIC = (
    rf"\b(?P<iy>{_YEAR})(?P<sep>[-./]| (?=[01][0-9] [0-3][0-9](?:\n|$)))(?P<im>0[1-9]|1[0-2])(?P=sep)"
    r"(?P<id>0[1-9]|[12][0-9]|3[01])\b"
    rf"|\b(?P<nd>{_DAY})[/.-](?P<nm>1[0-2]|0?[1-9])[/.-](?P<ny>{_YEAR})\b"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written: offsets in the clean text and the parts that it states.

    `turn` is last, next, `year` with its distance from the header's (year-1), or `event`: counted from what was told
    before (la veille). A day without a month (on the 21st) is of the header's month.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_year: int | None = None
    last_month: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    relative: int | None = None
    turn: str = ""

    @property
    def exact(self) -> bool:
        """Whether day and month are written."""
        return self.day is not None and self.month is not None


def date_form(mention: DateMention) -> str:
    """Return how the date is written: range, day, day_alone, weekday, relative, month or year."""
    if mention.last_day is not None:
        return "range"
    if mention.exact:
        return "day"
    if mention.day is not None:
        return "day_alone"
    if mention.weekday is not None:
        return "weekday"
    if mention.relative is not None:
        return "relative"
    return "month" if mention.month else "year"


@dataclass(frozen=True, slots=True)
class _Grammar:
    months: dict[str, int]
    weekdays: dict[str, int]
    relative: dict[str, tuple[int, str]]
    numbers: dict[str, int]
    openings: "re.Pattern[str]"
    dated: "regex.Pattern[str]"
    loose: "regex.Pattern[str]"
    before: "regex.Pattern[str]"


def find_dates(document: Document) -> tuple[DateMention, ...]:
    """Return all dates of the document in order; where two readings overlap the earlier pattern wins."""
    grammar = _grammar(document.vocabulary.language)
    found = [_dated(match, grammar, document.folded) for match in _matches(grammar, document.folded)]
    mentions = [mention for mention in found if mention]
    taken = sorted((mention.start, mention.end) for mention in mentions)
    for match in _loose_matches(document, grammar):
        before = bisect_left(taken, (match.end(), -1)) - 1
        if before < 0 or taken[before][1] <= match.start():
            mention = _loose(match, grammar)
            if mention:
                mentions.append(mention)
    return tuple(_linked(document, sorted(mentions, key=lambda mention: mention.start)))


def _linked(document: Document, mentions: list[DateMention]) -> Iterator[DateMention]:
    """Give a day the year that words after it point at: `6 October of that year`, `in September last year`."""
    year, taken = None, -1
    swapped = _is_month_first(document, mentions)
    for mention, after in zip_longest(mentions, mentions[1:]):
        if mention.start < taken:
            continue
        found = _with_year(document, mention, after, year)
        if swapped and _is_ambiguous(document, mention):
            found = replace(mention, month=mention.day, day=mention.month)
        year, taken = found.last_year or found.year or year, found.end
        yield found


def _with_year(document: Document, mention: DateMention, after: DateMention | None, year: int | None) -> DateMention:
    """The date with the year that the next words say: so far from the header's, or that of the date before."""
    if mention.month is None or mention.year is not None:
        return mention
    if after is not None and after.turn.startswith("year") and after.start - mention.end <= _LINK:
        return replace(mention, end=after.end, turn=after.turn)
    same = _THAT_YEAR.match(document.folded, mention.end) if year is not None else None
    return replace(mention, end=same.end(), year=year) if same else mention


def _is_ambiguous(document: Document, mention: DateMention) -> bool:
    """`10/9/2024`: day and month may be either."""
    written = document.text[mention.start : mention.end]
    return "/" in written and mention.last_day is None and max(mention.day or _DAYS, mention.month or 1) <= _MONTHS


def _is_month_first(document: Document, mentions: list[DateMention]) -> bool:
    """Whether an English text names a day in words that it writes in digits, the month first."""
    if document.vocabulary.language != "en":
        return False
    said = {(m.month, m.day) for m in mentions if m.exact and "/" not in document.text[m.start : m.end]}
    unsure = [m for m in mentions if _is_ambiguous(document, m)]
    return any((m.day, m.month) in said and (m.month, m.day) not in said for m in unsure)


_LINK = 4
_DAYS, _MONTHS = 31, 12
_THAT_YEAR = regex.compile(
    r",? (?:of|in) (?:that|the same) year\b|,? (?:the|that) same year\b|,? de (?:la meme annee|cette annee-la)\b"
    r"|,? la meme annee\b|,? (?:cùng năm|năm đó|năm ấy)\b"
)


def _loose_matches(document: Document, grammar: _Grammar) -> "Iterator[regex.Match[str]]":
    """Matches of the loose pattern, tried only around a year or a word of the calendar."""
    folded = document.folded
    marks = [(hit.start, hit.end) for hit in document.hits.get("date_words", ())]
    marks += [match.span() for match in _YEARS.finditer(folded)]
    low = high = -1
    for start, end in sorted(marks):
        if high >= 0 and start - _BEFORE > high:
            yield from grammar.loose.finditer(folded, low, high)
            low = high = -1
        if high < 0:
            first = max(start - 2 * _BEFORE, 0)
            low = max(folded.rfind(" ", first, max(start - _BEFORE, 0)) + 1, first)
        if end + _AFTER > high:
            space = folded.find(" ", end + _AFTER, end + 2 * _AFTER)
            high = space if space >= 0 else min(end + 2 * _AFTER, len(folded))
    if high >= 0:
        yield from grammar.loose.finditer(folded, low, high)


def _matches(grammar: _Grammar, folded: str) -> "Iterator[regex.Match[str]]":
    """Matches of the dated pattern, tried only where a number or the name of a month begins."""
    end = 0
    for opening in grammar.openings.finditer(folded):
        start = opening.start()
        if start >= end and (not start or not _WORDLY(folded, start - 1)):
            match = grammar.dated.match(folded, start)
            if match:
                end = match.end()
                yield match


def _dated(match: "regex.Match[str]", grammar: _Grammar, folded: str) -> DateMention | None:
    part = match.groupdict()
    start, end = match.span()
    weekday = None
    before = grammar.before.search(folded, max(0, start - 16), start)
    if before:
        weekday, start = grammar.weekdays[before.group("w")], before.start()
    if part.get("bd"):
        return DateMention(start, end, day=int(part["bd"]), weekday=weekday)
    digits = [int(value) for name in _DIGITS if (value := part.get(name))]
    return (
        DateMention(start, end, digits[0], digits[1], digits[2])
        if digits
        else _worded(part, (start, end), weekday, grammar)
    )


def _worded(
    part: dict[str, str | None], span: tuple[int, int], weekday: int | None, grammar: _Grammar
) -> DateMention | None:
    """A day with its month in words, or a range of them."""
    month, year = _month(part.get("m"), grammar), _int(part.get("y"))
    first_month, first_year = _month(part.get("m1"), grammar), _int(part.get("y1"))
    first, last = _int(part.get("d1")), _int(part.get("d"))
    if last is None or month is None:
        return None
    if first is not None and (first_month or month, first) != (month, last):
        first_year = first_year or (year - 1 if year and first_month and first_month > month else year)
        return DateMention(*span, first_year, first_month or month, first, year, month, last, weekday)
    return DateMention(*span, year, month, last, weekday=weekday)


def _loose(match: "regex.Match[str]", grammar: _Grammar) -> DateMention | None:
    part = match.groupdict()
    start, end = match.span()
    turn = {"l": "last", "n": "next"}.get("l" if part.get("last") else "n" if part.get("next") else "", "")
    if part.get("mm"):
        month = _month(part["mm"], grammar)
        return DateMention(start, end, _int(part.get("my")), month, turn=turn) if month else None
    if part.get("wd") and not match.string.endswith(_COUNTED, 0, start):
        # `lần thứ tư` is the fourth time, not a Wednesday.
        return DateMention(start, end, weekday=grammar.weekdays[part["wd"]], turn=turn)
    if part.get("rel"):
        relative, turn = grammar.relative[part["rel"]]
        return DateMention(start, end, relative=relative, turn=turn)
    return _loose_year(match, part, grammar)


def _loose_year(match: "regex.Match[str]", part: dict[str, str | None], grammar: _Grammar) -> DateMention | None:
    start, end = match.span()
    if year := part.get("yy"):
        return DateMention(match.start("yy"), end, int(year))
    if word := part.get("ago"):
        return DateMention(start, end, turn=f"year-{_counted(word, grammar)}")
    for group, turn in _YEAR_TURNS:
        if part.get(group):
            return DateMention(start, end, turn=turn)
    return None


def _counted(word: str, grammar: _Grammar) -> int:
    return int(word) if word.isdigit() else grammar.numbers[word]


def _relative(value: str) -> tuple[int, str]:
    """`-1` counts from the day of the report, `event-1` from that of the event told before."""
    return (int(value.removeprefix("event") or 0), "event") if value.startswith("event") else (int(value), "")


def _int(value: str | None) -> int | None:
    return int(value) if value else None


def _month(value: str | None, grammar: _Grammar) -> int | None:
    if not value:
        return None
    return int(value) if value.isdigit() else grammar.months.get(value)


@cache
def _grammar(language: str) -> _Grammar:
    raw = load_vocabulary(language).raw
    months = {str(key): int(value) for key, value in raw["months"].items()}
    weekdays = {str(key): int(value) for key, value in raw["weekdays"].items()}
    relative = {str(key): _relative(str(value)) for key, value in raw["relative_days"].items()}
    numbers = {str(key): int(value) for key, value in raw["numbers"].items()}
    name, day, rel = _any(months), _any(weekdays), _any(relative)
    dated, loose = {"fr": _french, "en": _english, "vi": _vietnamese}[language](name)
    ago = rf"(?P<ago>{_any(numbers)}|[1-9][0-9]?)"
    loose += "|" + _AGO[language].format(ago=ago) + rf"|(?<=\()(?P<yy>{_YEAR})(?=\))"
    loose += (
        rf"|(?P<wd>{day})\b(?: (?:(?P<last>dernier|passe|derniere)|(?P<next>prochain|prochaine)))?|(?P<rel>{rel})\b"
    )
    # Each part begins at the start of a word, which is asked for once.
    loose = rf"\b(?:{loose})"
    before = rf"\b(?P<w>{day})(?: (?:dernier|prochain))?,? ?(?:\(|le |the |ngày )?$"
    # Without an assertion in front, so that the engine may leap to the next character that a date can begin with.
    openings = re.compile(
        "|".join(
            [r"\d", r"ngày(?= \d)", *(rf"{re.escape(month)}(?!\w)" for month in sorted(months, key=len, reverse=True))]
        )
    )
    return _Grammar(
        months,
        weekdays,
        relative,
        numbers,
        openings,
        regex.compile(f"{dated}|{_NUMERIC}"),
        regex.compile(loose),
        regex.compile(before),
    )


_AGO = {
    "fr": r"(?:il y a {ago} ans?|{ago} ans? (?:plus tot|auparavant))\b",
    "en": r"{ago} years? (?:ago|earlier|before)\b",
    "vi": r"(?:cách đây {ago} năm|{ago} năm (?:trước|trước đây|trước đó))\b",
}


def _any(names: Iterable[str]) -> str:
    return "|".join(regex.escape(name) for name in sorted(names, key=len, reverse=True))


def _french(month: str) -> tuple[str, str]:
    day = rf"{_DAY}(?:er)?"
    weekday = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
    dated = (
        rf"\b(?P<d1>{_DAY})(?:er)?(?: ?, ?{day}){{0,8}}+(?: (?P<m1>{month}))?(?: (?P<y1>{_YEAR}))? ?(?:-|au|et|a|/) ?"
        rf"(?:le )?{weekday}(?P<d>{_DAY})(?:er)?[ -](?P<m>{month})(?:,? (?P<y>{_YEAR}))?\b"
        rf"|\b(?P<d>{_DAY})(?:er)?[ -](?P<m>{month})(?:[ -]|, )?(?P<y>{_YEAR})?\b"
        rf"|(?<=\ble )(?P<bd>{_DAY})(?:er)?(?=[,.;)])"
    )
    loose = (
        rf"\b(?P<mm>{month}) (?:de l'annee )?(?P<my>{_YEAR})\b"
        rf"|\b(?:en|d'|de|mois de |mois d'|debut |fin |(?:debut|fin) (?:de |d')|courant |mi-)\s?(?P<mm>{month})\b"
        rf"(?: (?P<my>{_YEAR}))?(?: (?:(?P<last>dernier|passe)|(?P<next>prochain)))?"
        rf"|\b(?:en|depuis|de|des|datant de|date de|l'annee|d'ici|d'ici a|jusqu'en|l'an|remonte a|annees?"
        rf"|(?:trimestre|semestre|printemps|ete|automne|hiver)(?: de)?|courant) (?P<yy>{_YEAR})\b"
        r"|(?P<y_next>l'annee prochaine|l'an prochain)\b|(?P<y_last>l'annee derniere|l'an dernier|l'an passe)\b"
        r"|(?P<y_this>cette annee|la fin de l'annee|l'annee en cours|(?:a l'|cet )(?:automne|ete|hiver)"
        r"|au printemps)\b"
    )
    return dated, loose


def _english(month: str) -> tuple[str, str]:
    day = rf"(?P<d>{_DAY})(?:st|nd|rd|th)?"
    first = rf"(?P<d1>{_DAY})(?:st|nd|rd|th)?"
    dated = (
        rf"\b(?P<m1>{month}) {first} ?(?:-|to|and|until|through) ?(?P<m>{month}) {day}(?:,? (?P<y>{_YEAR}))?\b"
        rf"|\b(?P<m>{month}) {first} ?(?:-|to|and|through|until) ?{day}(?:,? (?P<y>{_YEAR}))?\b"
        rf"|\b(?P<m>{month}) {day}(?:,? (?P<y>{_YEAR}))?\b"
        rf"|\b{first}(?: (?P<m1>{month}))?(?: (?P<y1>{_YEAR}))? ?(?:-|to|and|until) ?"
        rf"{day} (?:of )?(?P<m>{month})(?:,? (?P<y>{_YEAR}))?\b"
        rf"|\b{day}[ -](?:of )?(?P<m>{month})(?:[ -]|[.,] ?)?(?P<y>{_YEAR})?\b"
        rf"|\b(?P<nm>1[0-2]|0?[1-9])/(?P<nd>1[3-9]|2[0-9]|3[01])/(?P<ny>{_YEAR})\b"
        rf"|(?<=\bon the )(?P<bd>{_DAY})(?:st|nd|rd|th)(?=[,.;)]| (?:and|at|in|by|with|between|the)\b)"
    )
    loose = (
        rf"\b(?P<mm>{month}),? (?:of )?(?P<my>{_YEAR})\b"
        rf"|\b(?:in|early|late|mid-|last|this|next) ?(?P<mm>{month})\b(?:,? (?P<my>{_YEAR}))?"
        rf"|\b(?:in|for|year|until|by|of|from|dated|during|since|spring|summer|autumn|fall|winter|early|late"
        rf"|(?:beginning|start|end|half|quarter) of) (?P<yy>{_YEAR})\b"
        r"|(?P<y_next>next year)\b|(?P<y_last>last year)\b"
        r"|(?P<y_this>this year|(?:half|end|quarter) of the year|later in the year"
        r"|this (?:autumn|fall|spring|summer|winter))\b"
    )
    return dated, loose


def _vietnamese(_month_names: str) -> tuple[str, str]:
    month = r"(?P<m>1[0-2]|0?[1-9])"
    year = rf"(?:(?:[/.-]|,? năm )(?P<y>{_YEAR}))?"
    dated = (
        rf"\b(?:ngày )?(?P<d1>{_DAY})(?:[/.](?P<m1>1[0-2]|0?[1-9]))? ?(?:-|đến|và|đến hết) ?"
        rf"(?:ngày )?(?P<d>{_DAY})[/.]{month}{year}\b"
        rf"|\bngày (?P<d1>{_DAY}) ?(?:-|đến|và) ?(?:ngày )?(?P<d>{_DAY}) tháng {month}{year}\b"
        rf"|\b(?P<d>{_DAY}) tháng {month}{year}\b"
        rf"|(?<=\b(?:ngày|sáng|chiều|trưa|tối|hôm) |\()(?P<d>{_DAY})[/.-]{month}{year}\b"
        rf"|\b(?P<d>{_DAY})/{month}{year}\b"
        rf"|\bngày (?P<bd>{_DAY})(?=[,;)]| (?:tại|ở)\b)"
    )
    loose = rf"\btháng (?P<mm>1[0-2]|0?[1-9])(?:(?:/|-|,? năm )(?P<my>{_YEAR}))?\b|\b(?:năm|đến năm) (?P<yy>{_YEAR})\b"
    loose += r"|(?P<y_next>năm tới|năm sau|sang năm)\b|(?P<y_last>năm ngoái|năm trước)\b|(?P<y_this>năm nay)\b"
    return dated, loose
