"""Where each part of a mechanism's timeline stands in its drawing (SVG units), from the derived timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from entraide.programme.api import Lane, MechanismView, Timeline, load_wording
from entraide.web.templatetags.programme import edtf, here, series_title

WIDTH, LEFT, RIGHT, TOP, LANE = 960, 24, 936, 40, 74


@dataclass(frozen=True, slots=True)
class Dot:
    """A meeting, a gap (`kind` missing) or what is due (`due`, `overdue`): where, with which label and link."""

    x: float
    label: str
    title: str
    kind: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane with its name at `name_y` and its dots on a line at `y`."""

    name: str
    name_y: float
    y: float
    label_y: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole timeline: `ticks` are years with their x, `text` says the same in words."""

    width: int
    height: int
    left: int
    right: int
    ticks: tuple[tuple[int, float], ...]
    lanes: tuple[DrawnLane, ...]
    today_x: float | None = None

    @property
    def bottom(self) -> int:
        """Where the lines of the years end."""
        return self.height - 8


def draw_timeline(mechanism: MechanismView, timeline: Timeline) -> Drawing:
    """Return the drawing of a mechanism's timeline; lanes without any meeting are left out."""
    names = {series.id: series_title(series) for series in mechanism.series}
    shown = [lane for lane in timeline.lanes if lane.marks or lane.undated]
    lanes = tuple(
        _lane(lane, names.get(lane.series_id) or series_title(None), index)  # type: ignore[call-overload]
        for index, lane in enumerate(shown)
    )
    ticks = tuple((year, _x(position)) for year, position in timeline.ticks if position <= 1)
    return Drawing(WIDTH, TOP + LANE * max(1, len(lanes)), LEFT, RIGHT, ticks, lanes)


def _lane(lane: Lane, name: str, index: int) -> DrawnLane:
    top = TOP + LANE * index
    dots = [
        Dot(
            _x(mark.position),
            _number(mark.ordinal),
            _title(name, mark.ordinal, edtf(mark.date)),
            "held",
            _href(mark.id),
        )
        for mark in lane.marks
    ]
    dots += [
        Dot(_x(gap.position), _number(gap.ordinal), _title(name, gap.ordinal, gettext("no source recorded")), "missing")
        for gap in lane.missing
    ]
    if lane.next_due is not None:
        due = lane.next_due
        said = gettext("overdue since %(year)s") if due.overdue else gettext("due in %(year)s")
        title = _title(name, due.ordinal, said % {"year": due.year})
        dots.append(Dot(_x(due.position), _number(due.ordinal), title, "overdue" if due.overdue else "due"))
    return DrawnLane(
        " · ".join((name, *_undated(lane))), top + 18, top + 40, top + 62, tuple(sorted(dots, key=lambda dot: dot.x))
    )


def _undated(lane: Lane) -> list[str]:
    """Return what the line cannot show: numbered meetings whose date no source tells."""
    numbers = [_number(meeting.ordinal) for meeting in lane.undated if meeting.ordinal]
    return [gettext("%(number)s, date not known") % {"number": ", ".join(numbers)}] if numbers else []


def _x(position: float) -> float:
    return round(LEFT + position * (RIGHT - LEFT), 1)


def _number(ordinal: int | None) -> str:
    return load_wording(here()).ordinal(ordinal) if ordinal else ""


def _title(name: str, ordinal: int | None, when: str) -> str:
    return " · ".join(part for part in (name, _number(ordinal), when) if part)


def _href(meeting_id: UUID) -> str:
    return reverse("register:meeting", args=[meeting_id])
