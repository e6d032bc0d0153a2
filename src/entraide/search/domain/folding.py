"""Folding: the form in which two spellings of one name are equal.

SQLite's `unicode61 remove_diacritics` misses `đ` and splits Chinese and Lao by accident, and PostgreSQL's dictionaries
differ by installation; so both databases index what this module makes.
"""

import unicodedata

# Letters whose stroke or ligature is part of the letter, so that no decomposition takes it away.
_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i", "œ": "oe", "æ": "ae"})


def fold(text: str) -> str:
    """Return `text` in the form that is compared: compatibility forms unified, case and marks removed, `đ` as `d`.

    `Tô Lâm`, `tô lâm` and `To Lam` fold alike. Runs of white space become one space. Folding twice changes nothing.
    """
    folded = text
    for _ in range(4):
        # Removing a mark may leave a letter that folds once more (a dotted capital I, a styled letter): until it rests.
        before, folded = folded, _fold_once(folded)
        if folded == before:
            break
    return " ".join(folded.split())


def fold_name(text: str) -> str:
    """Return `text` folded, with punctuation as spaces: the key under which a name is looked up."""
    return " ".join("".join(c if is_word_character(c) else " " for c in fold(text)).split())


def is_word_character(character: str) -> bool:
    """Return whether a folded character belongs to a word: a letter or a digit of any script."""
    return unicodedata.category(character)[0] in "LN"


def _fold_once(text: str) -> str:
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(character for character in lower if not unicodedata.category(character).startswith("M"))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))
