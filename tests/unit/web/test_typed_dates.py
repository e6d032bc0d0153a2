"""Dates as people type them."""

import pytest

from entraide.kernel.partial_dates import NotADate
from entraide.web.typed_dates import typed_date


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12/01/2026", "2026-01-12"),
        ("7.11.2025", "2025-11-07"),
        ("2026-01-12", "2026-01-12"),
        ("2025-xx-12", "2025-XX-12"),
        ("01/2026", "2026-01"),
        ("2025/2026", "2025/2026"),
        ("1er février 2025", "2025-02-01"),
        ("le 12 janv. 2026", "2026-01-12"),
        ("1st February 2025", "2025-02-01"),
        ("May 3, 2025", "2025-05-03"),
        ("January 2026", "2026-01"),
        ("ngày 12 tháng 1 năm 2026", "2026-01-12"),
        ("tháng 8/2025", "2025-08"),
        ("du 3 au 5 mai 2025", "2025-05-03/2025-05-05"),
        ("3-5/5/2025", "2025-05-03/2025-05-05"),
        ("30/4 - 2/5/2025", "2025-04-30/2025-05-02"),
        ("12/01/2026 - 14/01/2026", "2026-01-12/2026-01-14"),
        ("30 décembre 2024 - 2 janvier 2025", "2024-12-30/2025-01-02"),
    ],
)
def test_a_date_is_read_as_it_is_written_here(typed: str, value: str) -> None:
    """Day before month, in digits or in words of any language of the pages, and EDTF as before."""
    found = typed_date(typed)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("typed", ["31/02/2026", "13/13/2025", "tomorrow", "12/01/26", "5 foo 2025"])
def test_what_is_no_date_is_refused_with_what_was_typed(typed: str) -> None:
    """No digits are guessed, and the line names the text as it was typed."""
    with pytest.raises(NotADate, match=typed):
        typed_date(typed)


def test_nothing_typed_is_no_date() -> None:
    """An empty input is no error."""
    assert typed_date("  ") is None
