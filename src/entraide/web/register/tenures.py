"""The holders of a post over time: a line for each, from the first to the last day on which a source shows them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from entraide.directory.api import Tenure
from entraide.kernel.partial_dates import PartialDate

LEFT, RIGHT = 3.0, 97.0
YEARS = 8


@dataclass(frozen=True, slots=True)
class DrawnTenure:
    """A holder with the places of the first and the last day, as percentages of the drawing's width."""

    tenure: Tenure
    x1: float
    x2: float


@dataclass(frozen=True, slots=True)
class DrawnPost:
    """All holders whose years are known, over the same `ticks`: years with their places."""

    ticks: tuple[tuple[int, float, str], ...]
    holders: tuple[DrawnTenure, ...]


def draw_tenures(tenures: Sequence[Tenure], this_year: int) -> DrawnPost:
    """Return the holders on an axis of whole years that ends with `this_year`, in the order of `tenures`."""
    dated = [(tenure, _day(tenure.first_seen), _day(tenure.last_seen)) for tenure in tenures]
    known = [(tenure, first, last) for tenure, first, last in dated if first and last]
    if not known:
        return DrawnPost((), ())
    start = min(first.year for _, first, _ in known)
    end = max(this_year, *(last.year for _, _, last in known)) + 1
    step = max(1, -(-(end - start) // YEARS))

    def place(day: dt.date) -> float:
        share = (day - dt.date(start, 1, 1)).days / (dt.date(end, 1, 1) - dt.date(start, 1, 1)).days
        return round(LEFT + share * (RIGHT - LEFT), 2)

    anchors = {end: "end", start: "start"}
    ticks = tuple(
        (year, place(dt.date(year, 1, 1)), anchors.get(year, "middle")) for year in range(start, end + 1, step)
    )
    return DrawnPost(ticks, tuple(DrawnTenure(tenure, place(first), place(last)) for tenure, first, last in known))


def _day(value: PartialDate) -> dt.date | None:
    return value.earliest if value.year is not None else None
