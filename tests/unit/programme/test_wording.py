"""Dates in words, as an office of each language writes them."""

import pytest

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import load_numerals


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("vi", "2025-08", "tháng 8/2025"),
        ("vi", "2025-08-09", "9/8/2025"),
        ("vi", "2025-08-09/2025-08-11", "9-11/8/2025"),
        ("vi", "2025", "2025"),
        ("fr", "2025-08", "août 2025"),
        ("en", "2025-08", "August 2025"),
        ("fr", "XXXX-10-23", "23 octobre"),
    ],
)
def test_a_partial_date_is_written_as_the_language_does(language: str, value: str, words: str) -> None:
    """A date known to the month or the day reads as its language writes it, and tells no more than is known."""
    assert load_numerals(language).day(PartialDate(value)) == words
