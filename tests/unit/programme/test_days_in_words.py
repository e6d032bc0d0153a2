"""Days in words, as each language writes them."""

import pytest

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import load_numerals


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("fr", "2015-12-01", "1er décembre 2015"),
        ("fr", "2015-12-02", "2 décembre 2015"),
        ("fr", "2015-12-21", "21 décembre 2015"),
        ("fr", "2015-05-01/2015-05-03", "1er mai 2015 – 3 mai 2015"),
        ("fr", "XXXX-10-01", "1er octobre"),
        ("en", "2015-12-01", "1 December 2015"),
        ("vi", "2015-12-01", "1/12/2015"),
    ],
)
def test_a_day_is_written_as_its_language_does(language: str, value: str, words: str) -> None:
    """French counts the first of a month as an ordinal, every other day and language as a number."""
    assert load_numerals(language).day(PartialDate(value)) == words
