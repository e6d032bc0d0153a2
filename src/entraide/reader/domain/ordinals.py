"""Ordinals of meetings: digits (7e), Roman (VIIe) and words before the noun; after it in Vietnamese (lần thứ 7)."""

from functools import cache

import regex

from entraide.reader.domain.document import Document
from entraide.reader.domain.vocabulary import load_vocabulary

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LIMIT = 200
_FIRST = "đầu tiên"


def ordinal_beside(document: Document, start: int, end: int) -> tuple[int, int, int] | None:
    """Return (ordinal, start, end) of the ordinal that belongs to the noun at `start`..`end`, or None."""
    before, after = _patterns(document.vocabulary.language)
    matches = list(before.finditer(document.folded, max(0, start - 45), start, overlapped=True))
    if not matches and after is not None:
        follows = after.match(document.folded, end, min(len(document.folded), end + 90))
        matches = [follows] if follows else []
    for match in matches:
        value = _value(match, document)
        if value and value < _LIMIT:
            return value, match.start("o"), match.end("o")
    return None


def ordinals_within(document: Document, start: int, end: int) -> frozenset[int]:
    """Return the values of all ordinals that stand in the span, whatever they belong to."""
    pattern = _anywhere(document.vocabulary.language)
    values = (_value(match, document) for match in pattern.finditer(document.folded, start, end))
    return frozenset(value for value in values if value)


def _value(match: "regex.Match[str]", document: Document) -> int | None:
    words = document.vocabulary.raw["ordinals"]
    text = match.group("o")
    if text == _FIRST:
        return 1
    if match.group("n"):
        return int(match.group("n"))
    if match.group("r"):
        written = document.text[match.start("r") : match.end("r")]
        # Le, Ce and Me are words, not the ordinals of L, C and M; a bare I is a pronoun.
        alone = len(written) == 1 and (written in "LC" or match.end("r") == match.end("o"))
        return roman_value(match.group("r")) if written.isupper() and not alone else None
    return int(words[text]) if text in words else None


def roman_value(text: str) -> int | None:
    """Return the value of a Roman numeral in lower case, or None when it is not written as one."""
    total = 0
    for here, following in zip(text, f"{text[1:]} ", strict=False):
        value = _ROMAN[here]
        total += -value if _ROMAN.get(following, 0) > value else value
    return total if text and _roman(total) == text else None


def _roman(value: int) -> str:
    written = ""
    for letters, size in (
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ):
        while value >= size:
            written += letters
            value -= size
    return written


def _words(language: str) -> str:
    words = sorted(load_vocabulary(language).raw["ordinals"], key=len, reverse=True)
    return "|".join(regex.escape(str(word)) for word in words)


def _number(words: str) -> str:
    number = r"(?P<o>(?P<n>\d{1,3}) ?(?:e|eme|ieme|er|re|ere|nd|nde|st|th|rd)"
    return number + rf"|(?P<r>[ivxlc]{{1,7}})(?:e|eme|ieme|ere|er|th|st|nd|rd)?|{words})"


@cache
def _anywhere(language: str) -> "regex.Pattern[str]":
    words = _words(language)
    if language == "vi":
        return regex.compile(rf"\bthứ (?P<o>(?P<n>\d{{1,3}})|(?P<r>[ivxlc]{{1,7}})|{words})\b")
    return regex.compile(rf"(?<![\w/.,-]){_number(words)}(?!\w)")


@cache
def _patterns(language: str) -> tuple["regex.Pattern[str]", "regex.Pattern[str] | None"]:
    words = _words(language)
    number = _number(words)
    if language == "vi":
        value = rf"(?P<o>(?P<n>\d{{1,3}})|(?P<r>[ivxlc]{{1,7}})|{words})"
        return regex.compile(r"(?<![\w])(?P<o>(?P<n>(?!))|(?P<r>(?!)))$"), regex.compile(
            rf"[^.;\n]{{0,70}}?\b(?:lần|phiên|kỳ) thứ {value}\b|[^.,;\n]{{0,30}}?\b(?P<o>đầu tiên)\b"
        )
    adjectives = r"(?:[\w'’-]+ ){0,3}?" if language == "en" else r"(?:[\w'’-]+ )?"
    return regex.compile(rf"(?<![\w/.,-]){number} {adjectives}$"), None
