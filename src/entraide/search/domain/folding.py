"""Folding: the form in which two spellings of one name are equal.

SQLite's `unicode61 remove_diacritics` misses `đ` and splits Chinese and Lao by accident, and PostgreSQL's dictionaries
differ by installation; so both databases index what this module makes.
"""

import unicodedata

import regex

_MARKS = regex.compile(r"\p{M}+")
_WORDS = regex.compile(r"[\p{L}\p{N}]+")
# Letters whose stroke or ligature is part of the letter, so that no decomposition takes it away.
_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i", "œ": "oe", "æ": "ae"})


def fold(text: str) -> str:
    """Return `text` in the form that is compared: compatibility forms unified, case and marks removed, `đ` as `d`.

    `Tô Lâm`, `tô lâm` and `To Lam` fold alike. Runs of white space become one space. Folding twice changes nothing.
    """
    folded = text.lower() if text.isascii() else _fold_until_rest(text)
    return " ".join(folded.split())


def fold_name(text: str) -> str:
    """Return `text` folded, with punctuation as spaces: the key under which a name is looked up."""
    return " ".join(_WORDS.findall(fold(text)))


def _fold_until_rest(text: str) -> str:
    """Fold again what folding has made: a letter without its mark may fold once more (a dotted capital I)."""
    for _ in range(4):
        folded = _fold_once(text)
        if folded == text:
            break
        text = folded
    return text


def _fold_once(text: str) -> str:
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", lower).translate(_LETTERS))
