"""The days that a partial date can mean, for calendars."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.web.feeds.spans import Span, span_of, span_of_period


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("2025-01-12", (date(2025, 1, 12), date(2025, 1, 12), True), id="a day"),
        pytest.param("2024-10-22/2024-10-23", (date(2024, 10, 22), date(2024, 10, 23), True), id="two days"),
        pytest.param("2024-02", (date(2024, 2, 1), date(2024, 2, 29), False), id="a month of a leap year"),
        pytest.param("2025", (date(2025, 1, 1), date(2025, 12, 31), False), id="a year"),
        pytest.param("2025-XX-12", (date(2025, 1, 1), date(2025, 12, 31), False), id="a day of an unknown month"),
        pytest.param("2025-03-XX", (date(2025, 3, 1), date(2025, 3, 31), False), id="an unknown day"),
        pytest.param("2021/2022-06", (date(2021, 1, 1), date(2022, 6, 30), False), id="from a year to a month"),
        pytest.param("XXXX-09-05", None, id="no year"),
        pytest.param("202X", None, id="some year of a decade"),
        pytest.param("2025/2024", None, id="backwards"),
    ],
)
def test_span_of(value, expected):
    """A day is itself; a month or a year is all its days and not exact; without a year there is none."""
    assert span_of(PartialDate(value)) == (Span(*expected) if expected else None)


def test_no_date_and_no_period_have_no_span():
    """Nothing is made up for a date that is missing, or for a period that is no date."""
    assert span_of(None) is None
    assert span_of_period("next year") is None
    assert span_of_period("2021/2022") == Span(date(2021, 1, 1), date(2022, 12, 31), exact=False)


@given(st.from_regex(r"\A[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?(/[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?)?\Z"))
def test_whatever_the_profile_accepts_is_spanned_or_left_out(value):
    """No partial date fails, and no span ends before it begins."""
    try:
        span = span_of(PartialDate(value))
    except NotADate:
        return
    assert span is None or span.first <= span.last
