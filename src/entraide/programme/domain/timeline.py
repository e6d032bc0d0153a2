"""A mechanism over time: one lane per series, its meetings, what is missing between them, and what is due next.

All of it is derived from the recorded meetings; what is derived says so and is never stored.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from statistics import median
from uuid import UUID

from entraide.kernel.partial_dates import PartialDate

DAYS_IN_YEAR = 365.25


class DueBasis(StrEnum):
    """Why a meeting is expected: the rhythm of those before it, or a source that announced it."""

    CADENCE = "cadence"
    ANNOUNCED = "announced"


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
class TimedMention:
    """A meeting that is not recorded itself: a source of the meeting `told_by` mentions it, or announces it (`later`).

    `id` is that of the mention.
    """

    id: UUID
    told_by: UUID
    ordinal: int | None
    date: PartialDate | None
    later: bool

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
class Mention:
    """A meeting known only because the source of another one (`told_by`) mentions it, on its lane."""

    id: UUID
    told_by: UUID
    ordinal: int | None
    date: PartialDate
    position: float


@dataclass(frozen=True, slots=True)
class Gap:
    """An ordinal that no source has told of, at the place on the axis that its neighbours suggest.

    Where the source of the meeting `told_by` mentions it without a date, that is all that is known of it.
    """

    ordinal: int
    position: float
    told_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class NextDue:
    """The meeting that should come next: its ordinal, the year in which it falls due, and the interval in years.

    `overdue` tells whether that time has passed without a recorded meeting; `position` is the middle of the year. What
    a source announced goes before the rhythm: then `basis` says so, `date` is what was announced, by the source of the
    meeting `told_by`, and `interval` is 0 where there is no rhythm yet.
    """

    ordinal: int | None
    year: int
    interval: int
    overdue: bool
    position: float = 1.0
    basis: DueBasis = DueBasis.CADENCE
    date: PartialDate | None = None
    told_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One series on the timeline: dated meetings, ordinals that no source has told of, and what is due next.

    `undated` are recorded meetings whose year is not known, `mentions` meetings that are not recorded but that other
    sources tell of; `series_id` is None for meetings outside any series.
    """

    series_id: UUID | None
    marks: tuple[Mark, ...]
    undated: tuple[TimedMeeting, ...]
    missing: tuple[Gap, ...]
    next_due: NextDue | None
    mentions: tuple[Mention, ...] = ()


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
        return tuple((year, self.place(dt.date(year, 1, 1))) for year in years)

    def place(self, day: dt.date) -> float:
        """Return where a day stands on the axis, from 0 to 1; below or above for a day outside it."""
        return place_on_axis(day, self.first_year, self.last_year)


def place_on_axis(day: dt.date, first_year: int, last_year: int) -> float:
    """Return where `day` lies between the start of `first_year` and the end of `last_year`, from 0 to 1."""
    start, end = dt.date(first_year, 1, 1), dt.date(last_year + 1, 1, 1)
    return (day - start).days / (end - start).days


def derive_timeline(
    series: Sequence[tuple[UUID | None, Sequence[TimedMeeting]]],
    today: dt.date,
    *,
    mentions: Mapping[UUID | None, Sequence[TimedMention]] | None = None,
    others: Sequence[dt.date] = (),
) -> Timeline:
    """Return the timeline of a mechanism's meetings, grouped by series, as of `today`.

    `mentions` are meetings that are told of but not recorded, by series; `others` are days of other things that are to
    be drawn on the same axis.
    """
    told = mentions or {}
    held = [meeting.day for _, meetings in series for meeting in meetings]
    past = [mention.day for many in told.values() for mention in many if not mention.later]
    years = [day.year for day in (today, *held, *past, *others) if day] + _years_due(series, today, told)
    first, last = min(years), max(years)
    step = max(1, -(-(last - first + 1) // 8))
    lanes = tuple(
        _lane(series_id, meetings, told.get(series_id, ()), first, last, today) for series_id, meetings in series
    )
    return Timeline(first, last, step, lanes)


def shorten_timeline(timeline: Timeline, most: int) -> Timeline:
    """Return the timeline from the first year since which at most `most` meetings stand on it; itself if all fit.

    The last year is always kept. What has no date stays as it is.
    """
    for year in range(timeline.first_year, timeline.last_year + 1):
        start = timeline.place(dt.date(year, 1, 1))
        count = sum(mark.position >= start for lane in timeline.lanes for mark in lane.marks)
        if count <= most or year == timeline.last_year:
            return timeline if year == timeline.first_year else _from_year(timeline, year, start)
    return timeline


def _from_year(timeline: Timeline, year: int, start: float) -> Timeline:
    def moved(position: float) -> float:
        return (position - start) / (1 - start)

    lanes = tuple(
        replace(
            lane,
            marks=tuple(replace(one, position=moved(one.position)) for one in lane.marks if one.position >= start),
            mentions=tuple(
                replace(one, position=moved(one.position)) for one in lane.mentions if one.position >= start
            ),
            missing=tuple(replace(one, position=moved(one.position)) for one in lane.missing if one.position >= start),
            next_due=replace(due, position=max(0.0, moved(due.position))) if (due := lane.next_due) else None,
        )
        for lane in timeline.lanes
    )
    step = max(1, -(-(timeline.last_year - year + 1) // 8))
    return Timeline(year, timeline.last_year, step, lanes)


def derive_missing(ordinals: Sequence[int]) -> tuple[int, ...]:
    """Return the ordinals that no recorded meeting has, between the first and the last recorded one."""
    known = set(ordinals)
    return tuple(number for number in range(min(known), max(known)) if number not in known) if known else ()


def derive_next_due(
    meetings: Sequence[TimedMeeting], today: dt.date, mentions: Sequence[TimedMention] = ()
) -> NextDue | None:
    """Return what is due next in a series: what was announced, else what its rhythm suggests, else None.

    A rhythm needs two dated meetings, reported or mentioned: the interval is the median time per ordinal between
    neighbouring numbered meetings (per meeting where they are not numbered), rounded to whole years and at least one.
    It is overdue once that year has passed; an announced meeting once its year, its month or its day has.
    """
    known = [TimedMeeting(item.id, item.ordinal, item.date) for item in mentions if not item.later]
    rhythm = _due_by_rhythm(sorted([*meetings, *known], key=lambda item: item.day or dt.date.max), today)
    announced = _announced(meetings, mentions)
    if announced is None or announced.date is None or announced.day is None:
        return rhythm
    following = _next_ordinal(meetings)
    return NextDue(
        ordinal=announced.ordinal or following,
        year=announced.day.year,
        interval=rhythm.interval if rhythm else 0,
        overdue=_has_passed(announced.date, today),
        basis=DueBasis.ANNOUNCED,
        date=announced.date,
        told_by=announced.told_by,
    )


def _dated(meetings: Sequence[TimedMeeting]) -> list[tuple[dt.date, int]]:
    """Return day and number of each meeting, by day; where fewer than two have both, day and place in the list."""
    numbered = sorted((meeting.day, meeting.ordinal) for meeting in meetings if meeting.day and meeting.ordinal)
    if len(numbered) > 1:
        return numbered
    return sorted((meeting.day, index) for index, meeting in enumerate(meetings) if meeting.day)


def _due_by_rhythm(meetings: Sequence[TimedMeeting], today: dt.date) -> NextDue | None:
    dated = _dated(meetings)
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
    return NextDue(_next_ordinal(meetings), due.year, interval, today.year > due.year)


def _next_ordinal(meetings: Sequence[TimedMeeting]) -> int | None:
    ordinals = [meeting.ordinal for meeting in meetings if meeting.ordinal]
    return max(ordinals) + 1 if ordinals else None


def _years_due(
    series: Sequence[tuple[UUID | None, Sequence[TimedMeeting]]],
    today: dt.date,
    told: Mapping[UUID | None, Sequence[TimedMention]],
) -> list[int]:
    dues = [derive_next_due(meetings, today, told.get(key, ())) for key, meetings in series if key is not None]
    return [due.year for due in dues if due]


MONTH = 31
"""Days within which an announced date tells one meeting from another of the same States."""


def is_closed(
    mention: TimedMention, series: Sequence[TimedMeeting], others: Sequence[TimedMeeting], told_on: dt.date | None
) -> bool:
    """Whether what was announced is on record, so that nothing is expected any more.

    Of its own series: a meeting with its number or a later one; where one of the two has no number, one on the days
    that were announced, or, where no year was, after the day of the meeting at which it was (`told_on`). Of `others` of
    the same mechanism: one on those days, where they are of one month or the numbers agree.
    """
    own = [meeting for meeting in series if meeting.id != mention.told_by]
    if any(_answers(mention, meeting, told_on) for meeting in own):
        return True
    return any(_is_like(mention, meeting) for meeting in others if meeting.id != mention.told_by)


def _is_like(mention: TimedMention, meeting: TimedMeeting) -> bool:
    """Whether a meeting of no series, or of another, was the one that was announced."""
    if not _is_within(mention, meeting):
        return False
    if mention.ordinal and meeting.ordinal:
        return mention.ordinal == meeting.ordinal
    return mention.date is not None and _days(mention.date) <= MONTH


def _answers(mention: TimedMention, meeting: TimedMeeting, told_on: dt.date | None) -> bool:
    if mention.ordinal and meeting.ordinal:
        return mention.ordinal <= meeting.ordinal
    if mention.day is None:
        return told_on is not None and meeting.day is not None and meeting.day > told_on
    return _is_within(mention, meeting)


def _is_within(mention: TimedMention, meeting: TimedMeeting) -> bool:
    """Whether a meeting was on the days, in the month or in the year that was announced."""
    if mention.date is None or mention.day is None or meeting.day is None:
        return False
    return mention.date.earliest <= meeting.day <= mention.date.latest


def _days(value: PartialDate) -> int:
    return (value.latest - value.earliest).days + 1


def _announced(meetings: Sequence[TimedMeeting], mentions: Sequence[TimedMention]) -> TimedMention | None:
    """Return the first announced meeting after the last recorded one, None where none was announced with its year."""
    last_day = max((meeting.day for meeting in meetings if meeting.day), default=dt.date.min)
    last = max((meeting.ordinal for meeting in meetings if meeting.ordinal), default=0)

    def is_open(mention: TimedMention) -> bool:
        return mention.later and (mention.day or dt.date.min) > last_day and (mention.ordinal or last + 1) > last

    open_ones = [mention for mention in mentions if is_open(mention)]
    return min(open_ones, key=lambda mention: (mention.day or dt.date.max, mention.id), default=None)


def _has_passed(value: PartialDate, today: dt.date) -> bool:
    """Whether the year, the month or the day that an announcement ends with lies before that of `today`."""
    parts = [part for part in value.end.split("-") if part.isdigit()]
    return parts < [f"{today.year:04}", f"{today.month:02}", f"{today.day:02}"][: len(parts)]


def _lane(
    series_id: UUID | None,
    meetings: Sequence[TimedMeeting],
    told: Sequence[TimedMention],
    first: int,
    last: int,
    today: dt.date,
) -> Lane:
    marks = _marks(meetings, first, last)
    mentions = _mentions(told, first, last)
    due = derive_next_due(meetings, today, told) if series_id is not None else None
    drawn: list[Mark | Mention] = [*marks, *mentions]
    placed = sorted((item.ordinal, item.position) for item in drawn if item.ordinal)
    counted: list[TimedMeeting | Mention] = [*meetings, *mentions]
    numbers = [item.ordinal for item in counted if item.ordinal]
    return Lane(
        series_id=series_id,
        marks=tuple(marks),
        undated=tuple(meeting for meeting in meetings if meeting.day is None),
        missing=_gaps(numbers, placed, told),
        next_due=_placed(due, first, last) if due else None,
        mentions=tuple(mentions),
    )


def _marks(meetings: Sequence[TimedMeeting], first: int, last: int) -> list[Mark]:
    """Return the dated meetings along the axis."""
    marks = [
        Mark(meeting.id, meeting.ordinal, meeting.date, place_on_axis(meeting.day, first, last))
        for meeting in meetings
        if meeting.day and meeting.date
    ]
    return sorted(marks, key=lambda mark: mark.position)


def _mentions(told: Sequence[TimedMention], first: int, last: int) -> list[Mention]:
    """Return the earlier meetings that are told of with a date, along the axis."""
    mentions = [
        Mention(item.id, item.told_by, item.ordinal, item.date, place_on_axis(item.day, first, last))
        for item in told
        if item.day and item.date and not item.later
    ]
    return sorted(mentions, key=lambda mention: mention.position)


def _placed(due: NextDue, first: int, last: int) -> NextDue:
    """Return what is due with its place on the axis: its day, or the middle of its year."""
    day = due.date.earliest if due.date and len(due.date.start) > 4 else dt.date(due.year, 7, 1)
    return replace(due, position=place_on_axis(day, first, last))


def _gaps(numbers: Sequence[int], known: Sequence[tuple[int, float]], told: Sequence[TimedMention]) -> tuple[Gap, ...]:
    """Return what is missing between the `known` numbers with their positions, evenly between its neighbours."""
    missing = set(derive_missing(numbers))
    tellers = {item.ordinal: item.told_by for item in told if not item.later}
    gaps = []
    for (before, start), (after, end) in pairwise(known):
        gaps += [
            Gap(ordinal, start + (end - start) * (ordinal - before) / (after - before), tellers.get(ordinal))
            for ordinal in range(before + 1, after)
            if ordinal in missing
        ]
    return tuple(gaps)
