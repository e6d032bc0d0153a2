"""A tree made ready for comparing words: letters composed, unseen characters gone, and the way back to the file."""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TypeVar

import regex

from entraide.documents.domain.tree import Block, Cell, DocumentTree, Paragraph, Table

_INVISIBLE = regex.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_Placed = TypeVar("_Placed", Paragraph, Cell)
_DECOMPOSED = regex.compile(r"\P{M}\p{M}+")


@dataclass(frozen=True, slots=True)
class ReadableTree:
    """A tree in the form in which words can be compared: composed letters (NFC), no invisible characters.

    `tree` has its own text, in which its offsets count; `original_span` leads back to the text of the file.
    """

    tree: DocumentTree
    _places: tuple[int, ...]
    _shifts: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original text of a span of `tree.text`, the end excluded."""
        return self._original(start), self._original(end)

    def _original(self, place: int) -> int:
        at = bisect_right(self._places, place) - 1
        return place + (self._shifts[at] if at >= 0 else 0)


def readable(tree: DocumentTree) -> ReadableTree:
    """Return `tree` with composed letters and without soft hyphens, marks of direction and other unseen characters.

    Parts are left as they are: each is a document of its own. Linear in the text.
    """
    edits = [(match.start(), match.end(), "") for match in _INVISIBLE.finditer(tree.text)]
    if not unicodedata.is_normalized("NFC", tree.text):
        edits += [
            (match.start(), match.end(), composed)
            for match in _DECOMPOSED.finditer(tree.text)
            if (composed := unicodedata.normalize("NFC", match.group())) != match.group()
        ]
    if not edits:
        return ReadableTree(tree, (), ())
    return _edited(tree, sorted(edits))


def _edited(tree: DocumentTree, edits: list[tuple[int, int, str]]) -> ReadableTree:
    pieces: list[str] = []
    new, old, forth, back = [], [], [], []
    position = length = 0
    for start, end, letters in edits:
        if start < position:
            continue  # a mark behind an unseen character: both are gone
        pieces += (tree.text[position:start], letters)
        length += start - position + len(letters)
        position = end
        new.append(length)
        old.append(end)
        forth.append(length - end)
        back.append(end - length)
    pieces.append(tree.text[position:])
    text = "".join(pieces)

    def moved(place: int) -> int:
        at = bisect_right(old, place) - 1
        return place + (forth[at] if at >= 0 else 0)

    def cut(item: _Placed) -> _Placed:
        start, end = moved(item.start), moved(item.end)
        return replace(item, text=text[start:end], start=start)

    def block(item: Block) -> Block:
        if isinstance(item, Paragraph):
            return cut(item)
        return replace(item, rows=tuple(tuple(cell and cut(cell) for cell in row) for row in item.rows))

    blocks = tuple(item for item in map(block, tree.blocks) if isinstance(item, Table) or item.text.strip())
    notes = tuple(map(cut, tree.notes))
    return ReadableTree(replace(tree, text=text, blocks=blocks, notes=notes), tuple(new), tuple(back))
