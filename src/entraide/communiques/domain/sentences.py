"""The sentences of a source that proposals were read from, so that a person decides sentence by sentence. Pure.

The order of the sentences is one in which everything can be kept: what a proposal rests on stands in its sentence or in
an earlier one.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from entraide.communiques.domain.proposals import ProposalKind

_BORDER = regex.compile(r"\s*\n\s*|(?<=[.!?…][»”\")]?)\s+(?=[«“\"(]?[\p{Lu}\d-])")
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(«'’.-])(?:MM?|Mmes?|Mlle|Dr|Pr|Gén|Gen|Lt|Lieut|Sen|Col|Maj|Brig|Mrs?|Ms|St|Nos?|art|Prof|TS|\p{Lu})\.$"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A proposal as far as its place matters: its key, kind and fields, and where its words begin in the text."""

    key: str
    kind: str
    fields: Mapping[str, Any]
    start: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in characters of the text, end excluded, with the keys of what is proposed there, in their order."""

    start: int
    end: int
    keys: tuple[str, ...]


def find_sentences(text: str, proposals: Sequence[Stated]) -> tuple[Sentence, ...]:
    """Return the sentences of `text` of which something is proposed, in the order of the text.

    Each proposal stands in the sentence where its words begin, or in the earliest of those that rest on it.
    """
    spans = list(_spans(text))
    starts = [start for start, _ in spans]
    place = {item.key: max(bisect_right(starts, item.start) - 1, 0) for item in proposals}
    _draw_up(place, proposals)
    found: dict[int, list[str]] = {}
    for item in proposals:
        found.setdefault(place[item.key], []).append(item.key)
    return tuple(Sentence(*spans[number], tuple(keys)) for number, keys in sorted(found.items()))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences and lines of a text begin and end; of a text without any, the whole."""
    begin = 0
    for border in _BORDER.finditer(text):
        if "\n" in border[0] or not _ABBREVIATION.search(text, max(0, border.start() - 12), border.start()):
            if text[begin : border.start()].strip():
                yield begin, border.start()
            begin = border.end()
    yield begin, len(text)


def _draw_up(place: dict[str, int], proposals: Sequence[Stated]) -> None:
    """Move what is rested on to the earliest sentence that needs it, until nothing moves."""
    rests = _list_rests(proposals)
    moved = True
    while moved:
        moved = False
        for key, below in rests:
            if place[below] > place[key]:
                place[below] = place[key]
                moved = True


def _list_rests(proposals: Sequence[Stated]) -> list[tuple[str, str]]:
    """Return the pairs of a proposal and one that it rests on: named by link, or one of its parties or people."""
    keys = {item.key for item in proposals}
    named: dict[str, list[str]] = {key: [key] for key in keys}
    listed: dict[str, list[str]] = {}
    for item in proposals:
        name = {ProposalKind.PARTY: "state", ProposalKind.OFFICIAL: "name"}.get(item.kind)
        if name:
            listed.setdefault(str(item.fields.get(name)), []).append(item.key)
    return [
        (item.key, below)
        for item in proposals
        for value in item.fields.values()
        for below in _named(value, named, listed)
        if below != item.key
    ]


def _named(value: object, named: Mapping[str, list[str]], listed: Mapping[str, list[str]]) -> list[str]:
    if isinstance(value, str):
        return named.get(value, [])
    return [key for one in value for key in listed.get(str(one), [])] if isinstance(value, list) else []
