"""Marking where a query is found in a text, so that a reader sees why it was: compared folded, shown as written."""

from collections.abc import Sequence

import regex

from entraide.search.domain.asking import ask
from entraide.search.domain.folding import fold
from entraide.search.domain.segments import parse_query
from entraide.search.domain.states import load_state_names

LONGEST_TEXT = 20_000
"""Characters of a text that are looked at; what is shown of a hit is far shorter."""
_CLUSTERS = regex.compile(r"\X")
_ELLIPSES = regex.compile(r"…(?:\s*…)+")
_WORDS = regex.compile(r"[\p{L}\p{N}]+")
_WORD = regex.compile(r"[\p{L}\p{N}]")


def mark_terms(text: str, query: str) -> tuple[tuple[str, bool], ...]:
    """Return `text` in stretches, each with whether `query` found it; joined they are `text` again.

    `to lam` marks `Tô Lâm`; where the query stands as typed, nothing else is marked. The
    beginning of a word is enough, and a word of a script without spaces is marked inside its run.
    """
    spans = _found(text[:LONGEST_TEXT], query)
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in spans:
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple(part for part in (*parts, (text[at:], False)) if part[0])


def mark_excerpt(text: str, query: str, around: int) -> tuple[tuple[str, bool], ...]:
    """Return the marked stretch of `text` around the first find, `around` characters on either side.

    An ellipsis stands where something is left out; without a find it is the text's beginning.
    """
    spans = _found(text[:LONGEST_TEXT], query)
    first = spans[0][0] if spans else 0
    start = max(0, first - around)
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = min(len(text), first + 2 * around)
    if end < len(text):
        end = max(text.rfind(" ", first, end), 0) or end
    cut = f"{'…' if start else ''}{' '.join(text[start:end].split())}{'…' if end < len(text) else ''}"
    cut = _ELLIPSES.sub("…", cut)
    return mark_terms(cut, query)


def _found(text: str, query: str) -> list[tuple[int, int]]:
    """Return where the query stands as it was typed, else its terms, in order, those that overlap or touch as one."""
    folded, places = _fold_with_places(text)
    asked = ask(query)
    if not asked.choices:
        terms, whole = parse_query(query).terms, fold(query)
        return _places_of([(whole, True)], folded, places) or _places_of(terms, folded, places) if terms else []
    words = [*asked.query.terms, *((word, False) for choice in asked.choices for word in choice.words)]
    return _merged([*_places_of(words, folded, places), *_states_of(asked.states, folded, places)])


def _states_of(codes: Sequence[str], folded: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where the folded text names one of these States, in whatever form."""
    words = list(_WORDS.finditer(folded)) if codes else []
    found = load_state_names().find([word[0] for word in words])
    named = [(words[item.start].start(), words[item.end - 1].end()) for item in found if item.code in codes]
    return [(places[start][0], places[end - 1][1]) for start, end in named]


def _places_of(
    terms: Sequence[tuple[str, bool]], folded: str, places: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for term, beginning in terms:
        at = folded.find(term)
        while at >= 0:
            if not beginning or at == 0 or not _WORD.match(folded[at - 1]):
                spans.append((places[at][0], places[at + len(term) - 1][1]))
            at = folded.find(term, at + 1)
    return _merged(spans)


def _fold_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the folded text, and for each of its characters which characters of `text` it comes from."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for cluster in _CLUSTERS.finditer(text):
        folded = fold(cluster[0]) or " "
        letters.append(folded)
        places += [cluster.span()] * len(folded)
    return "".join(letters), places


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
