"""Dates, ordinals and counts in the words of one language: by its own rules where it has some, else by CLDR."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton

from entraide.kernel.partial_dates import PartialDate

Forms = Mapping[str, str]
"""Templates by the plural or ordinal form of CLDR (`one`, `few`, `other`…), each with the place `number`."""


@dataclass(frozen=True, slots=True)
class Numerals:
    """How `language` writes dates and ordinals.

    `dates` are patterns of CLDR by name: `day`, `month`, `day_of_any_year`, and `first_day…` where the first of a month
    is written otherwise. `ordinals` are by ordinal form; `numbers` are those that stand alone before a name.
    """

    language: str
    dates: Mapping[str, str] = field(default_factory=dict)
    ordinals: Forms = field(default_factory=dict)
    numbers: Forms = field(default_factory=dict)

    def day(self, value: PartialDate) -> str:
        """Return a partial date in words as far as it is known: « 12 janvier 2025 », « janvier 2025 », « 2025 »."""
        if value.start != value.end:
            return f"{self.day(PartialDate(value.start))} – {self.day(PartialDate(value.end))}"
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

    def number(self, number: int) -> str:
        """Return an ordinal that stands before a name: `15e`, `22nd`; in Vietnamese, where it may be a word, digits."""
        return self._formed(self.numbers or self.ordinals, number)

    def count(self, forms: Forms, number: int) -> str:
        """Return the one of `forms` that a count takes in this language, filled in."""
        form = _locale(self.language).plural_form(number)
        return forms.get(form, forms["other"]).format(number=number)

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


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
