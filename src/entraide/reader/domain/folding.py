"""Folding of text for matching, one character for one character, so that offsets stay true."""

import unicodedata

_SAME = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "–": "-",
    "—": "-",
    "‑": "-",
    "‐": "-",
    "đ": "d",
    "Đ": "d",
    "“": '"',
    "”": '"',
    "\u00a0": " ",
    "\u202f": " ",
}


class _Folded(dict[int, str]):
    """Folds a character when it is first seen: lower case, no accent, plain apostrophe and dash."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _SAME.get(char) or unicodedata.normalize("NFKD", char.lower())[:1] or char
        if code > 0x2FFF and plain != char and not plain.isascii():
            plain = char
        self[code] = plain.lower()[:1] or char
        return self[code]


class _Lowered(dict[int, str]):
    """Lowers a character and keeps its accent: Vietnamese words differ by their marks alone."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = (_SAME.get(char) if char not in "đĐ" else None) or char.lower()[:1] or char
        return self[code]


_FOLDED, _LOWERED = _Folded(), _Lowered()


def fold_characters(text: str) -> str:
    """Return `text` in lower case without accents; the result has exactly the length of `text`."""
    return text.translate(_FOLDED)


def lower_characters(text: str) -> str:
    """Return `text` in lower case with its accents; the result has exactly the length of `text`."""
    return text.translate(_LOWERED)
