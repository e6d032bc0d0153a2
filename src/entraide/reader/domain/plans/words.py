"""The words of plans and minutes, one set per language, and their patterns over folded text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from entraide.kernel.languages import READ
from entraide.kernel.yaml_text import parse_yaml
from entraide.reader.domain.folding import fold_characters, lower_characters
from entraide.reader.domain.plans.numerals import numerals
from entraide.reader.domain.vocabulary import load_vocabulary

_NONE = regex.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The words of one language: `lists` by their paths in the file (`section.review`); patterns over folded text."""

    language: str
    fold: Callable[[str], str]
    lists: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    months: Mapping[str, int]
    ordinals: Mapping[str, int]
    _patterns: "dict[str, regex.Pattern[str]]" = field(default_factory=dict, repr=False)

    def pattern(self, name: str) -> "regex.Pattern[str]":
        """Return the pattern of the list `name`, made when first asked for; of one that the language lacks, nothing."""
        made = self._patterns.get(name)
        if made is None:
            made = self._patterns[name] = _pattern(self.lists.get(name, ()), self.fold)
        return made

    def has(self, name: str, text: str) -> bool:
        """Whether a word of the list stands in `text`, as written."""
        return self.pattern(name).search(self.fold(text)) is not None

    def begins(self, name: str, text: str) -> bool:
        """Whether `text` begins with a word of the list, an article before it or not."""
        match = self.pattern(name).search(self.fold(text[:120]))
        return match is not None and not _ARTICLE.sub("", self.fold(text[: match.start()])).strip(" «“\"'([:–-")

    def is_one(self, name: str, text: str) -> bool:
        """Whether `text` is a word of the list and nothing else."""
        bare = self.fold(text).strip().strip(":.;()[] ").strip()
        return bool(bare) and self.pattern(name).fullmatch(bare) is not None

    def share(self, name: str, text: str) -> float:
        """The share of the words of `text` that words of the list make up, 0 to 1."""
        folded = self.fold(text)
        size = sum(len(word) for word in _WORD.findall(folded))
        covered = sum(len(word) for match in self.pattern(name).finditer(folded) for word in _WORD.findall(match[0]))
        return covered / size if size else 0.0


_WORD = regex.compile(r"[\p{L}\p{N}#°]+")
_ARTICLE = regex.compile(
    r"\b(?:les?|la|l'|des?|du|the|an?|cac|các|những|phần|annexe?|annex|phụ lục|part(?:ie)?|section)(?:\b|(?<='))"
)


@cache
def load_words(language: str) -> PlanWords:
    """Return the words of `language`, one that is read; built once per process."""
    text = files("entraide.reader").joinpath("vocabulary", f"plans.{language}.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = parse_yaml(text)
    fold = lower_characters if language == "vi" else fold_characters
    known = load_vocabulary(language).raw
    lists = {name: tuple(map(str, terms)) for name, terms in _flat(raw)}
    months = {fold(str(name)): int(number) for name, number in (known["months"] | raw["months"]).items()}
    ordinals = {fold(str(name)): int(number) for name, number in known["ordinals"].items()}
    return PlanWords(language, fold, lists, numerals(language), months, ordinals)


@cache
def every_language(first: str = "") -> tuple[PlanWords, ...]:
    """Return the words of every language that is read, those of `first` before the others."""
    return tuple(load_words(language) for language in sorted(READ, key=lambda code: code != first))


def any_has(name: str, text: str) -> bool:
    """Whether a word of the list stands in `text` in any language."""
    return any(words.has(name, text) for words in every_language())


def any_begins(name: str, text: str) -> bool:
    """Whether `text` begins with a word of the list in any language."""
    return any(words.begins(name, text) for words in every_language())


def any_is(name: str, text: str) -> bool:
    """Whether `text` is a word of the list in any language, and nothing else."""
    return any(words.is_one(name, text) for words in every_language())


def alternatives(terms: Iterable[object], fold: Callable[[str], str]) -> str:
    """Return the terms as one alternation over folded text, the longest first."""
    folded = sorted({fold(str(term)) for term in terms}, key=len, reverse=True)
    return "|".join(regex.escape(term).replace(r"\*", r"\w*+").replace(r"\ ", r"\s+") for term in folded if term)


def _pattern(terms: Iterable[object], fold: Callable[[str], str]) -> "regex.Pattern[str]":
    inside = alternatives(terms, fold)
    return regex.compile(rf"(?<![\w])(?:{inside})(?!(?<=\w)\w)") if inside else _NONE


def _flat(raw: Mapping[str, Any]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield the lists of the file, each by its path."""
    for name, value in raw.items():
        if isinstance(value, list):
            yield name, tuple(value)
        elif isinstance(value, dict) and name != "months":
            for key, inner in value.items():
                yield f"{name}.{key}", tuple(inner["terms"] if isinstance(inner, dict) else inner)
