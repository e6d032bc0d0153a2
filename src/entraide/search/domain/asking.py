"""What a query asks for: words, and marks for what its words mean in any language: States, years, ordinals, days.

« 7e conférence Vietnam Laos 2025 », “lần thứ 7 Việt Nam Lào 2025” and “7th Viet Nam Lao PDR 2025” have the same marks.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from entraide.kernel.yaml_text import parse_yaml
from entraide.search.domain.folding import fold
from entraide.search.domain.marks import (
    FIRST_YEAR,
    LAST_YEAR,
    mark_is_about,
    mark_number,
    mark_state,
    mark_year,
    marks_of_day,
)
from entraide.search.domain.segments import Query, parse_query, split_runs
from entraide.search.domain.states import StateFound, load_state_names, words_in_capitals

LONGEST_NUMBER = 3
SENTENCE = 4
"""From so many words on, a query is a sentence, whose articles and prepositions need not be there."""
_DATES = (
    regex.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?\b"),
    regex.compile(r"\b(?:(?P<day>\d{1,2})[./-])?(?P<month>\d{1,2})[./-](?P<year>\d{4})\b"),
)
_DIGITS = regex.compile(r"(\d+)(\D*)")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that must be there: any of the `marks`, or all of the `words`, where there are some."""

    marks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A query taken apart.

    `query` holds the plain words, `choices` what else must be there; `states` and `years` are those that it names.
    `phrase` is what stands in the head of a document where all the words stand as typed, States as marks.
    """

    query: Query
    choices: tuple[Choice, ...] = ()
    states: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    phrase: str = ""
    left_out: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.query.terms and not self.choices

    @property
    def words(self) -> tuple[str, ...]:
        """The plain words that must be there."""
        return tuple(term for term, _ in self.query.terms)

    def without(self, word: str) -> "Asked":
        """Return the same without one of its words or numbers."""
        terms = tuple(item for item in self.query.terms if item[0] != word)
        choices = tuple(item for item in self.choices if item.words[:1] != (word,) or mark_is_about(item.marks[0]))
        query = replace(self.query, terms=terms)
        return replace(self, query=query, choices=choices, left_out=(*self.left_out, word))

    def with_word(self, word: str) -> "Asked":
        """Return the same with one more word."""
        return replace(self, query=Query((*self.query.terms, (word, True)), "", open_end=True))

    def narrowed(self, *choices: Choice) -> "Asked":
        """Return the same, and these besides."""
        return replace(self, choices=(*self.choices, *choices))


@dataclass(frozen=True, slots=True)
class _Words:
    """Words with a part in the grammar of a query; see `vocabulary/words.yaml`."""

    small: frozenset[str]
    before_numbers: frozenset[tuple[str, ...]]
    ordinal_ends: frozenset[str]
    ordinals: Mapping[tuple[str, ...], int]


def ask(text: str) -> Asked:
    """Return what `text` asks for; a text without a word asks for nothing."""
    days, rest = _take_days(text)
    runs = list(split_runs(rest))
    words = [run for run, unspaced in runs if not unspaced]
    found = {item.start: item for item in load_state_names().find(words, words_in_capitals(text))}
    choices, plain, phrase, states, years = list(days), list[str](), list[str](), list[str](), list[int]()
    at = 0
    while at < len(words):
        taken = _read(words, at, found.get(at))
        if taken.choice is not None:
            choices.append(taken.choice)
        else:
            plain += words[at : taken.end]
        phrase += taken.phrase
        states += taken.states
        years += taken.years
        at = taken.end
    plain += [run for run, unspaced in runs if unspaced]
    return _asked(text, plain, choices, " ".join(phrase), tuple(sorted(set(states))), tuple(years))


def mark_names(text: str) -> str:
    """Return the terms of a text with a mark in place of each State that it names for sure: the form of heads."""
    words = [run for run, _ in split_runs(text)]
    parts, at = list[str](), 0
    for item in load_state_names().find(words, words_in_capitals(text)):
        if item.sure:
            parts += [*words[at : item.start], mark_state(item.code)]
            at = item.end
    return " ".join([*parts, *words[at:]])


def _asked(
    text: str, plain: list[str], choices: list[Choice], phrase: str, states: tuple[str, ...], years: tuple[int, ...]
) -> Asked:
    whole = parse_query(text)
    if not choices and len(plain) < SENTENCE:
        return Asked(whole, phrase=phrase)  # a name may be made of small words: Tô Lâm
    small = _load_words().small
    telling = [word for word in plain if word not in small]
    terms = parse_query(" ".join(telling if telling or choices else plain)).terms
    if not choices:
        return Asked(replace(whole, terms=terms), phrase=phrase)
    return Asked(Query(terms, "", open_end=bool(terms)), tuple(dict.fromkeys(choices)), states, years, phrase)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What words from one place to `end` ask for; without a choice they are plain words."""

    end: int
    choice: Choice | None
    phrase: tuple[str, ...]
    states: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def _read(words: list[str], at: int, state: StateFound | None) -> _Taken:
    """Return what the words at a place ask for."""
    if state is not None:
        own = tuple(words[state.start : state.end])
        mark = mark_state(state.code)
        return _Taken(state.end, Choice((mark,), () if state.sure else own), (mark,), (state.code,))
    number, end = _number(words, at)
    if number is None:
        return _Taken(at + 1, None, (words[at],))
    own = tuple(words[at:end])
    if FIRST_YEAR <= number <= LAST_YEAR:
        return _Taken(end, Choice((mark_year(number),), (str(number),)), own[-1:], (), (number,))
    if len(str(number)) > LONGEST_NUMBER:
        return _Taken(at + 1, None, (words[at],))
    return _Taken(end, Choice((mark_number(number),), own[-1:]), own[-1:])


def _number(words: list[str], at: int) -> tuple[int | None, int]:
    """Return a number that words name in digits or as an ordinal, what introduces it included, and where it ends."""
    known = _load_words()
    intros = (intro for intro in known.before_numbers if tuple(words[at : at + len(intro)]) == intro)
    start = at + max(map(len, intros), default=0)
    for begin in dict.fromkeys((start, at)):
        for length in (3, 2, 1):
            part = tuple(words[begin : begin + length])
            if part in known.ordinals:
                return known.ordinals[part], begin + len(part)
        digits = _DIGITS.fullmatch(words[begin]) if begin < len(words) else None
        if digits and digits[1].isascii() and (not digits[2] or digits[2] in known.ordinal_ends):
            return int(digits[1]), begin + 1
    return None, at


def _take_days(text: str) -> tuple[list[Choice], str]:
    """Return the days and months that a text names in digits, and the text without them."""
    choices: list[Choice] = []

    def take(match: regex.Match[str]) -> str:
        year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
        try:
            date = dt.date(year, month, day or 1)
        except ValueError:
            return str(match[0])
        whole, month_mark = marks_of_day(date)
        words = tuple(f"{part}" for part in (day, month, year) if part)
        choices.append(Choice((whole if day else month_mark,), words))
        return " "

    for form in _DATES:
        text = form.sub(take, text)
    return choices, text


@cache
def _load_words() -> _Words:
    raw: dict[str, Any] = parse_yaml(
        (files("entraide.search") / "vocabulary" / "words.yaml").read_text(encoding="utf-8")
    )
    return _Words(
        frozenset(str(word) for word in raw["small"]),
        frozenset(tuple(str(words).split()) for words in raw["before_numbers"]),
        frozenset(str(end) for end in raw["ordinal_ends"]),
        dict(_ordinals(raw["ordinals"])),
    )


def _ordinals(raw: Mapping[int, list[str]]) -> Iterator[tuple[tuple[str, ...], int]]:
    for number, names in raw.items():
        for name in names:
            yield tuple(fold(name).replace("-", " ").split()), number
