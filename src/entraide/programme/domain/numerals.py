"""Dates, ordinals and counts in the words of one language: by its own rules where it has some, else by CLDR."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton

from entraide.kernel.partial_dates import PartialDate

_DAY = re.compile(r"\bd\b")
Forms = Mapping[str, str]
"""Templates by the plural or ordinal form of CLDR (`one`, `few`, `other`…), each with the place `number`."""


@dataclass(frozen=True, slots=True)
class Numerals:
    """How `language` writes dates and ordinals.

    `dates` are patterns of CLDR by name: `day`, `month`, `day_of_any_year`, and `first_day…` where the first of a
    month is written otherwise; `days`, `two_days`, `days_of_year`, `years` and `span` are templates from one date to
    another. `ordinals` are by ordinal form, `masculine` of them where they agree with what they count; `numbers` are
    those that stand alone before a name.
    """

    language: str
    dates: Mapping[str, str] = field(default_factory=dict)
    ordinals: Forms = field(default_factory=dict)
    numbers: Forms = field(default_factory=dict)
    masculine: Forms = field(default_factory=dict)

    def day(self, value: PartialDate) -> str:
        """Return a partial date in words as far as it is known: « 12 janvier 2025 », « janvier 2025 », « 2025 »."""
        if value.start != value.end:
            return self._span(value)
        parts = value.start.split("-")
        if len(parts) == 3 and parts[0] == "XXXX" and "X" not in parts[1] + parts[2]:
            # A leap year has every day.
            return self._written("day_of_any_year", date(2024, int(parts[1]), int(parts[2])), "MMMMd")
        if any("X" in part for part in parts) or len(parts) == 1:
            return value.value
        if len(parts) == 2:
            return self._written("month", date(int(parts[0]), int(parts[1]), 1), "yMMMM")
        return self._written("day", date(int(parts[0]), int(parts[1]), int(parts[2])), "yMMMMd")

    def ordinal(self, number: int) -> str:
        """Return an ordinal: `15e`, `22nd`; the digits where the language has no rule."""
        return self._formed(self.ordinals, number)

    def number(self, number: int, *, masculine: bool = False) -> str:
        """Return an ordinal that stands beside a name: `15e`, `22nd`; in Vietnamese, where it may be a word, digits."""
        forms = self.masculine if masculine and self.masculine else self.numbers or self.ordinals
        return self._formed(forms, number)

    def count(self, forms: Forms, number: int) -> str:
        """Return the one of `forms` that a count takes in this language, filled in."""
        form = _locale(self.language).plural_form(number)
        return forms.get(form, forms["other"]).format(number=number)

    def _span(self, value: PartialDate) -> str:
        """Return two dates as the language joins them; what they share is said once."""
        first, last = _whole(value.start), _whole(value.end)
        if first is None or last is None or first.year != last.year:
            template = "years" if len(value.start) == len(value.end) == 4 else "span"
            ends = {"first": self.day(PartialDate(value.start)), "last": self.day(PartialDate(value.end))}
            return self.dates.get(template, "{first} – {last}").format(**ends)
        name = "days" if first.month == last.month else "days_of_year"
        if name == "days" and last.day - first.day == 1 and "two_days" in self.dates:
            name = "two_days"
        default = "{first:d}–{last:d MMMM y}" if name == "days" else "{first:d MMMM} – {last:d MMMM y}"
        return self.dates.get(name, default).format(first=_Written(self, first), last=_Written(self, last))

    def _written(self, name: str, day: date, skeleton: str) -> str:
        pattern = (self.dates.get(f"first_{name}") if day.day == 1 else None) or self.dates.get(name)
        if pattern:
            return format_date(day, pattern, locale=self.language)
        if skeleton == "yMMMMd":
            return format_date(day, "long", locale=self.language)
        return str(format_skeleton(skeleton, day, locale=self.language))

    def _formed(self, forms: Forms, number: int) -> str:
        if not forms:
            return str(number)
        form = _locale(self.language).ordinal_form(number)
        return forms.get(form, forms["other"]).format(number=number)


@dataclass(frozen=True, slots=True)
class _Written:
    """A day that a template writes by a pattern of CLDR: `{first:d MMMM}`."""

    numerals: Numerals
    day: date

    def __format__(self, pattern: str) -> str:
        if self.day.day == 1 and "first_day" in self.numerals.dates:
            pattern = _DAY.sub("d'er'", pattern, count=1)
        return format_date(self.day, pattern, locale=self.numerals.language)


def _whole(text: str) -> date | None:
    """Return a day that is known whole, else None."""
    return date.fromisoformat(text) if len(text) == 10 and "X" not in text else None


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
