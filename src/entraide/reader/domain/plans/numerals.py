"""Numbers written as words, one to a hundred, in the languages that are read; keys are folded as texts are."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

_FRENCH = [
    "zero",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_FRENCH_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VIETNAMESE = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def _french() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_FRENCH) if value > 1}
    for ten, word in _FRENCH_TENS.items():
        found[word] = ten
        for value in range(1, 20 if ten in (60, 80) else 10):
            link = "-et-" if value in (1, 11) and ten != 80 else "-"
            found[f"{word}{link}{_FRENCH[value]}"] = ten + value
            found[f"{word} et {_FRENCH[value]}"] = ten + value
    return found | {"quatre-vingts": 80, "cent": 100, "deux cents": 200, "trois cents": 300, "mille": 1000}


def _english() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_ENGLISH) if value > 0}
    for index, word in enumerate(_ENGLISH_TENS):
        ten = 20 + 10 * index
        found[word] = ten
        found |= {f"{word}{link}{_ENGLISH[value]}": ten + value for value in range(1, 10) for link in "- "}
    return found | {"a hundred": 100, "one hundred": 100, "two hundred": 200, "a dozen": 12, "dozen": 12}


def _vietnamese() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_VIETNAMESE) if value}
    units = {1: ("mốt", "một"), 4: ("bốn", "tư"), 5: ("lăm", "năm"), 7: ("bảy", "bẩy")}
    found["mười"] = 10
    for value in range(1, 10):
        for word in units.get(value, (_VIETNAMESE[value],)):
            found[f"mười {word}"] = 10 + value
    for ten in range(2, 10):
        found[f"{_VIETNAMESE[ten]} mươi"] = 10 * ten
        for value in range(1, 10):
            for word in units.get(value, (_VIETNAMESE[value],)):
                found[f"{_VIETNAMESE[ten]} mươi {word}"] = 10 * ten + value
    return found | {"một trăm": 100, "hai trăm": 200, "bẩy": 7}


_ENGLISH_ORDINALS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}


@cache
def days_in_words(language: str) -> Mapping[str, int]:
    """Return how the days of a month are written out, folded: `twenty-first`, `vingt-deux`; none in Vietnamese."""
    numbers = {word: value for word, value in numerals(language).items() if value <= _LAST_DAY and " " not in word}
    if language == "fr":
        return numbers | {"premier": 1, "vingt et un": 21, "trente et un": 31}
    if language != "en":
        return {}
    return {_ordinal(word, value): value for word, value in numbers.items() if value > 0}


def _ordinal(word: str, value: int) -> str:
    """`twenty-one` to `twenty-first`, `thirty` to `thirtieth`."""
    head, link, _ = word.rpartition("-")
    known = _ENGLISH_ORDINALS.get(value % 10 if link else value)
    if known:
        return f"{head}{link}{known}"
    return f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th"


@cache
def years_in_words(language: str) -> Mapping[str, int]:
    """Return how the years 2010 to 2059 are written out, folded: `two thousand and twenty-six`."""
    begins = {"fr": ("deux mille ",), "en": ("two thousand and ", "two thousand ", "twenty ")}.get(language, ())
    numbers = {word: value for word, value in numerals(language).items() if 10 <= value < 60}
    return {f"{begin}{word}": 2000 + value for word, value in numbers.items() for begin in begins}


_LAST_DAY = 31
_ALL = MappingProxyType({"fr": _french(), "en": _english(), "vi": _vietnamese()})


def numerals(language: str) -> Mapping[str, int]:
    """Return the words for numbers of `language`, folded, each with its value; French `un` is an article."""
    return _ALL[language]
