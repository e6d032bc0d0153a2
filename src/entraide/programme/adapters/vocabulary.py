"""The domains of cooperation: codes in `vocabulary/domains.yaml`, names and phrases in `vocabulary/labels/`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from entraide.programme.domain.wording import Wording

WORDED_LANGUAGES = ("en", "fr", "vi")
"""Languages in which domains have names and in which titles and communiqués are composed."""


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of cooperation; `requests` tells whether requests of the exchange can count for it."""

    code: str
    covers: str
    requests: bool


@dataclass(frozen=True, slots=True)
class Domains:
    """All domains with their names (for lists) and phrases (for running text) per language."""

    domains: tuple[Domain, ...]
    names: dict[str, dict[str, str]]
    phrases: dict[str, dict[str, str]]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in the order of the vocabulary."""
        return tuple(domain.code for domain in self.domains)

    def label(self, code: str, language: str) -> str:
        """Return a domain's name in `language`, else in English, else its code."""
        names = self.names.get(language) or self.names["en"]
        return names.get(code) or self.names["en"].get(code, code)

    def phrase(self, code: str, language: str) -> str:
        """Return a domain as a noun phrase that goes on a sentence in `language` (English, French, Vietnamese)."""
        phrases = self.phrases.get(language) or self.phrases["en"]
        return phrases.get(code) or self.label(code, language)


@cache
def load_domains() -> Domains:
    """Return the vocabulary of domains, read once."""
    rows = _read("domains.yaml")["domains"]
    labels = {language: _read(f"labels/{language}.yaml")["domains"] for language in WORDED_LANGUAGES}
    return Domains(
        domains=tuple(Domain(row["code"], row["covers"], bool(row.get("requests", False))) for row in rows),
        names={language: {code: item["name"] for code, item in items.items()} for language, items in labels.items()},
        phrases={
            language: {code: item["phrase"] for code, item in items.items()} for language, items in labels.items()
        },
    )


@cache
def load_wording(language: str) -> Wording:
    """Return the words of titles and communiqués in `language`, in English when there are none."""
    code = language if language in WORDED_LANGUAGES else "en"
    table = _read(f"wording/{code}.yaml")
    states = {state: forms["of"] for state, forms in table.pop("states").items()}
    return Wording(code, table, states, load_domains().phrases[code])


def _read(name: str) -> dict[str, Any]:
    text = (files("entraide.programme") / "vocabulary" / name).read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
