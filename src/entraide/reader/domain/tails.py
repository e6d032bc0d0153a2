"""Where a report breaks off: teasers of other articles, which it may go on after, and comments, which end it.

A marker (`Read also`, `Comments`) cuts what follows it. Above the report it is an item of a menu and cuts only its own
line; in the midst of the report it heads a box, after which the report goes on: a paragraph that names what the report
named before is no teaser.
"""

from itertools import pairwise
from typing import NamedTuple

import regex

from entraide.reader.domain.vocabulary import Vocabulary

_SENTENCE_ENDS = (".", "!", "?", "…", "»", "”", '"')
_NAME = regex.compile(r"(?<=[^\s.!?…»”\"(«“] )\p{Lu}[\p{L}\p{M}’'-]+(?: \p{Lu}[\p{L}\p{M}’'-]+)*")
"""A word in capitals, or several, within a sentence."""
_REPORT = 120
"""Characters of paragraphs before which there is no report that could end."""
_PARAGRAPH = 80
_LINE_OF_LINKS = regex.compile(r"\||(?:\S {2,}){3}")
"""Bars or wide gaps: links side by side."""
_SHARED = 2
"""Names of the report that a paragraph behind a box shares with it, where it goes on."""
_LONGEST_BOX = 12
"""Lines of a box with teasers at most."""


class Line(NamedTuple):
    """A line of the page: offsets, its text with the break, and its words folded, without marks around them."""

    start: int
    end: int
    text: str
    bare: str


class Tails:
    """The tails of the lines of one page."""

    def __init__(self, vocabulary: Vocabulary, lines: list[Line]) -> None:
        """Read no further than asked: `following` is asked of the lines in their order."""
        self._lines = lines
        self._markers = frozenset(vocabulary.lists["marker.cut_after"])
        self._comments = vocabulary.lists["marker.comments"]
        self._told = 0
        self._names: set[str] = set()

    def following(self, number: int) -> int | None:
        """Return the number of the line where the report goes on behind a tail that begins at line `number`.

        It is the number of lines where the report does not go on, and None where no tail begins.
        """
        line = self._lines[number]
        if line.bare not in self._markers:
            self._tell(number)
            return None
        if self._told < _REPORT:
            return number + 1
        if line.bare.startswith(self._comments):
            return len(self._lines)
        for later in range(number + 1, min(number + 1 + _LONGEST_BOX, len(self._lines))):
            if self._goes_on(self._lines[later]):
                return later
        return len(self._lines)

    def _tell(self, number: int) -> None:
        """Count the line where it is of sentences: a whole one, or one broken hard, which goes on in lower case."""
        line, following = self._lines[number], self._lines[number + 1 : number + 2]
        whole = line.text.rstrip().endswith(_SENTENCE_ENDS)
        broken = any(next_line.text[:1].islower() for next_line in following)
        if (whole or broken) and not _LINE_OF_LINKS.search(line.text.strip()):
            self._told += len(line.bare)
            self._names.update(_names(line))

    def _goes_on(self, line: Line) -> bool:
        return _is_paragraph(line) and len(self._names.intersection(_names(line))) >= _SHARED


def _is_paragraph(line: Line) -> bool:
    text = line.text.rstrip()
    return len(line.bare) >= _PARAGRAPH and text.endswith(_SENTENCE_ENDS) and not _LINE_OF_LINKS.search(text)


def _names(line: Line) -> list[str]:
    """The names in the line, a long one by each two words of it: a sentence may begin with its first."""
    found: list[str] = []
    for name in _NAME.findall(line.text):
        words = name.split()
        found += [" ".join(pair) for pair in pairwise(words)] or words
    return found
