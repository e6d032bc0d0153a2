"""What a mechanism's timeline derives from its meetings."""

from datetime import date
from uuid import UUID

import pytest

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.periods import next_period, previous_period
from entraide.programme.domain.timeline import TimedMeeting, derive_missing, derive_next_due, derive_timeline

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
