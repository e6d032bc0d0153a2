"""Partial dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.partial_dates import NotADate, PartialDate


@pytest.mark.parametrize(
    ("value", "year", "earliest"),
    [
        pytest.param("2025", 2025, date(2025, 1, 1), id="a year"),
        pytest.param("2018-10", 2018, date(2018, 10, 1), id="a month"),
        pytest.param("2025-01-12", 2025, date(2025, 1, 12), id="a day"),
        pytest.param("2025-XX-12", 2025, date(2025, 1, 12), id="a day of an unknown month"),
        pytest.param("XXXX-02-29", None, None, id="a leap day of an unknown year"),
        pytest.param("2024-08-18/2024-08-20", 2024, date(2024, 8, 18), id="an interval"),
    ],
)
def test_a_date_of_the_profile_is_accepted(value: str, year: int | None, earliest: date | None) -> None:
    """Each form of the profile reads back its year and first day."""
    made = PartialDate(value)
    assert made.year == year
    if earliest:
        assert made.earliest == earliest


@pytest.mark.parametrize(
    "value",
    ["", "25", "2025-13", "2025-02-30", "2025-1-2", "12 janvier", "2025/2026/2027", "2025-01-12T10", "2025-01-12\n"],
)
def test_anything_else_is_refused(value: str) -> None:
    """A text outside the profile is refused with the remedy."""
    with pytest.raises(NotADate):
        PartialDate(value)


@given(st.dates())
def test_every_calendar_day_is_accepted(day: date) -> None:
    """A full date is its own earliest day."""
    assert PartialDate(day.isoformat()).earliest == day
