"""Moments as plans write them: days, months, quarters, halves, years, spans of these, in French, English, Vietnamese.

A moment is found here with the parts that it states; `due.py` says what it means. Every pattern begins at a digit or a
fixed word and cannot backtrack far.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import regex

from entraide.reader.domain.plans.words import PlanWords, alternatives, load_words

_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_Y = rf"(?P<y>{_YEAR}(?:\s?[/-]\s?(?:{_YEAR}|\d\d)(?!\d|[/-]))?)(?!\d)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER = r"(?:iv|iii|ii|i|[1-4])"
_BEFORE_YEAR = r"(?:\s?[/-]\s?|,?\s(?:(?:de l'annee|de l'exercice|of the year|of fy|of ay|of|de|du|fy|ay|exercice|financial year|fiscal year|nam|năm)\s?)?)"
_COMMON = (
    rf"\b(?P<y>{_YEAR})-(?P<mn>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])\b"
    rf"|\b(?P<d>{_DAY})[/.-](?P<mn>{_MONTH})[/.-](?P<y>{_YEAR})\b"
    rf"|(?<![\d/.,-])\b(?P<d>{_DAY})(?P<cut>[/.-])(?P<mn>{_MONTH})(?P=cut)(?P<y2>[2-4]\d)\b(?![/.,-]?\d)"
    rf"|\b(?P<y>{_YEAR})[- /]?(?:q|t)(?P<q>[1-4])\b"
    rf"|\b(?P<y>{_YEAR})-(?P<mn>0[1-9]|1[0-2])\b(?![-/]\d)"
    rf"|(?<![/.\d-])\b(?P<mn>{_MONTH})[/.-](?P<y>{_YEAR})\b(?![-/]\d)"
)
_FY = rf"|\b(?:fy|ay)\s?(?P<yy>{_YEAR}(?:\s?[/-]\s?(?:{_YEAR}|\d\d))?)(?!\d)|(?<![\d/.,-])\b(?P<yy>{_YEAR}\s?[/-]\s?(?:{_YEAR}|\d\d))(?![\d/-])|(?<![\d/.,-])\b(?P<yy>{_YEAR})\b(?![.,]?\d)"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as written: offsets in the text and the parts that it states.

    `edge` is `end`, `start` or `mid`; `until` is the end of a span; `turn` is a year by its distance (`this`, `next`).
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    last_year: int | None = None
    edge: str = ""
    turn: str = ""
    until: "Moment | None" = None

    @property
    def is_year(self) -> bool:
        """Whether only a year, or a span of years, is stated."""
        return not (self.month or self.quarter or self.half or self.turn)


@dataclass(frozen=True, slots=True)
class _Grammar:
    pattern: "regex.Pattern[str]"
    until: "regex.Pattern[str]"
    between: "regex.Pattern[str]"
    edges: "tuple[tuple[str, regex.Pattern[str]], ...]"


def find_moments(text: str, words: PlanWords) -> list[Moment]:
    """Return the moments of `text` in their order, spans joined; linear in its length."""
    grammar = _grammar(words.language)
    folded = words.fold(text)
    found: list[Moment] = []
    for match in grammar.pattern.finditer(folded):
        for moment in _read(match, words):
            if not _is_word_only(moment, match, text):
                found.append(_with_edge(moment, folded, grammar))
    return list(_joined(found, folded, grammar))


def _read(match: "regex.Match[str]", words: PlanWords) -> Iterator[Moment]:
    part = {name: value for name, value in match.groupdict().items() if value}
    year, last_year = years_of(part.get("y") or part.get("yy") or (f"20{part['y2']}" if "y2" in part else ""))
    base = Moment(match.start(), match.end(), year, last_year=last_year)
    if "turn" in part:
        yield replace(base, turn=_turn_of(part["turn"], words), edge="end" if "edge" in part else "")
        return
    month = int(part["mn"]) if "mn" in part else words.months.get(part.get("m", "").rstrip("."))
    if "ml" in part:
        yield from _listed_months(base, part["ml"])
    elif "d1" in part and month:
        yield from _two_days(base, part, month, words)
    elif month:
        yield replace(base, month=month, day=int(part["d"]) if "d" in part else None)
    elif "q" in part:
        numbers = [_number(part[name], words, 4) for name in ("q1", "q") if name in part]
        yield from _numbered(base, part.get("sep", ""), numbers, "quarter")
    elif "h" in part:
        yield replace(base, half=_number(part["h"], words, 2))
    elif year:
        yield base


def _numbered(base: Moment, between: str, numbers: "list[int | None]", name: str) -> Iterator[Moment]:
    first, last = replace(base, **{name: numbers[0]}), replace(base, **{name: numbers[-1]})
    if len(numbers) == 1:
        yield last
    elif between.strip() in {"-", "a", "au", "to", "đến"}:
        yield replace(first, until=last)
    else:
        yield from (first, last)


def _listed_months(base: Moment, listed: str) -> Iterator[Moment]:
    months = [replace(base, month=int(number)) for number in regex.findall(r"\d+", listed)]
    if len(months) == 2 and "-" in listed:
        yield replace(months[0], until=months[1])
    else:
        yield from months


def _two_days(base: Moment, part: dict[str, str], month: int, words: PlanWords) -> Iterator[Moment]:
    first_month = words.months.get(part.get("m1", "").rstrip("."), month)
    first = replace(base, month=first_month, day=int(part["d1"]))
    last = replace(base, month=month, day=int(part["d"]))
    if part["sep"].strip() in {"et", "and", "&", "và", ","}:
        yield from (first, last)
    else:
        yield replace(first, until=last)


def _number(word: str, words: PlanWords, last: int) -> int | None:
    word = word.strip()
    if word in ("dernier", "derniere", "last", "final", "cuối"):
        return last
    if word == "đầu":
        return 1
    digits = regex.match(r"\d+", word)
    return int(digits[0]) if digits else _ROMAN.get(word) or words.ordinals.get(word) or words.numbers.get(word)


def _turn_of(word: str, words: PlanWords) -> str:
    return "next" if regex.search(r"next|prochain|tới|sau", word) else "this"


def years_of(text: str) -> tuple[int | None, int | None]:
    """Return first and last year of `2026`, `2026-2027`, `2025/26`; the last is None for one year, both without any."""
    match = regex.match(rf"({_YEAR})(?:\s?[/-]\s?({_YEAR}|\d\d))?", text)
    if match is None:
        return None, None
    first, second = int(match[1]), match[2]
    last = None if not second else int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return first, last if last is None or first < last < first + 30 else None


def _is_word_only(moment: Moment, match: "regex.Match[str]", text: str) -> bool:
    """`may`, `march`, `sept agents`: a month's name alone counts with a capital, a point, a year or a day."""
    if match.groupdict().get("mn") and moment.day and not moment.year and "/" in match[0]:
        # `30/4` is a day where a word for days or limits stands before it; `24/7` and `1/2` are none.
        before = match.string[max(0, match.start() - 8) : match.start()]
        return not match[0].startswith("ngày") and not regex.search(r"(?:ngày|trước|đến|từ|hạn|,|và|le|by)\s$", before)
    name = match.groupdict().get("m")
    if not name or moment.day or moment.year or name.endswith("."):
        return False
    written = text[match.start("m") : match.end("m")]
    short_french = name in {"sept", "mar"} and len(text) > 40 and match.string[match.end() : match.end() + 1] != "."
    return short_french or (name in {"may", "march", "mar", "second", "dec"} and not written[0].isupper())


def _with_edge(moment: Moment, folded: str, grammar: _Grammar) -> Moment:
    if moment.edge:
        return moment
    before = folded[max(0, moment.start - 24) : moment.start]
    edge = next((name for name, pattern in grammar.edges if pattern.search(before)), "")
    return replace(moment, edge=edge) if edge else moment


def _joined(found: list[Moment], folded: str, grammar: _Grammar) -> Iterator[Moment]:
    """Join `from June to August`: a moment, a word that leads from one to the other, and a moment."""
    index = 0
    while index < len(found):
        here = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        if following and not here.until and not following.until and _is_span(here, following, folded, grammar):
            yield replace(here, end=following.end, until=following)
            index += 2
        else:
            yield here
            index += 1


def _is_span(first: Moment, last: Moment, folded: str, grammar: _Grammar) -> bool:
    between = folded[first.end : last.start]
    if grammar.until.fullmatch(between):
        return True
    before = folded[max(0, first.start - 20) : first.start]
    return between.strip() in {"and", "et", "và"} and grammar.between.search(before) is not None


def _french(month: str, ordinal: str) -> str:
    number = rf"(?:{ordinal}|dernier|derniere|[1-4](?:er|re|eme|e|nd|nde)?|{_QUARTER})"
    return (
        rf"|\b(?:(?P<d1>{_DAY})(?:er)?(?:\s(?P<m1>{month}))?\s?(?P<sep>-|au|et|a|,)\s?(?:le\s)?)?(?P<d>{_DAY})(?:er)?\s(?P<m>{month})\.?(?!\w)(?:,?\s(?P<y>{_YEAR}))?"
        rf"|\b(?P<m>{month})\.?(?!\w)(?:\s(?:de l'annee\s)?(?P<y>{_YEAR}))?"
        rf"|\b(?:(?P<q1>{number})(?P<sep>,|\set|\sa|\sau)\s(?:les?\s)?)?(?P<q>{number})\strimestres?\b(?:{_BEFORE_YEAR}{_Y})?"
        rf"|\btrimestre\s(?P<q>{_QUARTER})\b(?:{_BEFORE_YEAR}{_Y})?|\b[tq]\.?\s?(?P<q>[1-4])\b(?:{_BEFORE_YEAR}{_Y})?"
        rf"|\b(?P<h>{number})\ssemestre\b(?:{_BEFORE_YEAR}{_Y})?|\bsemestre\s(?P<h>[12]|ii|i)\b(?:{_BEFORE_YEAR}{_Y})?"
        rf"|\bs\.?\s?(?P<h>[12])\b(?:{_BEFORE_YEAR}{_Y})?"
        rf"|\b(?P<h>premiere|seconde|deuxieme)\s(?:moitie|partie)\s(?:de\s)?(?:l'annee\s?)?(?P<y>{_YEAR})?"
        rf"|\b(?P<turn>(?P<edge>fin\s(?:de\s)?)?(?:l'annee en cours|cette annee|l'annee prochaine|l'an prochain)|(?P<edge>fin\s(?:de l'|d')annee))\b(?!\s{_YEAR})"
    )


def _english(month: str, ordinal: str) -> str:
    nth = r"(?:st|nd|rd|th)?"
    number = rf"(?:{ordinal}|last|final|[1-4](?:st|nd|rd|th))"
    return (
        rf"|\b(?:(?P<d1>{_DAY}){nth}(?:\s(?P<m1>{month}))?\s?(?P<sep>-|to|and|&|,)\s?(?:the\s)?)?(?P<d>{_DAY}){nth}\s(?:of\s|day of\s)?(?P<m>{month})\.?(?!\w)(?:,?\s(?P<y>{_YEAR}))?"
        rf"|\b(?P<m>{month})\.?\s(?:(?P<d1>{_DAY}){nth}\s?(?P<sep>-|to|and|&)\s?)?(?P<d>{_DAY}){nth}\b(?!\d)(?:,?\s(?P<y>{_YEAR}))?"
        rf"|\b(?P<m>{month})\.?(?!\w)(?:,?\s(?:of\s)?(?P<y>{_YEAR}))?"
        rf"|\b(?:(?P<q1>{number})(?P<sep>,|\sand|\sto)\s(?:the\s)?)?(?P<q>{number})\squarters?\b(?:{_BEFORE_YEAR}{_Y})?"
        rf"|\bquarter\s(?P<q>{_QUARTER}|one|two|three|four)\b(?:{_BEFORE_YEAR}{_Y})?|\bq\.?\s?(?P<q>[1-4])\b(?:{_BEFORE_YEAR}{_Y})?"
        rf"|\b(?P<h>{number})\s(?:half(?:-year)?|semester)\b(?:\s(?:of the year\s?|of\s)?{_Y})?|\bh\s?(?P<h>[12])\b(?:{_BEFORE_YEAR}{_Y})?"
        rf"|\bsemester\s(?P<h>[12]|ii|i)\b(?:{_BEFORE_YEAR}{_Y})?"
        rf"|\b(?P<turn>(?P<edge>year[- ]end|end\sof\s(?:the|this)\syear)|(?P<edge>end\sof\s)?(?:next year|this year))\b"
    )


def _vietnamese(_month: str, _ordinal: str) -> str:
    year = rf"(?:(?:\s?[/.-]\s?|,?\snăm\s){_Y})"
    return (
        rf"|\b(?:ngày\s)?(?:(?P<d1>{_DAY})\s?(?P<sep>-|đến|và|,)\s?(?:ngày\s)?)?(?P<d>{_DAY})\s?(?:tháng\s|[/.])(?P<mn>{_MONTH})(?![\d]){year}?"
        rf"|\btháng\s(?P<ml>{_MONTH}(?:\s?(?:,|và|-|đến)\s?{_MONTH})+)(?![\d]){year}?"
        rf"|\btháng\s(?P<mn>{_MONTH})(?!\d){year}?|\bt(?P<mn>{_MONTH})/(?P<y>{_YEAR})"
        rf"|\bquý\s(?:(?P<q1>{_QUARTER})\s?(?P<sep>,|và|-|đến)\s?(?:quý\s)?)?(?P<q>{_QUARTER})(?!\w){year}?"
        rf"|\bq(?P<q>[1-4])\b{year}?"
        rf"|\b(?:0?6|sáu)\stháng\s(?P<h1>đầu)\snăm(?:\s(?P<y>{_YEAR}))?|\b(?:0?6|sáu)\stháng\s(?P<h2>cuối)\snăm(?:\s(?P<y>{_YEAR}))?"
        rf"|\bnửa\s(?P<h1>đầu)\snăm(?:\s(?P<y>{_YEAR}))?|\bnửa\s(?P<h2>cuối)\snăm(?:\s(?P<y>{_YEAR}))?"
        rf"|\b(?P<turn>(?P<edge>cuối\s)?năm\s(?:nay|tới|sau)|(?P<edge>cuối)\snăm)\b(?!\s\d)"
    )


_UNTIL = {
    "fr": r"\s?(?:-|au|a|jusqu'(?:au?|en|a)|jusqu'a (?:la )?fin)\s?(?:le\s|fin\s|la fin (?:de|du)\s|du\s)?",
    "en": r"\s?(?:-|to|until|till|through|up to)\s?(?:the\s)?(?:end of\s|end-)?(?:the\s)?",
    "vi": r"\s?(?:-|đến|đến hết|tới|cho đến|đến cuối)\s?(?:ngày\s|hết\s)?",
}
_BETWEEN = {"fr": r"\bentre\s(?:le\s)?$", "en": r"\bbetween\s(?:the\s)?$", "vi": r"\b(?:giữa|khoảng)\s$"}
_EDGES: dict[str, dict[str, str]] = {
    "fr": {"end": r"\bfin\s(?:du mois d(?:e\s|')|du\s|de l'annee\s|de\s|d'|le\s)?$", "start": r"\b(?:debut|au debut de|au debut du)\s(?:du\s|de\s)?$", "mid": r"\bmi-\s?$"},
    "en": {"end": r"\b(?:end\sof\s(?:the\s)?|end-|end\s|close of\s)(?:calendar year\s|year\s|financial year\s)?$", "start": r"\b(?:early\s(?:in\s)?|beginning of\s|start of\s)$", "mid": r"\bmid(?:-|\s)$"},
    "vi": {"end": r"\b(?:cuối|hết)\s(?:năm\s|tháng\s)?$", "start": r"\bđầu\s(?:năm\s)?$", "mid": r"\bgiữa\s(?:năm\s)?$"},
}  # fmt: skip
_BY_LANGUAGE: dict[str, Callable[[str, str], str]] = {"fr": _french, "en": _english, "vi": _vietnamese}


@cache
def _grammar(language: str) -> _Grammar:
    words = load_words(language)
    months = alternatives({name.rstrip(".") for name in words.months}, words.fold)
    small = {name: value for name, value in words.ordinals.items() if value <= 4}
    ordinals = alternatives(small, words.fold) or "(?!)"
    inside = _BY_LANGUAGE[language](months, ordinals)
    inside = inside.replace("(?P<h1>đầu)", "(?P<h>đầu)").replace("(?P<h2>cuối)", "(?P<h>cuối)")
    edges = tuple((name, regex.compile(pattern)) for name, pattern in _EDGES[language].items())
    return _Grammar(
        regex.compile(_COMMON + inside + _FY),
        regex.compile(_UNTIL[language]),
        regex.compile(_BETWEEN[language]),
        edges,
    )
