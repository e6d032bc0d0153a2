"""The words of a plan's title and of a communiqué in one language, and the small grammar that joins them.

Templates come from `vocabulary/wording/<language>.yaml`; this module only fills and joins.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from entraide.kernel.languages import choose_text
from entraide.programme.domain.numerals import Forms, Numerals


@dataclass(frozen=True, slots=True)
class Wording:
    """Templates by name in `language`, those of counts by plural form; states after a ministry (`of`); domains as noun
    phrases; dates and ordinals.
    """

    language: str
    templates: Mapping[str, str]
    counted: Mapping[str, Forms]
    states_of: Mapping[str, str]
    phrases: Mapping[str, str]
    numerals: Numerals

    def fill(self, template: str, **values: object) -> str:
        """Return a template filled in."""
        return self.templates[template].format(**values)

    def state_of(self, state: str) -> str:
        """Return a state as it stands after a ministry or a post: « du Vietnam », `of Laos`."""
        if state in self.states_of:
            return self.states_of[state]
        name = str(Locale.parse(self.language).territories.get(state, state))
        return self.fill("other_state", name=name)

    def organisation(self, state: str, names: Mapping[str, str]) -> str:
        """Return a ministry with its article and state: « le ministère de la Sécurité publique du Laos »."""
        name = choose_text(names, self.language).text
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
        return self.templates["article"] + self.bare(name)

    def join(self, items: Sequence[str]) -> str:
        """Return items as a list in running text: `a, b and c`."""
        if len(items) < 2:
            return "".join(items)
        return self.templates["comma"].join(items[:-1]) + self.templates["and"] + items[-1]

    def count(self, template: str, number: int) -> str:
        """Return a template that has one form per plural form, for `number`."""
        return self.numerals.count(self.counted[template], number)


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
