"""Where each part of a mechanism's timeline stands in its drawing, from the derived timeline.

Positions are percentages of the drawing's width, so that its letters keep their size on any screen; heights are pixels.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    ActionKind,
    ActionView,
    InstrumentView,
    Lane,
    Level,
    MechanismView,
    Timeline,
    shorten_timeline,
)
from entraide.web.naming import name_instrument
from entraide.web.register.due import due_text, number_text
from entraide.web.templatetags.programme import capitalised, edtf, numbered, series_title, term

LEFT, RIGHT = 2.0, 98.0
DOT, ROW, EDGE = 26, 28, 18
WIDTHS = (36, 56, 72, 110)
"""How wide a drawing may be, in rem of 16 pixels; the first in which no more than two dots stand above each other."""
MOST = 100
DRAWN = frozenset(ActionKind) - {ActionKind.REFERENCED}


@dataclass(frozen=True, slots=True)
class Dot:
    """A meeting or an act: its place, its number, what it is in words, its link.

    `kind` is `held`, `mentioned`, `missing`, `due` or `overdue` for a meeting, `act` or `signed` for an instrument.
    """

    x: float
    number: str
    title: str
    kind: str
    href: str = ""
    y: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line between two dots: `solid`, `gap` where a number between them is missing, `due` to what should come."""

    x1: float
    x2: float
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The period of a plan."""

    x: float
    width: float
    label: str
    title: str
    href: str
    y: int


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane: its name, a note beside it, its height, the height of its line, and what stands on it."""

    name: str
    note: str
    height: int
    y: int
    stretches: tuple[Stretch, ...]
    dots: tuple[Dot, ...]
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole timeline: `ticks` are years with their places, `width` is one of `WIDTHS`.

    `since` is the first year that is drawn where earlier ones are left out.
    """

    ticks: tuple[tuple[int, float, str], ...]
    today: float
    lanes: tuple[DrawnLane, ...]
    width: int
    since: int | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of dots that occur, for the legend."""
        return frozenset(dot.kind for lane in self.lanes for dot in lane.dots)


def axis_days(instruments: Sequence[InstrumentView]) -> tuple[dt.date, ...]:
    """Return the days that instruments add to the axis: of their acts, and the first and last of their periods."""
    days = [day for _, _, day in _acts(instruments)]
    for _, first, last in _periods(instruments):
        days += [dt.date(first, 1, 1), dt.date(last, 12, 31)]
    return tuple(days)


def _has_something(lane: Lane) -> bool:
    return bool(lane.marks or lane.undated or lane.mentions or lane.next_due)


def _anchor(position: float) -> str:
    """Return how a year is set at its tick: within the drawing at both ends, else centred."""
    if position > 0.97:
        return "end"
    return "start" if position < 0.03 else "middle"


def draw_timeline(
    mechanism: MechanismView, timeline: Timeline, instruments: Sequence[InstrumentView], today: dt.date
) -> Drawing:
    """Return the drawing of a mechanism's timeline; lanes without anything to show are left out.

    Of a very long one only the years are drawn in which the latest `MOST` meetings lie.
    """
    since, timeline = timeline.first_year, shorten_timeline(timeline, MOST)
    order = {series.id: list(Level).index(series.level) for series in mechanism.series}
    shown = [lane for lane in timeline.lanes if _has_something(lane)]
    shown.sort(key=lambda lane: order.get(lane.series_id, len(Level)))  # type: ignore[call-overload]
    rows = [_dots(mechanism, lane) for lane in shown]
    acts = _act_dots(timeline, instruments)
    width = _width(rows)
    lanes = [_lane(mechanism, lane, dots, width) for lane, dots in zip(shown, rows, strict=True)]
    if acts or _periods(instruments):
        lanes.append(_instrument_lane(timeline, instruments, acts, width))
    return Drawing(
        tuple((year, _x(position), _anchor(position)) for year, position in timeline.ticks if position <= 1),
        _x(timeline.place(today)),
        tuple(lanes),
        width,
        timeline.first_year if timeline.first_year > since else None,
    )


def lane_names(mechanism: MechanismView) -> dict[UUID | None, str]:
    """Return the name of each lane by its series; None stands for meetings outside any series."""
    return {None: series_title(None), **{series.id: series_title(series) for series in mechanism.series}}


def _lane(mechanism: MechanismView, lane: Lane, dots: list[Dot], width: int) -> DrawnLane:
    placed, height = _stack(dots, width)
    y = height - EDGE
    levels = {series.id: term(series.level) for series in mechanism.series}
    name = lane_names(mechanism)[lane.series_id]
    level = levels.get(lane.series_id, "")  # type: ignore[call-overload]  # None has no level
    notes = [level if level != name else "", *_undated(lane), _before(lane)]
    return DrawnLane(
        name, " · ".join(note for note in notes if note), height, y, tuple(_stretches(lane)), tuple(placed)
    )


def _dots(mechanism: MechanismView, lane: Lane) -> list[Dot]:
    name = lane_names(mechanism)[lane.series_id]
    dots = [_dot(name, mark.ordinal, mark.position, "held", edtf(mark.date), mark.id) for mark in lane.marks]
    dots += [
        _dot(
            name,
            told.ordinal,
            told.position,
            "mentioned",
            f"{edtf(told.date)} · {gettext('only mentioned by the source of another meeting')}",
            told.told_by,
        )
        for told in lane.mentions
    ]
    for gap in lane.missing:
        said = gettext("mentioned, date not known") if gap.told_by else gettext("no source recorded")
        dots.append(_dot(name, gap.ordinal, gap.position, "mentioned" if gap.told_by else "missing", said, gap.told_by))
    if lane.next_due is not None:
        due = lane.next_due
        kind = "overdue" if due.overdue else "due"
        dots.append(_dot(name, due.ordinal, due.position, kind, due_text(due), due.told_by))
    return sorted(dots, key=lambda dot: dot.x)


def _dot(name: str, ordinal: int | None, position: float, kind: str, when: str, meeting: UUID | None) -> Dot:
    title = " · ".join(part for part in (capitalised(numbered(ordinal, name)), when) if part)
    href = reverse("register:meeting", args=[meeting]) if meeting else ""
    return Dot(_x(position), str(ordinal or ""), title, kind, href)


def _stretches(lane: Lane) -> Iterable[Stretch]:
    """Yield the line of a series from meeting to meeting; meetings outside any series have none."""
    if lane.series_id is None:
        return
    known = sorted([*(mark.position for mark in lane.marks), *(told.position for told in lane.mentions)])
    gaps = [gap.position for gap in lane.missing if gap.told_by is None]
    for start, end in pairwise(known):
        missing = any(start < gap < end for gap in gaps)
        yield Stretch(_x(start), _x(end), "gap" if missing else "solid")
    if lane.next_due is not None and known:
        yield Stretch(_x(known[-1]), _x(lane.next_due.position), "due")


def _undated(lane: Lane) -> list[str]:
    """Return what the line cannot show: numbered meetings whose date no source tells."""
    numbers = [number_text(meeting.ordinal) for meeting in lane.undated if meeting.ordinal]
    return [gettext("%(number)s, date not known") % {"number": ", ".join(numbers)}] if numbers else []


def _before(lane: Lane) -> str:
    """Return which numbers before the first known one no source tells of."""
    numbers = [mark.ordinal for mark in lane.marks] + [told.ordinal for told in lane.mentions]
    numbers += [meeting.ordinal for meeting in lane.undated]
    first = min((number for number in numbers if number), default=1)
    if first <= 1:
        return ""
    if first == 2:
        return gettext("no source recorded for the first")
    return gettext("no source recorded for numbers 1 to %(last)s") % {"last": first - 1}


def _instrument_lane(
    timeline: Timeline, instruments: Sequence[InstrumentView], acts: list[Dot], width: int
) -> DrawnLane:
    placed, height = _stack(acts, width) if acts else ([], EDGE)
    bars: list[Bar] = []
    ends: list[float] = []
    for instrument, first, last in sorted(_periods(instruments), key=lambda item: item[1:]):
        if last < timeline.first_year:
            continue
        start, end = _x(max(0.0, timeline.place(dt.date(first, 1, 1)))), _x(timeline.place(dt.date(last + 1, 1, 1)))
        row = next((number for number, taken in enumerate(ends) if taken <= start), len(ends))
        ends[row : row + 1] = [end]
        title = " · ".join((name_instrument(instrument).text, edtf(PartialDate(instrument.period))))
        href = reverse("register:instrument", args=[instrument.id])
        bars.append(Bar(start, round(end - start - 0.2, 2), instrument.period, title, href, height + 4 + row * ROW))
    return DrawnLane(
        gettext("Instruments"), "", height + len(ends) * ROW + 4, height - EDGE, (), tuple(placed), tuple(bars)
    )


def _act_dots(timeline: Timeline, instruments: Sequence[InstrumentView]) -> list[Dot]:
    dots = []
    for instrument, action, day in _acts(instruments):
        if day.year < timeline.first_year:
            continue
        kind = "signed" if action.kind in {ActionKind.SIGNED, ActionKind.IN_FORCE} else "act"
        title = f"{name_instrument(instrument).text} · {term(action.kind)} · {edtf(action.date)}"
        href = reverse("register:instrument", args=[instrument.id])
        dots.append(Dot(_x(timeline.place(day)), "", title, kind, href))
    return sorted(dots, key=lambda dot: dot.x)


def _acts(instruments: Sequence[InstrumentView]) -> list[tuple[InstrumentView, ActionView, dt.date]]:
    """Return what was done to instruments on days whose year is known."""
    return [
        (instrument, action, action.date.earliest)
        for instrument in instruments
        for action in instrument.actions
        if action.kind in DRAWN and action.date and action.date.year
    ]


def _periods(instruments: Sequence[InstrumentView]) -> list[tuple[InstrumentView, int, int]]:
    """Return the instruments that hold for certain years, with the first and the last of them."""
    found = []
    for instrument in instruments:
        period = PartialDate(instrument.period) if instrument.period else None
        end = period.end[:4] if period else ""
        if period and period.year and end.isdigit() and int(end) >= period.year:
            found.append((instrument, period.year, int(end)))
    return found


def _stack(dots: Sequence[Dot], width: int) -> tuple[list[Dot], int]:
    """Return `dots` so that none covers another, crowded ones above each other, and the height that they need."""
    apart = DOT / (width * 16) * 100
    ends: list[float] = []
    rows = []
    for dot in dots:
        row = next((number for number, taken in enumerate(ends) if dot.x - taken >= apart), len(ends))
        ends[row : row + 1] = [dot.x]
        rows.append(row)
    height = 2 * EDGE + ROW * max(0, len(ends) - 1)
    y = height - EDGE
    placed = [
        Dot(dot.x, dot.number, dot.title, dot.kind, dot.href, y - ROW * row)
        for dot, row in zip(dots, rows, strict=True)
    ]
    return placed, height


def _width(rows: Sequence[Sequence[Dot]]) -> int:
    for width in WIDTHS:
        if all(_stack(dots, width)[1] <= 2 * EDGE + ROW for dots in rows):
            return width
    return WIDTHS[-1]


def _x(position: float) -> float:
    return round(LEFT + position * (RIGHT - LEFT), 2)
