"""The calendar days that a partial date can mean."""

import calendar
from dataclasses import dataclass
from datetime import date

from entraide.kernel.partial_dates import NotADate, PartialDate


@dataclass(frozen=True, slots=True)
class Span:
    """From the first to the last day that a date can mean; `exact` when the source gives the very days."""

    first: date
    last: date
    exact: bool


def span_of(value: PartialDate | None) -> Span | None:
    """Return the span of a date, None when its year is not known.

    A month or a year alone spans all its days: no single day is made up.
    """
    if value is None:
        return None
    first, last = _first(value.start), _last(value.end)
    if first is None or last is None or last < first:
        return None
    return Span(first, last, exact=_is_day(value.start) and _is_day(value.end))


def span_of_period(period: str) -> Span | None:
    """Return the span of an instrument's period (`2025`, `2021/2022`), None when it is not written as a date."""
    try:
        return span_of(PartialDate(period))
    except NotADate:
        return None


def _is_day(part: str) -> bool:
    return len(part) == 10 and "X" not in part


def _first(part: str) -> date | None:
    year, month, day = _numbers(part)
    return date(year, month or 1, (day or 1) if month else 1) if year else None


def _last(part: str) -> date | None:
    year, month, day = _numbers(part)
    if not year:
        return None
    if not month:
        return date(year, 12, 31)
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _numbers(part: str) -> tuple[int, int, int]:
    """Return year, month and day, 0 for each that is not wholly known."""
    year, month, day = [*part.split("-"), "", ""][:3]
    return (int(year) if year.isdigit() else 0, int(month) if month.isdigit() else 0, int(day) if day.isdigit() else 0)
