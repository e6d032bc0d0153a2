"""When a clause is due: moments resolved against the plan's period and signing, deadlines counted from signing, rhythm.

Values are EDTF: a day, a month, `2026-33` to `2026-36` for quarters, `2026-40` and `2026-41` for halves, a year, or two
of these with a slash.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

import regex

from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.reader.domain.plans.moments import Moment, find_moments
from entraide.reader.domain.plans.words import PlanWords, every_language

RHYTHMS = ("permanent", "monthly", "quarterly", "half-yearly", "yearly")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a missing year is taken from: the plan's period (first and last day) and the day of its signing."""

    language: str
    first: date | None = None
    last: date | None = None
    signed: date | None = None

    @property
    def fiscal_month(self) -> int:
        """The month in which the plan's years begin: 1 for calendar years."""
        return self.first.month if self.first else 1


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
    best = Due()
    for words in every_language(frame.language):
        moments = _without_doubles(find_moments(text, words), text, frame)
        values = _values(moments, frame)
        if not values:
            values = deadline_from_signing(text, words, frame)
        rhythm = rhythm_of(text, words, in_column=True)
        if len(values) > len(best.values) or (values == best.values and rhythm and not best.rhythm):
            best = Due(values, rhythm or best.rhythm, *_span(moments, text))
    return best


def due_of_sentence(text: str, words: PlanWords, frame: Frame, *, past: bool = False) -> Due:
    """Return what a sentence says of its own time; dates of instruments and, unless `past`, days before signing count not."""
    moments = [moment for moment in find_moments(text, words) if _is_own(moment, text, words)]
    moments = _without_doubles(moments, text, frame)
    if frame.signed and not past:
        moments = [moment for moment in moments if _last_day(moment, frame) > frame.signed]
    values = _values(moments, frame) or deadline_from_signing(text, words, frame)
    rhythm = rhythm_of(text, words, in_column=False)
    if not rhythm and not values and words.has("yearly_adjective", text):
        rhythm = "yearly"
    return Due(values, rhythm, *_span(moments, text))


def rhythm_of(text: str, words: PlanWords, *, in_column: bool) -> str:
    """Return the rhythm that `text` names first, the longest words where several begin together; empty without one."""
    folded = words.fold(text)
    names = [(f"rhythm.{name}", name) for name in RHYTHMS]
    if in_column:
        names += [("permanent_weak", "permanent"), ("yearly_adjective", "yearly")]
    found = [
        (match.start(), -len(match[0]), name) for key, name in names for match in words.pattern(key).finditer(folded)
    ]
    if not found:
        return ""
    first, length, name = min(found)
    # `deux fois par an` also holds `par an`, and begins before it; `par trimestre, deux fois par an` keeps the first.
    longer = [other for other in found if other[0] <= first and other[1] < length]
    return min(longer, key=lambda other: other[1])[2] if longer else name


def span_of(moment: Moment, frame: Frame) -> tuple[date, date] | None:
    """Return first and last day of a moment, None where no year is known."""
    if moment.until:
        last = span_of(replace(moment.until, year=moment.until.year or moment.year), frame)
        first = span_of(replace(moment, until=None, year=moment.year or moment.until.year), frame)
        if not (first and last):
            return None
        if first[0] > last[1] and not moment.year:
            first = first[0].replace(year=first[0].year - 1), first[1]
        return first[0], last[1]
    year = moment.year or _year_for(moment, frame)
    if year is None:
        return None
    if moment.is_year:
        return _years(moment, year, frame)
    first_month, last_month = _months(moment)
    if _is_fiscal(moment, frame):
        return _fiscal(moment, year, frame)
    try:
        if moment.day:
            return (date(year, first_month, moment.day),) * 2
        return date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])
    except ValueError:
        return None


def edtf(moment: Moment, frame: Frame) -> str:
    """Return the moment in EDTF, empty where no year is known."""
    span = span_of(moment, frame)
    if span is None:
        return ""
    first, last = span
    if moment.edge == "end" and not moment.day and not moment.until:
        return last.isoformat()
    if moment.edge == "mid" and moment.month and not moment.day:
        return first.replace(day=15).isoformat()
    if moment.edge == "mid" and moment.is_year:
        return f"{first.year:04}-06"
    if moment.until:
        return _interval(moment, first, last)
    if moment.is_year or moment.turn:
        return f"{first.year:04}" if (first.month, last.month, first.year) == (1, 12, last.year) else _both(first, last)
    if _is_fiscal(moment, frame):
        return f"{first:%Y-%m}/{last:%Y-%m}"
    part = {"quarter": 32 + (moment.quarter or 0), "half": 39 + (moment.half or 0)}
    name = "quarter" if moment.quarter else "half" if moment.half else ""
    if name:
        return f"{first.year:04}-{part[name]}"
    return first.isoformat() if moment.day else f"{first:%Y-%m}"


_PARTS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}


def calendar_span(value: str) -> PartialDate | None:
    """Return an EDTF value with quarters and halves as months, `2026-34` as `2026-04/2026-06`; None for what is none."""
    first, _, last = value.partition("/")
    try:
        spans = [_months_of(part) for part in (first, last or first)]
        low, high = spans[0][0], spans[1][1]
        return PartialDate(low if low == high else f"{low}/{high}")
    except (NotADate, ValueError):
        return None


def _months_of(part: str) -> tuple[str, str]:
    number = part[5:7]
    if len(part) == 7 and number.isdigit() and int(number) in _PARTS:
        low, high = _PARTS[int(number)]
        return f"{part[:4]}-{low:02}", f"{part[:4]}-{high:02}"
    return part, part


def _interval(moment: Moment, first: date, last: date) -> str:
    if moment.day or (moment.until and moment.until.day):
        return f"{first.isoformat()}/{last.isoformat()}"
    if moment.is_year and moment.until and moment.until.is_year:
        return f"{first.year:04}/{last.year:04}"
    return f"{first:%Y-%m}/{last:%Y-%m}"


def _both(first: date, last: date) -> str:
    if (first.month, last.month) == (1, 12):
        return f"{first.year:04}/{last.year:04}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _months(moment: Moment) -> tuple[int, int]:
    if moment.quarter:
        return 3 * moment.quarter - 2, 3 * moment.quarter
    if moment.half:
        return 6 * moment.half - 5, 6 * moment.half
    if moment.turn:
        return 1, 12
    return moment.month or 1, moment.month or 12


def _years(moment: Moment, year: int, frame: Frame) -> tuple[date, date]:
    """A year; `2025/26` in a plan whose years begin in July is one such year, else two calendar years."""
    month = frame.fiscal_month
    if moment.last_year == year + 1 and month != 1:
        return date(year, month, 1), date(year + 1, month, 1) - timedelta(days=1)
    return date(year, 1, 1), date(moment.last_year or year, 12, 31)


def _is_fiscal(moment: Moment, frame: Frame) -> bool:
    parted = moment.quarter or moment.half
    return bool(parted) and (moment.last_year is not None or (frame.fiscal_month != 1 and moment.year is None))


def _fiscal(moment: Moment, year: int, frame: Frame) -> tuple[date, date]:
    """Three or six months of a year that begins in the plan's own month, in July where the plan does not say."""
    begin = frame.fiscal_month if frame.fiscal_month != 1 else 7
    low, high = _months(moment)
    first, last = begin + low - 1, begin + high - 1
    low_day = date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return low_day, date(end_year, end_month, monthrange(end_year, end_month)[1])


def _year_for(moment: Moment, frame: Frame) -> int | None:
    """The year in which a moment without one lies: the first in the plan's period, else the first after its signing."""
    known = frame.first or frame.signed
    if known is None:
        return None
    if moment.turn == "next":
        return known.year + 1
    if _is_fiscal(moment, frame) or moment.turn:
        return known.year
    month = _months(moment)[1]
    start = max(known, frame.signed) if frame.signed and frame.last and frame.signed < frame.last else known
    return start.year if month >= start.month or start.month == 1 else start.year + 1


def _values(moments: list[Moment], frame: Frame) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for moment in _with_years(moments):
        value = edtf(moment, frame)
        if value:
            found[value] = None
    return tuple(found)


def _with_years(moments: list[Moment]) -> list[Moment]:
    """`March, July and November 2026`: a moment without a year has that of the next one, else of the one before."""
    filled: list[Moment] = []
    year = None
    for moment in reversed(moments):
        stated = moment.year or (moment.until.year if moment.until else None)
        year = stated or year
        filled.append(moment if stated or moment.turn else replace(moment, year=year))
    filled.reverse()
    last = None
    for index, moment in enumerate(filled):
        last = moment.year or last
        if not moment.year and not moment.turn and not moment.until:
            filled[index] = replace(moment, year=last)
    return filled


def _without_doubles(moments: list[Moment], text: str, frame: Frame) -> list[Moment]:
    """`Q2 FY2025/26 (Oct-Dec 2025)`: what brackets say again counts, and what stands before them does not."""
    kept = _with_years(moments)
    for bracket in regex.finditer(r"\(([^()]*)\)", text):
        inside = [moment for moment in kept if bracket.start() < moment.start < bracket.end()]
        spans = [span for span in (span_of(moment, frame) for moment in inside) if span]
        if spans:
            low, high = min(span[0] for span in spans), max(span[1] for span in spans)
            kept = [m for m in kept if m in inside or not _overlaps(span_of(m, frame), low, high)]
    years = [moment for moment in kept if not moment.is_year]
    covered = {moment.year for moment in years}
    # `2026: in May and in November`: the year says nothing more.
    return [moment for moment in kept if not (moment.is_year and moment.year in covered and not moment.until)]


def _overlaps(span: tuple[date, date] | None, low: date, high: date) -> bool:
    return span is not None and span[0] <= high and span[1] >= low


def _last_day(moment: Moment, frame: Frame) -> date:
    span = span_of(moment, frame)
    return span[1] if span else date.max


def _span(moments: list[Moment], text: str) -> tuple[int, int]:
    return (moments[0].start, moments[-1].end) if moments else (0, len(text))


_YEAR_CUE = regex.compile(
    r"(?:\b(?:en|courant|d'ici|d'ici a|d'ici la fin|pendant|durant|avant|fin|cours de l'annee|l'annee|horizon|in|by|during|before|within|until|throughout|end of|year|trong|năm|trước|đến|cuối|hết)(?:\s(?:l'annee|the year|calendar year|la fin|fin|năm|hết))?)\s?$"
)
_NOT_OWN_LINKS = r"(?:\s(?:\w+\s){0,3}?(?:of|du|de|le|of the|on|dated|signed on|signe le|conclu le|ngày|năm|for|pour)\s?(?:l'annee\s|the\s|year\s|le\s)?|\s)$"


def _is_own(moment: Moment, text: str, words: PlanWords) -> bool:
    """Whether a moment in a sentence is that of what is promised: not that of an instrument, not a bare year without a cue."""
    before = words.fold(text[max(0, moment.start - 60) : moment.start])
    if _of_instrument(before, words, moment, words.fold(text[moment.end : moment.end + 24])):
        return False
    if any(match.end() >= len(before.rstrip()) - 3 for match in words.pattern("since").finditer(before)):
        return False
    return not moment.is_year or moment.edge != "" or _YEAR_CUE.search(before) is not None


def _of_instrument(before: str, words: PlanWords, moment: Moment, after: str) -> bool:
    """`the agreement of 12 May 2019`, `the 2025 plan`, `kế hoạch năm 2025`."""
    if moment.is_year and words.language == "en" and words.pattern("instrument_of").match(after.lstrip()):
        return True
    nouns = list(words.pattern("instrument_of").finditer(before))
    if not nouns:
        return False
    between = before[nouns[-1].end() :]
    linked = regex.fullmatch(
        r"[^,.;:()]{0,24}?\b(?:of|du|de|le|on|dated|ngày|năm|for|pour|in)\s?(?:l'annee\s|the\s|year\s|le\s|fy\s)?",
        between,
    )
    short = len(between.split()) <= (3 if moment.is_year else 2)
    return (linked is not None and short) or not between.strip()


_RELATIVE = {
    "fr": r"(?P<n>\d+|{numbers})\s(?:\(\d+\)\s)?(?P<unit>jours?|semaines?|mois|ans?)\s(?:\w+\s){{0,2}}?(?:suivant|apres|a compter|a partir|qui suivent|de la|des la|après)\s?(?:de\s|d')?(?P<what>[^.;,]{{0,60}})",
    "en": r"(?P<n>\d+|{numbers})\s(?:\(\d+\)\s)?(?:working\s|calendar\s)?(?P<unit>days?|weeks?|months?|years?)\s(?:of|from|after|following|as of|counting from)\s(?P<what>[^.;,]{{0,60}})",
    "vi": r"(?P<n>\d+|{numbers})\s(?:\(\d+\)\s)?(?P<unit>ngày|tuần|tháng|năm)(?:\slàm việc)?\s?,?\s?(?:kể từ|sau|tính từ|từ)\s(?P<what>[^.;,]{{0,60}})",
}
_SIGNING = regex.compile(
    r"sign|ký|entree en vigueur|entry into force|coming into force|hiệu lực|adopt|approv|approb|thông qua|prise d'effet|this (?:meeting|plan)|present(?:e)? (?:plan|reunion)|la reunion|the meeting|hội đàm|cuộc họp|date of the|la date des presentes|hôm nay"
)
_UNITS = {"j": "d", "d": "d", "ngày": "d", "s": "w", "w": "w", "tuần": "w", "a": "y", "y": "y", "năm": "y"}


def deadline_from_signing(text: str, words: PlanWords, frame: Frame) -> tuple[str, ...]:
    """`within three months of signing`: the day, counted from the signing; nothing where that is not known."""
    if frame.signed is None:
        return ()
    numbers = "|".join(sorted(map(regex.escape, words.numbers), key=len, reverse=True))
    match = regex.search(rf"\b{_RELATIVE[words.language].format(numbers=numbers)}", words.fold(text))
    if match is None or not _SIGNING.search(match["what"]):
        return ()
    number = int(match["n"]) if match["n"].isdigit() else words.numbers[match["n"]]
    unit = match["unit"]
    kind = _UNITS.get(unit) or _UNITS.get(unit[0], "m") if not unit.startswith(("mo", "th")) else "m"
    return (_later(frame.signed, number, kind).isoformat(),)


def _later(day: date, number: int, kind: str) -> date:
    if kind in "dw":
        return day + timedelta(days=min(number, 5000) * (7 if kind == "w" else 1))
    months = day.month - 1 + min(number, 600) * (12 if kind == "y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
