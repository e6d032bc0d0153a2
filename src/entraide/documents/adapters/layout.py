"""Lines of pages put together to paragraphs: what a typesetter parted is joined, what stands on every page goes.

Two lines are parted where the space between them is wider than usual, the size of the type changes, or a short line
ends a sentence or a title. A hyphen at the end of a line goes when a small letter follows, unless the word has a hyphen
of its own: it stands so elsewhere in the text, or it begins with a word that French and English join by one
(`vice-ministre`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple
from unicodedata import east_asian_width

_NUMBER_OF_PAGE = re.compile(
    r"\W*(?:page|trang|p\.)?\s*\d{1,3}(?:\s*(?:/|sur|of|trên|de)\s*\d{1,3})?\W*\Z", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_HYPHEN = re.compile(r"([^\W\d_]+)-\Z")
_BETWEEN_YEARS = re.compile(r"\d[-–]\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", ".»", ". »", ".”", '."')
_JOINED_BY_HYPHEN = frozenset(
    {"vice", "sous", "non", "quasi", "semi", "arrière", "avant", "demi", "porte", "garde", "lieutenant", "major"}
    | {"brigadier", "procès", "celui", "celle", "ceux", "elle", "lui", "eux", "nous", "vous", "est", "dit", "peut"}
    | {"rendez", "deputy", "high", "self"}
)
LONGEST_WORD = 60
EDGE = 2
"""How many lines at the top and at the bottom of a page may be those of every page."""
SHARE = 0.6
SHORT = 0.8
WIDER = 1.2


class Line(NamedTuple):
    """A line of a page: its text, how high it stands in points, and the size of its type."""

    text: str
    height: float
    size: float


def _full_width(lines: Sequence[Line]) -> int:
    """Return the width that nine of ten lines do not exceed."""
    widths = sorted(_width(line.text) for line in lines)
    return widths[int(len(widths) * 0.9)] if len(widths) > 1 else widths[0]


def join_pages(pages: Sequence[Sequence[Line]]) -> str:
    """Return the text of `pages`, one paragraph to a line."""
    kept = _without_edges(pages)
    lines = [line for page in kept for line in page]
    if not lines:
        return ""
    full = _full_width(lines)
    vocabulary = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in lines).casefold()))
    text: list[str] = []
    for page in kept:
        usual = _usual_gap(page)
        for number, line in enumerate(page):
            before = page[number - 1] if number else None
            if not text:
                text.append(line.text)
            elif _begins(text[-1], before, line, usual, full):
                text += ["\n", line.text]
            else:
                text[-1], glue = _end_of_line(text[-1], line.text, vocabulary)
                text += [glue, line.text]
    return "".join(text)


def _without_edges(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without page numbers and without the lines that most pages have at the same edge."""
    seen: Counter[tuple[str, str]] = Counter()
    for page in pages:
        seen.update({_key(edge, line) for edge, line in _edges(page)})
    filled = sum(bool(page) for page in pages)
    often = max(2, filled * SHARE)
    kept: list[list[Line]] = []
    for page in pages:
        gone = {id(line) for edge, line in _edges(page) if seen[_key(edge, line)] >= often or _is_number(line.text)}
        kept.append([line for line in page if id(line) not in gone])
    return kept


def _is_number(text: str) -> bool:
    return len(text) < 40 and bool(_NUMBER_OF_PAGE.match(text))


def _edges(page: Sequence[Line]) -> list[tuple[str, Line]]:
    return [("top", line) for line in page[:EDGE]] + [("bottom", line) for line in page[-EDGE:]]


def _key(edge: str, line: Line) -> tuple[str, str]:
    """Return what makes a line the same on every page: its words, digits apart, and its size."""
    return edge, f"{_DIGITS.sub('0', line.text.casefold())}|{round(line.size)}"


def _usual_gap(page: Sequence[Line]) -> float:
    gaps = [
        before.height - line.height
        for before, line in pairwise(page)
        if 0 < before.height - line.height < 3 * max(line.size, 6)
    ]
    if not gaps:
        return 0.0
    # Where every line is a paragraph of its own the middle is too wide: no line of one paragraph stands so far apart.
    return min(median(gaps), 1.5 * median(line.size or 12 for line in page))


def _begins(above: str, before: Line | None, line: Line, usual: float, full: int) -> bool:
    """Whether a line begins a paragraph; the first of a page does when the text above it ends a sentence."""
    return above.endswith(_SENTENCE_ENDS) if before is None else _parted(before, line, usual, full)


def _parted(before: Line, line: Line, usual: float, full: int) -> bool:
    gap = before.height - line.height
    if usual and gap > WIDER * usual:
        return True
    if before.size and line.size and abs(before.size - line.size) > 0.1 * before.size:
        return True
    if before.text.endswith(",") or _width(before.text) >= SHORT * full:
        return False
    return before.text.endswith(_SENTENCE_ENDS) or not line.text[0].islower()


def _width(text: str) -> int:
    """Return how wide the text is: Chinese letters count twice."""
    return len(text) + sum(east_asian_width(character) == "W" for character in text if character > "\u2e7f")


def _end_of_line(line: str, following: str, vocabulary: Counter[str]) -> tuple[str, str]:
    """Return `line` as it ends when `following` goes on in its paragraph, and what stands between them."""
    hyphen, second = _HYPHEN.search(line[-LONGEST_WORD:]), _FIRST_WORD.match(following)
    if hyphen is None:
        return line, "" if _BETWEEN_YEARS.search(line[-2:]) and following[0].isdigit() else " "
    if second is None or not following[0].islower():
        return line, ""  # `Vietnam-Laos` was parted at its own hyphen
    first, word = hyphen.group(1).casefold(), second.group().casefold()
    own = vocabulary[f"{first}-{word}"] or first in _JOINED_BY_HYPHEN
    return (line, "") if own and not vocabulary[f"{first}{word}"] else (line[:-1], "")
