"""Marks: terms of the index that no text can hold, for what a document is about whatever words it uses.

Each begins with a character for private use, which folding and segmenting never leave in a word. A document about Viet
Nam has one mark, however its text or a query spells the State.
"""

import datetime as dt
from collections.abc import Iterable

STATE, YEAR, NUMBER, DAY, PLACE = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Years outside of these are told by their digits only."""


def mark_state(code: str) -> str:
    """Return the mark of a State by its ISO 3166-1 code."""
    return STATE + code.lower()


def mark_year(year: int) -> str:
    """Return the mark of a year that a document is about."""
    return f"{YEAR}{year}"


def mark_number(number: int) -> str:
    """Return the mark of a number in a series: the 7th, la 7e, lần thứ 7."""
    return f"{NUMBER}{number}"


def marks_of_day(day: dt.date) -> tuple[str, str]:
    """Return the marks of a day and of its month."""
    return f"{DAY}{day:%Y%m%d}", f"{DAY}{day:%Y%m}"


def mark_is_about(mark: str) -> bool:
    """Whether a mark is that of a State or a year, without which a query asks for something else."""
    return mark[:1] in (STATE, YEAR)


def mark_place(place: int) -> str:
    """Return the mark of how far ahead a document stands among others that answer as well, from 0 to 9."""
    return f"{PLACE}{place}"


def marks_from(first: int) -> tuple[str, ...]:
    """Return the marks of all places from `first` on."""
    return tuple(mark_place(place) for place in range(first, 10))


def years_from(period: tuple[int, int]) -> tuple[int, ...]:
    """Return the years of a period from its first to its last, at most those that have marks."""
    return tuple(range(max(period[0], FIRST_YEAR), min(period[1], LAST_YEAR) + 1))


def join_codes(states: Iterable[str]) -> str:
    """Return States as one text, in the order of their codes, as documents keep them."""
    return " ".join(sorted({code.upper() for code in states}))
