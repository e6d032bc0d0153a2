"""The domains of cooperation, and the words of titles and communiqués.

Codes of domains stand in `vocabulary/domains.yaml`, their names in `vocabulary/labels.yaml` and the catalogs; what is
composed has its words in `vocabulary/wording/<language>.yaml`, grammar and all, and no catalog.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from entraide.kernel.labels import translate_labels
from entraide.kernel.languages import SPOKEN, base_of, fallbacks_of, spoken_for
from entraide.kernel.yaml_text import parse_yaml
from entraide.programme.domain.entitling import Entitling
from entraide.programme.domain.numerals import Numerals
from entraide.programme.domain.wording import Wording
from entraide.programme.domain.words import fold_words


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of cooperation; `requests` tells whether requests of the exchange can count for it."""

    code: str
    covers: str
    requests: bool


@dataclass(frozen=True, slots=True)
class Domains:
    """All domains in the order of the vocabulary."""

    domains: tuple[Domain, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in the order of the vocabulary."""
        return tuple(domain.code for domain in self.domains)

    def label(self, code: str, language: str) -> str:
        """Return a domain's name in `language`, else in English, else its code."""
        return str(_labels(spoken_for(language))["domains"].get(code, code))

    def phrase(self, code: str, language: str) -> str:
        """Return a domain as a noun phrase that goes on a sentence, in a language that has wording."""
        return load_wording(language).phrases.get(code) or self.label(code, language)


@cache
def load_domains() -> Domains:
    """Return the vocabulary of domains, read once."""
    rows = _read("domains.yaml")["domains"]
    return Domains(tuple(Domain(row["code"], row["covers"], bool(row.get("requests", False))) for row in rows))


def has_wording(language: str) -> bool:
    """Return whether titles and communiqués are composed in `language`."""
    return base_of(language) in SPOKEN and _wording_file(base_of(language)).is_file()


@cache
def load_numerals(language: str) -> Numerals:
    """Return how `language` writes dates and ordinals; by CLDR alone where it has no wording."""
    code = spoken_for(language)
    raw = _wording(code)["numerals"] if has_wording(code) else {}
    dates = {name: pattern for name, pattern in raw.items() if isinstance(pattern, str)}
    return Numerals(code, dates, raw.get("ordinal", {}), raw.get("number", {}), raw.get("masculine", {}))


@cache
def load_entitling(language: str) -> Entitling:
    """Return how facts without a name in `language` are called in it, else in the next of its fallbacks."""
    code = next(code for code in fallbacks_of(language) if has_wording(code))
    raw = _wording(code)["names"]
    templates = {name: text for name, text in raw.items() if isinstance(text, str)}
    nouns = {fold_words(noun): gender for gender, nouns in raw["nouns"].items() for noun in nouns}
    return Entitling(raw["meetings"], raw["levels"], raw["instruments"], templates, nouns, load_numerals(code))


@cache
def load_wording(language: str) -> Wording:
    """Return the words of titles and communiqués in `language`, else in the next of its fallbacks that has some."""
    code = next(code for code in fallbacks_of(language) if has_wording(code))
    raw = dict(_wording(code))
    states = {state: forms["of"] for state, forms in raw.pop("states").items()}
    phrases, _, _ = raw.pop("domains"), raw.pop("numerals"), raw.pop("names")
    counted = {name: forms for name, forms in raw.items() if isinstance(forms, dict)}
    templates = {name: text for name, text in raw.items() if name not in counted}
    return Wording(code, templates, counted, states, phrases, load_numerals(code))


@cache
def _labels(language: str) -> dict[str, Any]:
    return translate_labels(_read("labels.yaml"), "programme", language)


@cache
def _wording(code: str) -> dict[str, Any]:
    return _read(f"wording/{code}.yaml")


def _wording_file(code: str) -> Traversable:
    return files("entraide.programme") / "vocabulary" / "wording" / f"{code}.yaml"


def _read(name: str) -> dict[str, Any]:
    text = (files("entraide.programme") / "vocabulary" / name).read_text(encoding="utf-8")
    return dict(parse_yaml(text))
