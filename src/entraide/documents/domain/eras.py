"""Years counted from another beginning than the Gregorian, as a text says them: named, so that all see them."""

import regex

_ERAS = {
    "buddhist": regex.compile(
        r"(?:\bB\.?\s?E\.?|\bPh[aâ]t l[iị]ch|[eè]re bouddhi(?:que|ste)|\bBuddhist (?:era|year)|พ\.ศ\.|ພ\.ສ\.)"
        r"\D{0,12}2[45]\d\d\b"
        r"|\b2[45]\d\d\s?(?:B\.?E\.?\b|de l['’][eè]re bouddhi|in the Buddhist era)",
        regex.IGNORECASE,
    ),
    "islamic": regex.compile(
        r"\b1[34]\d\d\s?(?:A\.?H\.?\b|de l['’]h[eé]gire|h[eé]gire|هـ)"
        r"|\b(?:A\.?H\.?|h[eé]gire|Hijri)\D{0,12}1[34]\d\d\b",
        regex.IGNORECASE,
    ),
    "persian": regex.compile(r"\b1[34]\d\d\s?(?:SH\b|A\.?P\.?\b|solar hijri|هجری شمسی)", regex.IGNORECASE),
    "roc": regex.compile(r"民國\s?\d{2,3}|\bMinguo\s?\d{2,3}|\bROC (?:year )?\d{2,3}\b", regex.IGNORECASE),
    "japanese": regex.compile(r"(?:令和|平成|昭和)\s?\d{1,2}|\b(?:Reiwa|Heisei|Showa)\s?\d{1,2}\b", regex.IGNORECASE),
}
"""By the name of the calendar in Unicode CLDR."""
GREGORIAN = "gregorian"
_SAMPLE = 200_000


def find_era(text: str) -> str:
    """Return the calendar, by its name in Unicode CLDR, in which `text` counts years; `gregorian` if it says none."""
    return next((name for name, pattern in _ERAS.items() if pattern.search(text, 0, _SAMPLE)), GREGORIAN)
