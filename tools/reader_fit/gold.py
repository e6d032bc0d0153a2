"""Comparing gold values with the reader's, as `score.py` of the shared folder does."""

import re
import unicodedata

_STOP = frozenset(["de", "du", "des", "la", "le", "les", "l", "d", "et", "the", "of", "and", "au", "a", "en"])
_SHARE = 0.5


def same_date(gold: str, got: str) -> bool:
    """Return whether two EDTF values are equal where both say something."""
    gold, got = _trim(gold), _trim(got)
    if gold == got:
        return True
    if not gold or not got or ("X" not in gold and "X" not in got):
        return False
    return len(gold) == len(got) and all(a == b or "X" in (a, b) for a, b in zip(gold, got, strict=True))


def _trim(value: str) -> str:
    value = re.sub(r"\s*\(.*\)", "", value).strip()
    return re.sub(r"-XX$", "", value.replace("-XX-XX", ""))


def words(text: str) -> set[str]:
    """Return the folded words of a text that carry meaning."""
    folded = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D").replace("’", "'")).casefold()
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return {word for word in re.findall(r"\w+", plain) if word not in _STOP}


def same_place(gold: str, got: str) -> bool:
    """Return whether two places share their words."""
    a, b = words(gold), words(got)
    return bool(a & b) and (a <= b or b <= a or len(a & b) / len(a | b) >= _SHARE)


def same_name(gold: str, got: str) -> bool:
    """Return whether two names of persons are one."""
    a, b = words(gold), words(got)
    return bool(a and b) and (a == b or (min(len(a), len(b)) >= 2 and (a <= b or b <= a)))
