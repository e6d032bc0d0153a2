"""How a meeting or an instrument is called in a language in which no source names it: by its kind, level, number, date.

Such a name says what the register knows and no more; the name that a source gives stands beside it. Words come from
`vocabulary/wording/<language>.yaml`. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.numerals import Numerals
from entraide.programme.domain.terms import InstrumentKind, Level, MeetingKind
from entraide.programme.domain.words import fold_words

MASCULINE = "masculine"
WHOLE = len("2025-01-12")
FIRST_WORDS = 4
"""Words within which a name says what it is of: `annual conference`, `High-Level Joint Dialogue`."""


@dataclass(frozen=True, slots=True)
class Entitling:
    """Words by kind and level, templates, and the gender of first words where the language has one."""

    meetings: Mapping[str, str]
    levels: Mapping[str, str]
    instruments: Mapping[str, str]
    templates: Mapping[str, str]
    nouns: Mapping[str, str]
    numerals: Numerals

    def meeting(self, kind: MeetingKind, level: Level | None) -> str:
        """Return a meeting by its kind and level: « conférence des ministres »."""
        name = self.meetings[kind.value]
        return self.levels[level.value].format(name=name) if level else name

    def instrument(self, kind: InstrumentKind, period: str, day: PartialDate | None) -> str:
        """Return an instrument by its kind and its period or its day: « plan de coopération 2025 »."""
        name = self.instruments[kind.value]
        if period:
            return self.templates["of_period"].format(name=name, period=self.numerals.day(PartialDate(period)))
        if day is None:
            return name
        template = "of_day" if len(day.value) == WHOLE and "X" not in day.value else "of_days"
        return self.templates[template].format(name=name, date=self.numerals.day(day))

    def numbered(self, ordinal: int, name: str) -> str:
        """Return a name with its number, which agrees with it: « 1re réunion », « 1er dialogue », « lần thứ 3 »."""
        first = (fold_words(name).split() or [""])[0]
        gender = self.nouns.get(first, "")
        if self.nouns and not gender:
            return self.templates["unnumbered"].format(name=name, number=ordinal)
        # Behind a name it is a word where the language has one: « lần thứ nhất ».
        leads = self.templates["numbered"].startswith("{ordinal}")
        number = (
            self.numerals.number(ordinal, masculine=gender == MASCULINE) if leads else self.numerals.ordinal(ordinal)
        )
        # A common noun behind a number begins small; where nouns are not listed, a name stays as it is written.
        return self.templates["numbered"].format(ordinal=number, name=name[:1].lower() + name[1:] if gender else name)


def kind_of_name(entitlings: Iterable[Entitling], name: str) -> MeetingKind:
    """Return the kind of meeting that the first words of a name say, in whatever language, else `OTHER`."""
    begin = " ".join(fold_words(name).split()[:FIRST_WORDS])
    found = [
        (f" {begin} ".index(f" {noun} "), MeetingKind(kind))
        for entitling in entitlings
        for kind, word in entitling.meetings.items()
        if f" {(noun := fold_words(word))} " in f" {begin} "
    ]
    return min(found, default=(0, MeetingKind.OTHER))[1]
