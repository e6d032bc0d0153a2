"""The words of a plan's title and of a communiqué in one language, and the small grammar that joins them.

Templates come from `vocabulary/wording/<language>.yaml`; this module only fills and joins.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date

from entraide.kernel.partial_dates import PartialDate

ENGLISH_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True)
class Wording:
    """Templates by name, and states after a ministry (`of`), in `language`; `phrases` are the domains' noun phrases."""

    language: str
    templates: Mapping[str, str]
    states_of: Mapping[str, str]
    phrases: Mapping[str, str]

    def fill(self, template: str, **values: object) -> str:
        """Return a template filled in."""
        return self.templates[template].format(**values)

    def state_of(self, state: str) -> str:
        """Return a state as it stands after a ministry or a post: « du Vietnam », `of Laos`."""
        if state in self.states_of:
            return self.states_of[state]
        name = str(Locale.parse(self.language).territories.get(state, state))
        return {"fr": f"({name})", "en": f"of {name}"}.get(self.language, name)

    def organisation(self, state: str, names: Mapping[str, str]) -> str:
        """Return a ministry with its article and state: « le ministère de la Sécurité publique du Laos »."""
        name = names.get(self.language) or names.get("en") or next(iter(names.values()), "")
        if self.language == "fr" and name.startswith("Ministère"):
            name = "m" + name[1:]
        of = self.state_of(state)
        # A ministry may have its state in its own name, written its own way: "of Viet Nam", « du Viêt Nam ».
        named = _letters(name).endswith(_letters(of))
        return self.fill("organisation_of", name=name, state="" if named else of).rstrip()

    def bare(self, name: str) -> str:
        """Return a conference's name without its article, with a small first letter as it stands in a sentence."""
        for article in ("la ", "La ", "the ", "The "):
            name = name.removeprefix(article)
        return name[:1].lower() + name[1:]

    def definite(self, name: str) -> str:
        """Return a conference's name with the article of the language, where it has one."""
        article = {"fr": "la ", "en": "the "}.get(self.language, "")
        return article + self.bare(name)

    def join(self, items: Sequence[str]) -> str:
        """Return items as a list in running text: `a, b and c`."""
        if len(items) < 2:
            return "".join(items)
        return self.templates["comma"].join(items[:-1]) + self.templates["and"] + items[-1]

    def ordinal(self, number: int) -> str:
        """Return an ordinal: `15e`, `22nd`, `15`."""
        if self.language == "en":
            ending = "th" if number % 100 in (11, 12, 13) else ENGLISH_ENDINGS.get(number % 10, "th")
            return f"{number}{ending}"
        return self.templates["first"] if number == 1 else self.fill("ordinal", number=number)

    def number(self, number: int) -> str:
        """Return an ordinal that stands before a name: `15e`, `22nd`; in Vietnamese, where it may be a word, digits."""
        return str(number) if self.language == "vi" else self.ordinal(number)

    def day(self, value: PartialDate) -> str:
        """Return a partial date in words as far as it is known: « 12 janvier 2025 », « janvier 2025 », « 2025 »."""
        if value.start != value.end:
            return f"{self.day(PartialDate(value.start))} – {self.day(PartialDate(value.end))}"
        parts = value.start.split("-")
        if len(parts) == 3 and parts[0] == "XXXX" and "X" not in parts[1] + parts[2]:
            return self._day_of_any_year(int(parts[1]), int(parts[2]))
        if any("X" in part for part in parts) or len(parts) == 1:
            return value.value
        if len(parts) == 2:
            return self._month(int(parts[0]), int(parts[1]))
        day = date(int(parts[0]), int(parts[1]), int(parts[2]))
        if self.language == "vi":
            return f"{day.day}/{day.month}/{day.year}"
        return format_date(day, f"{self._day_pattern(day.day)} MMMM y", locale=self.language)

    def _month(self, year: int, month: int) -> str:
        """Return a month of a year; in Vietnamese as offices write it, « tháng 8/2025 », not « tháng 8 2025 »."""
        if self.language == "vi":
            return f"tháng {month}/{year}"
        return format_date(date(year, month, 1), "MMMM y", locale=self.language)

    def _day_of_any_year(self, month: int, day: int) -> str:
        """Return a day whose year no source tells: « 23 octobre »."""
        if self.language == "vi":
            return f"{day}/{month}"
        # A leap year has every day.
        return format_date(date(2024, month, day), f"{self._day_pattern(day)} MMMM", locale=self.language)

    def _day_pattern(self, day: int) -> str:
        """Return the CLDR pattern of a day of the month; French alone counts the first as an ordinal, « 1er mai »."""
        return "d'er'" if self.language == "fr" and day == 1 else "d"


def sentence(text: str) -> str:
    """Return text with a capital first letter and single spaces."""
    tidy = " ".join(text.split())
    return tidy[:1].upper() + tidy[1:]


def compose_title(wording: Wording, period: str, parties: Sequence[tuple[str, Mapping[str, str]]]) -> str:
    """Return the title of a plan between parties given as state and names of the organisation."""
    names = [wording.organisation(state, names) for state, names in parties]
    return sentence(wording.fill("plan_title", period=period, organisations=wording.join(names)))


def _letters(text: str) -> str:
    """Return a text without spaces, capitals and accents, to compare two spellings of a name."""
    return "".join(char for char in unicodedata.normalize("NFD", text.casefold()) if char.isalpha())
