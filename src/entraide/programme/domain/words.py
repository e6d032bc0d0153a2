"""Whether two texts say the same in other letters: folded for comparing, as names. Pure."""

import re
import unicodedata

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


def has_same_numbers(left: str, right: str) -> bool:
    """Whether two texts, perhaps in two languages, name the same numbers in digits: what they count and when."""
    return sorted(re.findall(r"\d+", left)) == sorted(re.findall(r"\d+", right))


def names_other_numbers(left: str, right: str) -> bool:
    """Whether both texts name numbers in digits, and no common one: the 16th and the 24th memorandum are two."""
    one, other = set(re.findall(r"\d+", left)), set(re.findall(r"\d+", right))
    return bool(one and other) and one.isdisjoint(other)
