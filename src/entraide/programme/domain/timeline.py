"""A mechanism over time: one lane per series, its meetings, what is missing between them, and what is due next.

All of it is derived from the recorded meetings; what is derived says so and is never stored.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from uuid import UUID

from entraide.kernel.partial_dates import PartialDate

DAYS_IN_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class TimedMeeting:
    """A meeting as the timeline sees it."""

    id: UUID
    ordinal: int | None
    date: PartialDate | None

    @property
    def day(self) -> dt.date | None:
        """The earliest day that its date can mean, None when the year is not known."""
        return None if self.date is None or self.date.year is None else self.date.earliest


@dataclass(frozen=True, slots=True)
class Mark:
    """A meeting on its lane: `position` from 0 (start of the axis) to 1 (its end)."""

    id: UUID
    ordinal: int | None
    date: PartialDate
    position: float


@dataclass(frozen=True, slots=True)
class Gap:
    """An ordinal that no source has told of, at the place on the axis that its neighbours suggest."""

    ordinal: int
    position: float


@dataclass(frozen=True, slots=True)
class NextDue:
    """The meeting that should come next: its ordinal, the year in which it falls due, and the interval in years.

    `overdue` tells whether that time has passed without a recorded meeting; `position` is the middle of the year.
    """

    ordinal: int | None
    year: int
    interval: int
    overdue: bool
    position: float = 1.0


@dataclass(frozen=True, slots=True)
class Lane:
    """One series on the timeline: dated meetings, ordinals that no source has told of, and what is due next.

    `undated` are recorded meetings whose year is not known; `series_id` is None for meetings outside any series.
    """

    series_id: UUID | None
    marks: tuple[Mark, ...]
    undated: tuple[TimedMeeting, ...]
    missing: tuple[Gap, ...]
    next_due: NextDue | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All lanes over one axis of whole years, `first_year` to `last_year`, with a tick for every `step` years."""

    first_year: int
    last_year: int
    step: int
    lanes: tuple[Lane, ...]

    @property
    def ticks(self) -> tuple[tuple[int, float], ...]:
        """The years to write on the axis with their positions."""
        years = range(self.first_year, self.last_year + 2, self.step)
        return tuple((year, place_on_axis(dt.date(year, 1, 1), self.first_year, self.last_year)) for year in years)


def place_on_axis(day: dt.date, first_year: int, last_year: int) -> float:
    """Return where `day` lies between the start of `first_year` and the end of `last_year`, from 0 to 1."""
    start, end = dt.date(first_year, 1, 1), dt.date(last_year + 1, 1, 1)
    return (day - start).days / (end - start).days


def derive_timeline(series: Sequence[tuple[UUID | None, Sequence[TimedMeeting]]], today: dt.date) -> Timeline:
    """Return the timeline of a mechanism's meetings, grouped by series, as of `today`."""
    days = [meeting.day for _, meetings in series for meeting in meetings if meeting.day]
    dues = [derive_next_due(meetings, today) for series_id, meetings in series if series_id is not None]
    years = [today.year, *(day.year for day in days), *(due.year for due in dues if due)]
    first, last = min(years), max(years)
    step = max(1, -(-(last - first + 1) // 8))
    lanes = tuple(_lane(series_id, meetings, first, last, today) for series_id, meetings in series)
    return Timeline(first, last, step, lanes)


def derive_missing(ordinals: Sequence[int]) -> tuple[int, ...]:
    """Return the ordinals that no recorded meeting has, between the first and the last recorded one."""
    known = set(ordinals)
    return tuple(number for number in range(min(known), max(known)) if number not in known) if known else ()


def derive_next_due(meetings: Sequence[TimedMeeting], today: dt.date) -> NextDue | None:
    """Return what is due next in a series, None when fewer than two dated meetings tell its rhythm.

    The interval is the median time per ordinal between neighbouring numbered meetings (per meeting where they are
    not numbered), rounded to whole years and at least one. It is overdue once that year has passed.
    """
    dated = sorted((meeting.day, meeting.ordinal) for meeting in meetings if meeting.day and meeting.ordinal)
    if len(dated) < 2:
        dated = sorted((meeting.day, index) for index, meeting in enumerate(meetings) if meeting.day)
        if len(dated) < 2:
            return None
    steps = [
        (later - earlier).days / max(1, after - before)
        for (earlier, before), (later, after) in pairwise(dated)
        if after > before
    ]
    if not steps:
        return None
    interval = max(1, round(median(steps) / DAYS_IN_YEAR))
    last_day = dated[-1][0]
    due = last_day + dt.timedelta(days=round(interval * DAYS_IN_YEAR))
    ordinals = [meeting.ordinal for meeting in meetings if meeting.ordinal]
    return NextDue(max(ordinals) + 1 if ordinals else None, due.year, interval, today.year > due.year)


def _lane(series_id: UUID | None, meetings: Sequence[TimedMeeting], first: int, last: int, today: dt.date) -> Lane:
    marks = [
        Mark(meeting.id, meeting.ordinal, meeting.date, place_on_axis(meeting.day, first, last))
        for meeting in meetings
        if meeting.day and meeting.date
    ]
    due = derive_next_due(meetings, today) if series_id is not None else None
    if due is not None:
        due = replace(due, position=place_on_axis(dt.date(due.year, 7, 1), first, last))
    return Lane(
        series_id=series_id,
        marks=tuple(sorted(marks, key=lambda mark: mark.position)),
        undated=tuple(meeting for meeting in meetings if meeting.day is None),
        missing=_gaps(meetings, marks),
        next_due=due,
    )


def _gaps(meetings: Sequence[TimedMeeting], marks: Sequence[Mark]) -> tuple[Gap, ...]:
    """Return what is missing between dated, numbered meetings, evenly between its neighbours."""
    known = sorted((mark.ordinal, mark.position) for mark in marks if mark.ordinal)
    missing = set(derive_missing([meeting.ordinal for meeting in meetings if meeting.ordinal]))
    gaps = []
    for (before, start), (after, end) in pairwise(known):
        gaps += [
            Gap(ordinal, start + (end - start) * (ordinal - before) / (after - before))
            for ordinal in range(before + 1, after)
            if ordinal in missing
        ]
    return tuple(gaps)
