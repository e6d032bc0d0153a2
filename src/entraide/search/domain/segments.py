"""Segmenting: the terms of a text, also in scripts that put no space between words."""

from collections.abc import Iterator
from itertools import groupby, pairwise

from entraide.search.domain.folding import fold, is_word_character

LONGEST_TERM = 64

# First and last code points of scripts written without spaces: Thai and Lao, Burmese, Khmer, kana,
# Chinese characters of the Basic Multilingual Plane and beyond.
_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def search_terms(text: str) -> str:
    """Return the terms of `text`, folded, separated by single spaces, to be put into an index.

    A word of a spaced script is one term; a run of Chinese, Lao, Thai, Khmer, Burmese or kana gives each of its
    characters and each pair of neighbours, so that a word inside it is found without a dictionary.
    """
    return " ".join(term for run, unspaced in _runs(text) for term in (_pieces(run) if unspaced else (run,)))


def query_terms(query: str) -> tuple[tuple[str, bool], ...]:
    """Return what a text must hold to be found by `query`: terms, each with whether it may be the beginning of a word.

    All must be there. Words of spaced scripts match from their beginning; an unspaced run matches by all its pairs,
    or by itself when it is one character.
    """
    terms: dict[str, bool] = {}
    for run, unspaced in _runs(query):
        if not unspaced:
            terms[run] = True
        elif len(run) == 1:
            terms.setdefault(run, False)
        else:
            terms.update((pair, False) for pair in _pairs(run))
    return tuple(terms.items())


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for kind, characters in groupby(fold(text), key=_kind):
        if kind is not None:
            run = "".join(characters)
            yield (run, True) if kind else (run[:LONGEST_TERM], False)


def _kind(character: str) -> bool | None:
    """Return True for an unspaced script, False for a spaced one, None for what separates words."""
    if not is_word_character(character):
        return None
    point = ord(character)
    return any(first <= point <= last for first, last in _UNSPACED)


def _pieces(run: str) -> Iterator[str]:
    yield from run
    yield from _pairs(run)


def _pairs(run: str) -> Iterator[str]:
    return (first + second for first, second in pairwise(run))
