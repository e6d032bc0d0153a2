"""Whether two texts say the same in other letters: folded for comparing, as names, as places. Pure."""

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


def same_place(left: str, right: str) -> bool | None:
    """Return whether two places are the same in other letters, None when one of them is not known."""
    a, b = fold_words(left).replace(" ", ""), fold_words(right).replace(" ", "")
    if not a or not b:
        return None
    return a == b or a in b or b in a
