"""What a mechanism's timeline derives from its meetings."""

import datetime as dt
from datetime import date
from uuid import UUID

import pytest

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.periods import next_period, previous_period
from entraide.programme.domain.timeline import (
    DueBasis,
    TimedMeeting,
    TimedMention,
    derive_missing,
    derive_next_due,
    derive_timeline,
    shorten_timeline,
)

TODAY = date(2025, 6, 1)


def meeting(ordinal, day):
    return TimedMeeting(UUID(int=ordinal or 0), ordinal, PartialDate(day) if day else None)


@pytest.mark.parametrize(
    ("ordinals", "missing"), [([], ()), ([14], ()), ([6, 7, 8], ()), ([6, 8], (7,)), ([1, 4], (2, 3)), ([8, 6], (7,))]
)
def test_missing_ordinals(ordinals, missing):
    """Between the first and the last recorded number, every number that nobody recorded is missing."""
    assert derive_missing(ordinals) == missing


DUE = {
    "every two years": ([(6, "2018-10"), (7, "2021-02-19"), (8, "2023-02-20")], (9, 2025, 2, False)),
    "a missing one does not double the rhythm": ([(6, "2018-11"), (8, "2020-11")], (9, 2021, 1, True)),
    "yearly without numbers": ([(None, "2023-01-10"), (None, "2024-01-12")], (None, 2025, 1, False)),
    "overdue": ([(1, "2019-05"), (2, "2020-05")], (3, 2021, 1, True)),
}


@pytest.mark.parametrize(("meetings", "due"), DUE.values(), ids=DUE)
def test_next_due(meetings, due):
    """The next one is due after the median interval so far, and overdue when that year has passed."""
    found = derive_next_due([meeting(*item) for item in meetings], TODAY)
    assert (found.ordinal, found.year, found.interval, found.overdue) == due


@pytest.mark.parametrize("meetings", [[], [(14, "2022-11-05")], [(14, None), (15, None)]])
def test_no_rhythm_from_less_than_two_dates(meetings):
    """One date tells no rhythm, and nothing is said to be due."""
    assert derive_next_due([meeting(*item) for item in meetings], TODAY) is None


def test_timeline_places_meetings_in_order():
    """Marks stand within the axis in the order of their days; gaps stand between their neighbours."""
    series = UUID(int=99)
    numbered = [meeting(12, "2020-11-05"), meeting(14, "2022-11-05"), meeting(15, None)]
    timeline = derive_timeline([(series, numbered), (None, [meeting(None, "2024-09")])], TODAY)
    lane, outside = timeline.lanes
    assert (timeline.first_year, timeline.last_year) == (2020, 2025)
    assert 0 < lane.marks[0].position < lane.missing[0].position < lane.marks[1].position < 1
    assert [gap.ordinal for gap in lane.missing] == [13]
    assert [item.ordinal for item in lane.undated] == [15]
    assert outside.next_due is None


@pytest.mark.parametrize(
    ("period", "before", "after"),
    [("2025", "2024", "2026"), ("2021/2022", "2019/2020", "2023/2024"), ("", "", ""), ("20XX", "", "")],
)
def test_periods(period, before, after):
    """The period before and after has the same length."""
    assert (previous_period(period), next_period(period)) == (before, after)


def told(ordinal: int | None, day: str, *, later: bool = False) -> TimedMention:
    return TimedMention(UUID(int=1000 + (ordinal or 0)), UUID(int=14), ordinal, PartialDate(day), later)


@pytest.mark.parametrize(
    ("announced", "year", "ordinal", "overdue", "basis"),
    [
        ([told(15, "2026", later=True)], 2026, 15, False, DueBasis.ANNOUNCED),
        ([told(None, "2027-03", later=True), told(15, "2026-11", later=True)], 2026, 15, False, DueBasis.ANNOUNCED),
        ([told(15, "2025-02-01", later=True)], 2025, 15, True, DueBasis.ANNOUNCED),
        ([told(13, "2024", later=True)], 2025, 15, False, DueBasis.CADENCE),
        ([told(14, "2030", later=True)], 2025, 15, False, DueBasis.CADENCE),
        ([told(12, "2022-11", later=False)], 2025, 15, False, DueBasis.CADENCE),
        ([], 2025, 15, False, DueBasis.CADENCE),
    ],
    ids=["next year", "the first of two", "the day has passed", "before the last", "held", "only mentioned", "none"],
)
def test_what_was_announced_goes_before_the_rhythm(announced, year, ordinal, overdue, basis):
    """A source that names the next meeting's year is better than the median of the years so far."""
    recorded = [meeting(13, "2023-11"), meeting(14, "2024-11")]
    due = derive_next_due(recorded, TODAY, announced)
    assert due is not None
    assert (due.year, due.ordinal, due.overdue, due.basis) == (year, ordinal, overdue, basis)


def test_an_announcement_alone_tells_what_is_due():
    """One meeting has no rhythm, but its source may have said when the next one is."""
    due = derive_next_due([meeting(1, "2024-11")], TODAY, [told(2, "2026", later=True)])
    assert due is not None
    assert (due.year, due.ordinal, due.interval) == (2026, 2, 0)


def test_a_mentioned_meeting_is_no_gap():
    """The sixth and the eighth are recorded, a source mentions the seventh: it stands on the lane as mentioned."""
    series = UUID(int=1)
    recorded = [meeting(5, "2018"), meeting(8, "2021")]
    timeline = derive_timeline([(series, recorded)], TODAY, mentions={series: [told(7, "2020")]})
    lane = timeline.lanes[0]
    assert [item.ordinal for item in lane.mentions] == [7]
    assert [gap.ordinal for gap in lane.missing] == [6]
    assert lane.marks[0].position < lane.missing[0].position < lane.mentions[0].position < lane.marks[1].position


def test_other_days_widen_the_axis():
    """An instrument signed before the first recorded meeting has its place."""
    timeline = derive_timeline([(UUID(int=1), [meeting(1, "2020")])], TODAY, others=[dt.date(2011, 3, 1)])
    assert timeline.first_year == 2011


def test_a_mentioned_meeting_tells_the_rhythm_too():
    """One reported meeting and one that its source mentions are enough to say when the next is due."""
    due = derive_next_due([meeting(14, "2022-11")], TODAY, [told(13, "2020-11", later=False)])
    assert due is not None
    assert (due.year, due.ordinal, due.interval) == (2024, 15, 2)


def test_a_long_timeline_is_shortened_to_its_last_years():
    """Whole years are cut from the start until few enough meetings stand on the axis, which is stretched again."""
    series = UUID(int=1)
    full = derive_timeline([(series, [meeting(number, f"{2000 + number}-07") for number in range(1, 25)])], TODAY)
    short = shorten_timeline(full, 5)
    assert [mark.ordinal for mark in short.lanes[0].marks] == [20, 21, 22, 23, 24]
    assert (short.first_year, short.last_year) == (2020, full.last_year)
    assert [mark.position for mark in short.lanes[0].marks] == pytest.approx(
        [short.place(mark.date.earliest) for mark in short.lanes[0].marks]
    )
    assert shorten_timeline(full, 24) is full


def test_parallel_series_of_one_pair_keep_their_own_numbers_gaps_and_dues():
    """Ministers, vice-ministers and border police meet in parallel: each lane counts and falls due for itself."""
    ministers, vice_ministers, border = (UUID(int=number) for number in (101, 102, 103))
    timeline = derive_timeline(
        [
            (ministers, [meeting(6, "2021-03"), meeting(8, "2023-03")]),
            (vice_ministers, [meeting(6, "2019-06"), meeting(7, "2020-06"), meeting(8, "2021-06")]),
            (border, [meeting(1, "2025-02")]),
            (None, [meeting(None, "2024-01-10")]),
        ],
        TODAY,
    )
    lanes = {lane.series_id: lane for lane in timeline.lanes}
    assert [gap.ordinal for gap in lanes[ministers].missing] == [7]
    assert lanes[vice_ministers].missing == lanes[border].missing == ()
    dues = {key: (lane.next_due.ordinal, lane.next_due.year) for key, lane in lanes.items() if lane.next_due}
    assert dues == {ministers: (9, 2024), vice_ministers: (9, 2022)}
    assert all(lane.next_due.overdue for lane in lanes.values() if lane.next_due)
    assert lanes[None].next_due is None


PASSED = {
    "the day before": ("2025-06-02", False),
    "the very day": ("2025-06-01", False),
    "the day after": ("2025-05-31", True),
    "within the month": ("2025-06", False),
    "the month has passed": ("2025-05", True),
    "within the year": ("2025", False),
    "the year has passed": ("2024-12", True),
}


@pytest.mark.parametrize(("date_", "overdue"), PASSED.values(), ids=PASSED)
def test_an_announced_meeting_is_overdue_once_its_date_has_passed(date_, overdue):
    """As far as the date is known: a day, a month or a year that lies behind, without a record of the meeting."""
    due = derive_next_due([meeting(13, "2023-11")], TODAY, [told(14, date_, later=True)])
    assert due is not None
    assert (due.overdue, due.basis) == (overdue, DueBasis.ANNOUNCED)
