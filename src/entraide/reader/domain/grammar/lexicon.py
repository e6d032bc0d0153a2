"""The verbs of one language by their forms, from `verbs.yaml`: classes of meaning, phrases, nouns and small words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from entraide.kernel.yaml_text import parse_yaml
from entraide.reader.domain.grammar import english, french
from entraide.reader.domain.grammar.forms import Form, Mood

_FRENCH_HELPERS = ("être", "avoir", "aller", "venir", "faire", "devoir", "pouvoir", "vouloir", "falloir", "savoir")
_ENGLISH_HELPERS = (
    "be", "have", "do", "go", "bring", "make", "take", "put", "get", "stand", "think", "leave", "know", "run", "grow"
)  # fmt: skip
MODAL_FORMS = {
    "must",
    "should",
    "need",
    "needs",
    "ought",
    "shall",
    "can",
    "cannot",
    "could",
    "may",
    "might",
    "would",
    "will",
}


class Sense(NamedTuple):
    """One meaning of a verb: its class, whether only as a reflexive, and the words that must follow."""

    name: str
    reflexive: bool
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerbLexicon:
    """What `verbs.yaml` says for one language, ready for lookups by lower-case words.

    `phrases` are Vietnamese verbs, and the nouns, prepositions and subordinators of any language, by their first word:
    (words, kind, value), longest first.
    """

    language: str
    forms: Mapping[str, tuple[Form, ...]]
    senses: Mapping[str, tuple[Sense, ...]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    modals: Mapping[str, str]
    particles: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    conjunctions: frozenset[str]
    adverbs: frozenset[str]
    negations: frozenset[str]


def split_words(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as the document's tokens part them: `lors d'` is `lors`, `d'`."""
    return tuple(word for word in phrase.replace("'", "' ").split() if word)


@cache
def load_verbs(language: str) -> VerbLexicon:
    """Return the verbs of `language`, one that is read, built once per process."""
    text = files("entraide.reader").joinpath("vocabulary", "verbs.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = parse_yaml(text)
    senses: dict[str, list[Sense]] = {}
    phrases: list[tuple[tuple[str, ...], str, str]] = []
    for name, entry in raw["classes"].items():
        for phrase in entry.get(language, ()):
            words = split_words(str(phrase))
            if language == "vi":
                phrases.append((words, "verb", name))
                continue
            reflexive = language == "fr" and words[0] in french.REFLEXIVE
            words = words[1:] if reflexive else words
            senses.setdefault(words[0], []).append(Sense(name, reflexive, words[1:]))
        nouns = entry.get("nouns", {}).get(language, ())
        phrases += [(split_words(str(noun)), "nominal", name) for noun in nouns]
    modals = {str(word): name for name, words in raw["modals"].items() for word in words.get(language, ())}
    for category, words in raw["prepositions"][language].items():
        phrases += [(split_words(str(word)), "preposition", category) for word in words]
    for category, words in raw["subordinators"][language].items():
        phrases += [(split_words(str(word)), "subordinator", category) for word in words]
    for category, words in raw["turns"][language].items():
        phrases += [(split_words(str(word)), "turn", category) for word in words]
    if language == "vi":
        phrases += [(split_words(word), "modal", name) for word, name in modals.items()]
    forms = _forms(language, [*senses, *modals])
    return VerbLexicon(
        language,
        forms,
        {verb: tuple(sorted(found, key=lambda sense: -len(sense.rest))) for verb, found in senses.items()},
        _by_first_word(phrases),
        modals,
        _particles(raw["particles"].get(language, {})),
        frozenset(word for phrase in raw["conjunctions"][language] for word in split_words(str(phrase))[:1]),
        frozenset(str(word) for word in raw["adverbs"][language]),
        frozenset(str(word) for word in raw["negations"][language]),
    )


def _forms(language: str, verbs: Iterable[str]) -> dict[str, tuple[Form, ...]]:
    table: dict[str, list[Form]] = {}
    if language == "vi":
        return {}
    conjugate, helpers = (
        (french.conjugate, _FRENCH_HELPERS) if language == "fr" else (english.conjugate, _ENGLISH_HELPERS)
    )
    for verb in dict.fromkeys([*verbs, *helpers]):
        if language == "en" and verb in MODAL_FORMS and verb != "need":
            continue
        for spelling, form in conjugate(verb):
            table.setdefault(spelling, []).append(form)
    return {spelling: tuple(found) for spelling, found in table.items() if spelling not in _NO_VERBS}


_NO_VERBS = frozenset({"contre", "outre", "porte", "actes", "dits", "entre"})
"""Spellings that are forms of a verb and nearly always another word."""


def _by_first_word(
    phrases: list[tuple[tuple[str, ...], str, str]],
) -> dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for phrase in phrases:
        table.setdefault(phrase[0][0], []).append(phrase)
    return {word: tuple(sorted(found, key=lambda phrase: -len(phrase[0]))) for word, found in table.items()}


def _particles(raw: Mapping[str, Iterable[str]]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for meaning, words in raw.items():
        for phrase in words:
            parts = split_words(str(phrase))
            table.setdefault(parts[0], []).append((parts, meaning))
    return {word: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for word, found in table.items()}


FINITE = frozenset({Mood.PRESENT, Mood.IMPERFECT, Mood.PAST, Mood.FUTURE, Mood.CONDITIONAL, Mood.SUBJUNCTIVE})
