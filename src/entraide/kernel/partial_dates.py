"""Partial and inferred dates: an EDTF value (ISO 8601-2) and the basis on which it is known.

The profile is the one a communiqué needs: `2025`, `2025-01`, `2025-01-12`, digits unknown as `X`
(`2025-XX-12`, `XXXX-09-05`), and an interval of two of these with a slash.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from entraide.kernel.errors import BadInput
from entraide.kernel.text import N_

_ONE = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?\Z")


class DateBasis(StrEnum):
    """How a date is known."""

    STATED = "stated"
    HEADER = "header"
    WEEKDAY = "weekday"
    INFERRED = "inferred"


class NotADate(BadInput):
    """A text is no EDTF date of the profile."""

    code = "kernel.not_a_date"
    message = N_("“{value}” is not a date.")
    remedy = N_("Write 2025, 2025-01, 2025-01-12, with X for an unknown digit, or two of them with a slash.")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known: `value` in EDTF and its `basis`; raises `NotADate` outside the profile."""

    value: str
    basis: DateBasis = DateBasis.STATED

    def __post_init__(self) -> None:
        parts = self.value.split("/")
        if len(parts) > 2 or not all(_is_date(part) for part in parts):
            raise NotADate(value=self.value[:40])

    @property
    def start(self) -> str:
        """The first (or only) date of the value."""
        return self.value.split("/")[0]

    @property
    def end(self) -> str:
        """The last (or only) date of the value."""
        return self.value.split("/")[-1]

    @property
    def year(self) -> int | None:
        """The year of the start, or None when a digit of it is unknown."""
        year = self.start[:4]
        return int(year) if year.isdigit() else None

    @property
    def earliest(self) -> date:
        """The first calendar day that the value can mean; unknown years count from 0001."""
        year, month, day = _split(self.start)
        return date(
            int(year.replace("X", "0")) or 1, int(month) if month.isdigit() else 1, int(day) if day.isdigit() else 1
        )

    @property
    def latest(self) -> date:
        """The last calendar day that the value can mean; unknown years count until 9999."""
        year, month, day = _split(self.end)
        of_year, of_month = int(year.replace("X", "9")), int(month) if month.isdigit() else 12
        last = monthrange(of_year, of_month)[1]
        return date(of_year, of_month, int(day) if day.isdigit() else last)


def _split(value: str) -> tuple[str, str, str]:
    parts = [*value.split("-"), "XX", "XX"]
    return parts[0], parts[1], parts[2]


def _is_date(value: str) -> bool:
    if not _ONE.match(value):
        return False
    year, month, day = _split(value)
    if month.isdigit() and not 1 <= int(month) <= 12:
        return False
    if not day.isdigit():
        return True
    try:
        # 2000 is a leap year, so an unknown year accepts 29 February.
        date(int(year) if year.isdigit() and int(year) else 2000, int(month) if month.isdigit() else 1, int(day))
    except ValueError:
        return False
    return True
