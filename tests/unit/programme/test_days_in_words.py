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
        ("fr", "2015-05-01/2015-05-03", "du 1er au 3 mai 2015"),
        ("fr", "2025-05-03/2025-05-05", "du 3 au 5 mai 2025"),
        ("fr", "2014-04-04/2014-04-05", "les 4 et 5 avril 2014"),
        ("fr", "2025-04-30/2025-05-02", "du 30 avril au 2 mai 2025"),
        ("fr", "2024-12-30/2025-01-02", "30 décembre 2024 - 2 janvier 2025"),
        ("fr", "2021/2022", "2021-2022"),
        ("en", "2024-12-30/2025-01-02", "30 December 2024 – 2 January 2025"),
        ("en", "2025-04-30/2025-05-02", "30 April – 2 May 2025"),
        ("vi", "2024-12-30/2025-01-02", "30/12/2024 - 2/1/2025"),
        ("vi", "2025-04-30/2025-05-02", "30/4 - 2/5/2025"),
        ("fr", "2025-05-XX", "2025-05-XX"),
        ("fr", "XXXX-10-01", "1er octobre"),
        ("en", "2015-12-01", "1 December 2015"),
        ("vi", "2015-12-01", "1/12/2015"),
    ],
)
def test_a_day_is_written_as_its_language_does(language: str, value: str, words: str) -> None:
    """French counts the first of a month as an ordinal, every other day and language as a number."""
    assert load_numerals(language).day(PartialDate(value)) == words
