"""Segmenting: the terms of a text, also in scripts that put no space between words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from entraide.search.domain.folding import fold

LONGEST_TERM = 64

# Scripts written without spaces; the long vowel of kana counts with them.
_UNSPACED = r"\p{Han}\p{Lao}\p{Thai}\p{Khmer}\p{Myanmar}\p{Hiragana}\p{Katakana}ー"
_RUN = regex.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|[[\p{{L}}\p{{N}}]--[{_UNSPACED}]]+", regex.VERSION1)


def search_terms(text: str) -> str:
    """Return the terms of `text`, folded, separated by single spaces, to be put into an index.

    A word of a spaced script is one term; a run of Chinese, Lao, Thai, Khmer, Burmese or kana gives each of its
    characters and each pair of neighbours, so that a word inside it is found without a dictionary.
    """
    return " ".join(term for run, unspaced in split_runs(text) for term in (_pieces(run) if unspaced else (run,)))


@dataclass(frozen=True, slots=True)
class Query:
    """What a text must hold to be found.

    `terms` must all be there, each with whether it may be the beginning of a word. `phrase` is what stands in a text's
    terms where the query stands in the text as it was typed; when `open_end`, its last word may be a beginning.
    """

    terms: tuple[tuple[str, bool], ...]
    phrase: str
    open_end: bool = True

    def of_whole_words(self, *, open_end: bool) -> "Query":
        """Return the same query in which no word may be the beginning of one, but the last when `open_end`."""
        last = self.phrase.rpartition(" ")[2] if open_end else ""
        terms = tuple((term, beginning and term == last) for term, beginning in self.terms)
        return replace(self, terms=terms, open_end=self.open_end and open_end)


def parse_query(text: str) -> Query:
    """Return what `text` asks for: words of spaced scripts match from their beginning, an unspaced run by its pairs.

    A single letter says too little beside longer words, so only the phrase holds it; alone it is a whole word. A query
    without a word has no terms.
    """
    terms: dict[str, bool] = {}
    words: list[str] = []
    for run, unspaced in split_runs(text):
        words += list(run) if unspaced else [run]
        if not unspaced:
            terms[run] = len(run) > 1
        elif len(run) == 1:
            terms.setdefault(run, False)
        else:
            terms.update((pair, False) for pair in _pairs(run))
    telling = {term: beginning for term, beginning in terms.items() if len(term) > 1 or not _is_spaced(term)}
    return Query(tuple((telling or terms).items()), " ".join(words), open_end=bool(telling))


def _is_spaced(term: str) -> bool:
    return not any(unspaced for _, unspaced in split_runs(term))


def split_runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each run of one kind of script, with whether it is an unspaced one."""
    for match in _RUN.finditer(fold(text)):
        unspaced = match["unspaced"]
        yield (unspaced, True) if unspaced else (match[0][:LONGEST_TERM], False)


def _pieces(run: str) -> Iterator[str]:
    yield from run
    yield from _pairs(run)


def _pairs(run: str) -> Iterator[str]:
    return (first + second for first, second in pairwise(run))
