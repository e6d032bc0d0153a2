"""When a clause is due: the moments of a cell or a sentence as EDTF values, deadlines from the signing, and rhythms.

Values are EDTF: a day, a month, `2026-33` to `2026-36` for quarters, `2026-40` and `2026-41` for halves, a year, or two
of these with a slash.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

import regex

from entraide.reader.domain.plans.calendar_spans import Frame, edtf, span_of
from entraide.reader.domain.plans.deadlines import deadline_from_signing
from entraide.reader.domain.plans.moments import Moment, find_moments
from entraide.reader.domain.plans.words import PlanWords, alternatives, every_language, load_words

RHYTHMS = ("permanent", "monthly", "quarterly", "half-yearly", "yearly")


@dataclass(frozen=True, slots=True)
class Due:
    """What a text says of time: EDTF values in their order, a rhythm or an empty text, and where the values stand."""

    values: tuple[str, ...] = ()
    rhythm: str = ""
    start: int = 0
    end: int = 0

    @property
    def says(self) -> bool:
        """Whether it says anything."""
        return bool(self.values or self.rhythm)


def parse_due(text: str, frame: Frame) -> Due:
    """Return what a cell or label for time says, in whichever language says most."""
    best, most = Due(), 0
    for words in every_language(frame.language):
        found = find_moments(text, words)
        moments = _without_doubles(found, text, frame)
        values = _values(moments, frame) or deadline_from_signing(text, words, frame.signed)
        read = max(1, sum(moment.end - moment.start for moment in found)) if values else 0
        rhythm = rhythm_of(text, words, in_column=True)
        if read > most or (values == best.values and rhythm and not best.rhythm):
            best, most = Due(values, rhythm or best.rhythm, *_span(moments, text)), max(most, read)
    return best


def due_of_sentence(text: str, words: PlanWords, frame: Frame, *, past: bool = False) -> Due:
    """Return what a sentence says of its own time: no instrument's dates, none before the signing but in the `past`."""
    moments = [moment for moment in find_moments(text, words) if _is_own(moment, text, words)]
    moments = _without_doubles(moments, text, frame)
    moments = moments if past else _behind_signing(moments, frame)
    values = _values(moments, frame) or deadline_from_signing(text, words, frame.signed)
    rhythm = rhythm_of(text, words, in_column=False)
    if not rhythm and not values and words.has("yearly_adjective", text):
        rhythm = "yearly"
    return Due(values, rhythm, *_span(moments, text))


def _behind_signing(moments: list[Moment], frame: Frame) -> list[Moment]:
    return [moment for moment in moments if not frame.signed or _last_day(moment, frame) > frame.signed]


def rhythm_of(text: str, words: PlanWords, *, in_column: bool) -> str:
    """Return the rhythm that `text` names first, the longest words where several begin together; empty without one."""
    names = [(f"rhythm.{name}", name) for name in RHYTHMS]
    if in_column:
        names += [("permanent_weak", "permanent"), ("yearly_adjective", "yearly")]
    folded = words.fold(text)
    hits = [(match.start(), match.end(), name) for key, name in names for match in words.pattern(key).finditer(folded)]
    hits += _counted(folded, words)
    # `deux fois par an` also holds `par an`.
    whole = [hit for hit in hits if not any(_is_within(hit, other) for other in hits)]
    return min(whole)[2] if whole else ""


def _is_within(hit: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return other[0] <= hit[0] and hit[1] <= other[1] and other[:2] != hit[:2]


_TIMES_A_YEAR = {1: "yearly", 2: "half-yearly", 4: "quarterly", 12: "monthly"}


def _counted(folded: str, words: PlanWords) -> list[tuple[int, int, str]]:
    """`deux réunions par an`, `four joint exercises a year`, `mỗi năm hai đợt`: so many times a year."""
    hits: list[tuple[int, int, str]] = []
    for match in _times_pattern(words.language).finditer(folded):
        number = match["n"] or match["n2"]
        count = int(number) if number.isdigit() else words.numbers.get(number, 1)
        if count in _TIMES_A_YEAR:
            hits.append((match.start(), match.end(), _TIMES_A_YEAR[count]))
    return hits


@cache
def _times_pattern(language: str) -> "regex.Pattern[str]":
    words = load_words(language)
    number = rf"0?[124]|12|{alternatives(words.numbers, words.fold)}|une?|an?|one|một"
    event, year = (alternatives(words.lists.get(name, ()), words.fold) or "(?!)" for name in ("events", "each_year"))
    before = rf"\b(?P<n>{number})\s(?:[\p{{L}}'-]+\s){{0,2}}?(?:{event})(?:\s[\p{{L}}'-]+){{0,2}}?\s(?:{year})(?!\w)"
    return regex.compile(rf"{before}|\b(?:{year})\s(?:[\p{{L}}'-]+\s){{0,2}}?(?P<n2>{number})\s(?:{event})(?!\w)")


def _values(moments: list[Moment], frame: Frame) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for moment in _with_years(moments):
        value = edtf(moment, frame)
        if value:
            found[value] = None
    return tuple(found)


def _with_years(moments: list[Moment]) -> list[Moment]:
    """`March, July and November 2026`: a moment without a year has that of the next one, else of the one before."""
    years = [moment.year or (moment.until.year if moment.until else None) for moment in moments]
    return [
        moment if years[number] or moment.turn else replace(moment, year=_year_near(years, number))
        for number, moment in enumerate(moments)
    ]


def _year_near(years: Sequence[int | None], number: int) -> int | None:
    return next(filter(None, (*years[number:], *reversed(years[:number]))), None)


def _without_doubles(moments: list[Moment], text: str, frame: Frame) -> list[Moment]:
    """`Q2 FY2025/26 (Oct-Dec 2025)`: what brackets say again counts, and what stands before them does not."""
    kept = _with_years(_without_names_of_months(moments, text))
    for bracket in regex.finditer(r"\(([^()]*)\)", text):
        kept = _without_said(kept, bracket.span(), frame)
    covered = {moment.year for moment in kept if not moment.is_year}
    return [moment for moment in kept if not _is_of_others(moment, covered)]


def _without_said(moments: list[Moment], bracket: tuple[int, int], frame: Frame) -> list[Moment]:
    inside = [moment for moment in moments if bracket[0] < moment.start < bracket[1]]
    return [moment for moment in moments if moment in inside or not _is_said_by(moment, inside, frame)]


def _is_of_others(moment: Moment, covered: Collection[int | None]) -> bool:
    """`2026: in May and in November`: the year says nothing more."""
    return moment.is_year and moment.year in covered and not moment.until


def _without_names_of_months(moments: list[Moment], text: str) -> list[Moment]:
    """`Q1 Apr–Jun 2026`: the months beside a quarter or a half say which one is meant; its number is its name alone."""
    named = {here.start for here, after in pairwise(moments) if _is_name_of(here, after, text[here.end : after.start])}
    return [moment for moment in moments if moment.start not in named]


def _is_name_of(moment: Moment, months: Moment, between: str) -> bool:
    """Whether `moment` is a quarter or a half, and as many months stand directly behind it."""
    if moment.until or not (months.until and months.month and months.until.month):
        return False
    size = 3 if moment.quarter else 6 if moment.half else 0
    return (months.until.month - months.month) % 12 + 1 == size and not between.strip(" \n:=(–—-")


def _is_said_by(moment: Moment, others: list[Moment], frame: Frame) -> bool:
    """Whether others lie in the same days."""
    own = span_of(moment, frame)
    spans = [span for span in (span_of(other, frame) for other in others) if span]
    return own is not None and any(own[0] <= last and own[1] >= first for first, last in spans)


def _last_day(moment: Moment, frame: Frame) -> date:
    span = span_of(moment, frame)
    return span[1] if span else date.max


def _span(moments: list[Moment], text: str) -> tuple[int, int]:
    return (moments[0].start, moments[-1].end) if moments else (0, len(text))


_YEAR_CUE = regex.compile(
    r"\b(?:en|courant|d'ici|d'ici a|d'ici la fin|pendant|durant|avant|fin|cours de l'annee|l'annee|horizon|in|by|during"
    r"|before|within|until|throughout|end of|year|trong|năm|trước|đến|cuối|hết)"
    r"(?:\s(?:l'annee|the year|calendar year|la fin|fin|năm|hết))?\s?$"
)


def _is_own(moment: Moment, text: str, words: PlanWords) -> bool:
    """Whether a moment is that of what a sentence promises: not of an instrument, no bare year without a cue."""
    before = words.fold(text[max(0, moment.start - 60) : moment.start])
    if _of_instrument(before, words, moment, words.fold(text[moment.end : moment.end + 24])):
        return False
    if any(match.end() >= len(before.rstrip()) - 3 for match in words.pattern("since").finditer(before)):
        return False
    return not moment.is_year or moment.edge != "" or _YEAR_CUE.search(before) is not None


_OWN_CUE = regex.compile(
    r"\b(?:trong|trước|vào|chậm nhất|au cours de|au plus tard|d'ici|avant|courant|by|before|during|within"
    r"|no later than)\b"
)


def _of_instrument(before: str, words: PlanWords, moment: Moment, after: str) -> bool:
    """`the agreement of 12 May 2019`, `the 2025 plan`, `kế hoạch năm 2025`."""
    if moment.is_year and words.language == "en" and words.pattern("instrument_of").match(after.lstrip()):
        return True
    nouns = list(words.pattern("instrument_of").finditer(before))
    if not nouns:
        return False
    between = before[nouns[-1].end() :]
    if _OWN_CUE.search(between):
        return False  # `the database of laws during 2027`
    linked = regex.fullmatch(
        r"[^,.;:()]{0,24}?\b(?:of|du|de|le|on|dated|ngày|năm|for|pour|in)\s?(?:l'annee\s|the\s|year\s|le\s|fy\s)?",
        between,
    )
    short = len(between.split()) <= (3 if moment.is_year else 2)
    return (linked is not None and short) or not between.strip()
