"""Whether two texts say the same in other letters: folded for comparing, as names, as places. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from entraide.kernel.yaml_text import parse_yaml

SAME_WORDS = 88.0
"""Token-set similarity (0 to 100) from which two titles or commitments are taken for the same words."""


def fold_words(text: str) -> str:
    """Return `text` without accents, case and punctuation, for comparing names and titles."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def same_person(left: str, right: str) -> bool:
    """Whether two printed names are one in other letters: `Tô Lâm` and `To Lam`, also with the parts exchanged."""
    a, b = fold_words(left), fold_words(right)
    return bool(a) and (a.replace(" ", "") == b.replace(" ", "") or sorted(a.split()) == sorted(b.split()))


def same_place(left: str, right: str) -> bool | None:
    """Return whether two places are the same in other letters or another language, None when one is not known."""
    return is_one_place(left, right) if fold_words(left) and fold_words(right) else None


def is_one_place(left: str, right: str) -> bool:
    """Whether two texts name one place: in other letters, one in the other, or as reviewed spellings of it."""
    a, b = fold_words(left).replace(" ", ""), fold_words(right).replace(" ", "")
    if not a or not b:
        return False
    spellings = load_places()
    return a in b or b in a or (a in spellings and spellings[a] == spellings.get(b))


@cache
def load_places() -> Mapping[str, str]:
    """Return by each folded spelling of `vocabulary/places.yaml` the first one of its place."""
    rows = parse_yaml((Path(__file__).parents[1] / "vocabulary" / "places.yaml").read_text(encoding="utf-8"))
    return {fold_words(spelling).replace(" ", ""): row[0] for row in rows for spelling in row}


def has_same_numbers(left: str, right: str) -> bool:
    """Whether two texts, perhaps in two languages, name the same numbers in digits: what they count and when."""
    return sorted(re.findall(r"\d+", left)) == sorted(re.findall(r"\d+", right))


def names_other_numbers(left: str, right: str) -> bool:
    """Whether both texts name numbers in digits, and no common one: the 16th and the 24th memorandum are two."""
    one, other = set(re.findall(r"\d+", left)), set(re.findall(r"\d+", right))
    return bool(one and other) and one.isdisjoint(other)
