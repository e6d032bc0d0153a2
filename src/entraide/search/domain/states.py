"""Names of States in a text or a query, in every form in which people write them.

Names in French, English, Vietnamese, Chinese and Lao are those of Unicode CLDR (Babel); other names and adjectives are
those that the reader knows (`reader/vocabulary/states.yaml`), short forms and their exceptions stand in
`vocabulary/states.yaml`. All are compared folded, so that accents, capitals and hyphens make no difference.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import regex
from babel import Locale

from entraide.kernel.languages import SPOKEN
from entraide.kernel.yaml_text import parse_yaml
from entraide.search.domain.folding import fold
from entraide.search.domain.segments import split_runs

UNSPACED = ("zh", "lo")
SHORTEST_STEM = 4
_CAPITALS = regex.compile(r"\b\p{Lu}{2,3}\b")
_LONG_WORD = regex.compile(r"\p{L}{4,}")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateFound:
    """A State named by the words from `start` to `end`; not `sure` where they also mean something else."""

    start: int
    end: int
    code: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Turns:
    """Words beside which a short name is no State."""

    before: frozenset[str]
    after: frozenset[str]


class StateNames:
    """All names, read once; `find` finds them in words that `split_words` made."""

    def __init__(self) -> None:
        """Read CLDR, the reader's table and the reviewed forms; raises `KeyError` for a table without its parts."""
        reviewed, table = _read("entraide.search", "states.yaml"), _read("entraide.reader", "states.yaml")["states"]
        self._words = frozenset(reviewed["words"])
        self._codes: dict[str, str] = {}
        self._names: dict[Words, str] = {}
        self._stems: dict[str, str] = {}
        self._short: dict[Words, str] = {}
        self._unspaced: dict[str, str] = {}
        for code, name in _cldr(SPOKEN):
            self._names.setdefault(_split(name), code)
        for code, name in _cldr(UNSPACED):
            self._unspaced.setdefault(fold(name), code)
        codes = reviewed["three"].split()
        for two, three in zip(codes[::2], codes[1::2], strict=True):
            self._codes |= {two.lower(): two, three.lower(): two}
        for code, row in table.items():
            self._add(code, row)
        for code, names in reviewed["short"].items():
            self._short |= {_split(name): code for name in names}
        for words in (*self._short, *map(_split, reviewed["never"])):
            self._names.pop(words, None)
        self._turns = {
            word: _Turns(frozenset(turns.get("before", ())), frozenset(turns.get("after", ())))
            for word, turns in reviewed["unless"].items()
        }
        self._longest = max(len(words) for words in self._names)

    def find(self, words: Sequence[str], capitals: frozenset[str] = frozenset()) -> list[StateFound]:
        """Return the States that `words` name, the longest names first; `capitals` are words written in them.

        Codes count in capitals, in small letters only where they are no words of a language.
        """
        found: list[StateFound] = []
        at = 0
        while at < len(words):
            here = self._at(words, at, capitals)
            if here is not None:
                found.append(here)
            at = here.end if here is not None else at + 1
        return found

    def find_unspaced(self, run: str) -> tuple[str, ...]:
        """Return the States that a run of Chinese or Lao names."""
        return tuple(dict.fromkeys(code for name, code in self._unspaced.items() if name in run))

    def _at(self, words: Sequence[str], at: int, capitals: frozenset[str]) -> StateFound | None:
        for end in range(min(len(words), at + self._longest), at, -1):
            part = tuple(words[at:end])
            code = self._names.get(part) or self._short.get(part)
            if code and not self._is_turn(words, at, end):
                return StateFound(at, end, code, sure=part in self._names)
        return self._code(words[at], at, capitals) or self._adjective(words[at], at)

    def _code(self, word: str, at: int, capitals: frozenset[str]) -> StateFound | None:
        counts = word in capitals or word not in self._words
        return StateFound(at, at + 1, self._codes[word], sure=False) if counts and word in self._codes else None

    def _adjective(self, word: str, at: int) -> StateFound | None:
        beginnings = (word[:end] for end in range(len(word), SHORTEST_STEM - 1, -1))
        code = next((self._stems[part] for part in beginnings if part in self._stems), None)
        return StateFound(at, at + 1, code) if code else None

    def _is_turn(self, words: Sequence[str], start: int, end: int) -> bool:
        """Whether a single word stands in a turn in which it is no State."""
        turns = self._turns.get(words[start]) if end == start + 1 else None
        if turns is None:
            return False
        before = words[start - 1] if start else ""
        after = words[end] if end < len(words) else ""
        return before in turns.before or after in turns.after

    def _add(self, code: str, row: Mapping[str, Any]) -> None:
        """Add the names and adjectives of one State of the reader's table."""
        for name in (*row.get("names", ()), *row.get("names_vi", ())):
            words = _split(name)
            if len(words) == 1 and name.isupper() and len(name) <= 3:
                self._codes.setdefault(words[0], code)
            else:
                self._names.setdefault(words, code)
        for adjective in row.get("adjectives", ()):
            words = _split(adjective.rstrip("*"))
            if len(words) == 1 and adjective.endswith("*") and len(words[0]) >= SHORTEST_STEM:
                self._stems.setdefault(words[0], code)
            else:
                self._names.setdefault(words, code)


@cache
def load_state_names() -> StateNames:
    """Return the names of States, read once."""
    return StateNames()


def words_in_capitals(text: str) -> frozenset[str]:
    """Return the folded words of two or three capitals; none where all the text is in capitals."""
    if text.isupper() and _LONG_WORD.search(text):
        return frozenset()
    return frozenset(word.lower() for word in _CAPITALS.findall(text))


def find_states(text: str) -> tuple[str, ...]:
    """Return the codes of the States that a text names for sure, each once, in the order of their codes."""
    names, words, found = load_state_names(), list[str](), set[str]()
    for run, unspaced in split_runs(text):
        if unspaced:
            found |= set(names.find_unspaced(run))
        else:
            words.append(run)
    found |= {item.code for item in names.find(words, words_in_capitals(text)) if item.sure}
    return tuple(sorted(found))


def _cldr(languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    for language in languages:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                yield str(code), str(name)


def _split(name: str) -> Words:
    return tuple(run for run, _ in split_runs(name))


def _read(package: str, name: str) -> dict[str, Any]:
    return dict(parse_yaml((files(package) / "vocabulary" / name).read_text(encoding="utf-8")))
