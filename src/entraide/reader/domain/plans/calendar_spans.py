"""What moments mean: first and last day, and their EDTF value, in the years of the plan."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.reader.domain.plans.moments import Moment

Span = tuple[date, date]
"""First and last day."""
_JULY = 7
_PARTS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
"""Months of the quarters and halves of a year, by their codes in EDTF."""


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


def span_of(moment: Moment, frame: Frame) -> Span | None:
    """Return first and last day of a moment, None where no year is known or the day does not exist."""
    if moment.until:
        return _span_until(moment, moment.until, frame)
    year = moment.year or _year_for(moment, frame)
    if year is None:
        return None
    if moment.is_year or _is_fiscal(moment, frame):
        return _years(moment, year, frame) if moment.is_year else _fiscal(moment, year, frame)
    low, high = _months(moment)
    try:
        if moment.day:
            return (date(year, low, moment.day),) * 2
        return date(year, low, 1), date(year, high, monthrange(year, high)[1])
    except ValueError:
        return None


def _span_until(moment: Moment, until: Moment, frame: Frame) -> Span | None:
    last = span_of(replace(until, year=until.year or moment.year), frame)
    first = span_of(replace(moment, until=None, year=moment.year or until.year), frame)
    if not (first and last):
        return None
    if first[0] > last[1] and not moment.year:
        # `from November to February 2027`.
        return first[0].replace(year=first[0].year - 1, day=min(first[0].day, 28)), last[1]
    return first[0], last[1]


def edtf(moment: Moment, frame: Frame) -> str:
    """Return the moment in EDTF, empty where no year is known."""
    span = span_of(moment, frame)
    if span is None:
        return ""
    first, last = span
    if moment.until:
        return _interval(moment, first, last)
    if moment.day:
        return first.isoformat()
    return _at_edge(moment, first, last) or _whole(moment, first, last, frame)


def _at_edge(moment: Moment, first: date, last: date) -> str:
    """`end of June`, `mid-March`, `mid-2026`."""
    if moment.edge == "end":
        return last.isoformat()
    if moment.edge == "mid" and (moment.month or moment.is_year):
        return first.replace(day=15).isoformat() if moment.month else f"{first.year:04}-06"
    return ""


def _whole(moment: Moment, first: date, last: date, frame: Frame) -> str:
    if moment.is_year or moment.turn:
        return f"{first.year:04}" if (first.month, last.month, first.year) == (1, 12, last.year) else _both(first, last)
    if _is_fiscal(moment, frame):
        return f"{first:%Y-%m}/{last:%Y-%m}"
    if moment.month:
        return f"{first:%Y-%m}"
    return f"{first.year:04}-{32 + moment.quarter if moment.quarter else 39 + (moment.half or 0)}"


def calendar_span(value: str) -> PartialDate | None:
    """Return an EDTF value with quarters and halves as months, `2026-34` as `2026-04/2026-06`; None for no value."""
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
    begin = frame.fiscal_month if frame.fiscal_month != 1 else _JULY
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
    if moment.turn or _is_fiscal(moment, frame):
        return known.year + (moment.turn == "next")
    start = known
    if frame.signed and frame.last and frame.signed < frame.last:
        start = max(known, frame.signed)
    return start.year if _months(moment)[1] >= start.month else start.year + 1
