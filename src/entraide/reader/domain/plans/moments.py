"""Moments as plans write them: days, months, quarters, halves, years, spans of these, in French, English, Vietnamese.

A moment is found here with the parts that it states; `due.py` says what it means.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import regex

from entraide.reader.domain.plans.moment_patterns import MONTHS_IN_WORDS, YEAR, Patterns, patterns_of
from entraide.reader.domain.plans.numerals import days_in_words, years_in_words
from entraide.reader.domain.plans.words import PlanWords

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ALSO_WORDS = frozenset({"may", "march", "mar", "second", "dec"})
_ALSO_NUMBERS = frozenset({"sept", "mar"})
_SHORT = 40
_BEFORE_DAY = regex.compile(r"(?:ngày|trước|đến|từ|hạn|,|và|le|by)\s$")


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


def find_moments(text: str, words: PlanWords) -> list[Moment]:
    """Return the moments of `text` in their order, spans joined; linear in its length."""
    patterns = patterns_of(words.language)
    folded = words.fold(text)
    found = [
        _with_edge(moment, folded, patterns)
        for match in patterns.moment.finditer(folded)
        for moment in _read(match, words)
        if not (_is_bare_name(moment, match, text) or _is_bare_fraction(moment, match))
    ]
    return list(_joined(found, folded, patterns))


def _read(match: "regex.Match[str]", words: PlanWords) -> Iterator[Moment]:
    """Yield what a match says: one moment, two, a span, or a list of months."""
    part = {name: value for name, value in match.groupdict().items() if value}
    year, last_year = years_of(_year_of(part, words))
    base = Moment(match.start(), match.end(), year, last_year=last_year)
    month = _month_of(part, words)
    if "turn" in part:
        yield replace(base, turn=_turn_of(part["turn"]), edge="end" if "edge" in part else "")
    elif "ml" in part:
        yield from _listed_months(base, part["ml"])
    elif month:
        yield from _in_month(base, part, month, words)
    else:
        yield from _in_year(base, part, words)


def _month_of(part: Mapping[str, str], words: PlanWords) -> int | None:
    if "mn" in part:
        return int(part["mn"])
    return MONTHS_IN_WORDS.get(part.get("mw", "")) or words.months.get(part.get("m", "").rstrip("."))


def _day_of(part: Mapping[str, str], words: PlanWords) -> int | None:
    return int(part["d"]) if "d" in part else days_in_words(words.language).get(part.get("dw", ""))


def _year_of(part: Mapping[str, str], words: PlanWords) -> str:
    if "yw" in part:
        return str(years_in_words(words.language)[part["yw"]])
    return part.get("y") or part.get("yy") or (f"20{part['y2']}" if "y2" in part else "")


def _in_month(base: Moment, part: Mapping[str, str], month: int, words: PlanWords) -> Iterator[Moment]:
    if "d1" in part:
        yield from _two_days(base, part, month, words)
    else:
        yield replace(base, month=month, day=_day_of(part, words))


def _in_year(base: Moment, part: Mapping[str, str], words: PlanWords) -> Iterator[Moment]:
    if "q" in part:
        numbers = [_number(part[name], words, 4) for name in ("q1", "q") if name in part]
        yield from _quarters(base, part.get("sep", ""), numbers)
    elif "h" in part:
        yield replace(base, half=_number(part["h"], words, 2))
    elif base.year:
        yield base


def _quarters(base: Moment, between: str, numbers: "list[int | None]") -> Iterator[Moment]:
    first, last = replace(base, quarter=numbers[0]), replace(base, quarter=numbers[-1])
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


def _two_days(base: Moment, part: Mapping[str, str], month: int, words: PlanWords) -> Iterator[Moment]:
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


def _turn_of(word: str) -> str:
    return "next" if regex.search(r"next|prochain|tới|sau", word) else "this"


def years_of(text: str) -> tuple[int | None, int | None]:
    """Return first and last year of `2026`, `2026-2027`, `2025/26`; the last is None for one year, both without any."""
    match = regex.match(rf"({YEAR})(?:\s?[/-]\s?({YEAR}|\d\d))?", text)
    if match is None:
        return None, None
    first, second = int(match[1]), match[2]
    last = None if not second else int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return first, last if last is None or first < last < first + 30 else None


def _is_bare_fraction(moment: Moment, match: "regex.Match[str]") -> bool:
    """`24/7`, `1/2`: no day without its year, unless a word for days or limits stands before it (`trước 30/4`)."""
    if not match.groupdict().get("mn") or not moment.day or moment.year or "/" not in match[0]:
        return False
    before = match.string[max(0, match.start() - 8) : match.start()]
    return not match[0].startswith("ngày") and not _BEFORE_DAY.search(before)


def _is_bare_name(moment: Moment, match: "regex.Match[str]", text: str) -> bool:
    """`may`, `march`, `sept agents`: a month's name alone counts with a capital, a point, a year or a day."""
    name = match.groupdict().get("m")
    if not name or moment.day or moment.year or name.endswith("."):
        return False
    if name in _ALSO_NUMBERS and len(text) > _SHORT and match.string[match.end() : match.end() + 1] != ".":
        return True
    return name in _ALSO_WORDS and not text[match.start("m")].isupper()


def _with_edge(moment: Moment, folded: str, patterns: Patterns) -> Moment:
    if moment.edge:
        return moment
    before = folded[max(0, moment.start - 24) : moment.start]
    edge = next((name for name, pattern in patterns.edges if pattern.search(before)), "")
    return replace(moment, edge=edge) if edge else moment


def _joined(found: list[Moment], folded: str, patterns: Patterns) -> Iterator[Moment]:
    """Join `from June to August`: a moment, a word that leads from one to the other, and a moment."""
    index = 0
    while index < len(found):
        here = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        if following and not here.until and not following.until and _is_span(here, following, folded, patterns):
            yield replace(here, end=following.end, until=following)
            index += 2
        else:
            yield here
            index += 1


def _is_span(first: Moment, last: Moment, folded: str, patterns: Patterns) -> bool:
    between = folded[first.end : last.start]
    if patterns.until.fullmatch(between):
        return True
    before = folded[max(0, first.start - 20) : first.start]
    return between.strip() in {"and", "et", "và"} and patterns.between.search(before) is not None
