"""Lines of pages put together to paragraphs: what a typesetter parted is joined, what stands on every page goes.

Two lines are parted where the space between them is wider than usual, the size of the type changes, or a short line
ends a sentence or a title. A hyphen at the end of a line goes when a small letter follows, unless the word has a hyphen
of its own: it stands so elsewhere in the text, or it begins with a word that French and English join by one
(`vice-ministre`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple
from unicodedata import east_asian_width

from entraide.documents.domain.markers import kind_of_marker, split_marker

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
EDGE_GAP = 1.25
SHORT = 0.8
WIDER = 1.2
APART = 1.35
OWN_WIDTH = 4
"""Lines from which a column's own width tells which of them are short."""


class Line(NamedTuple):
    """A line of a page: its text, how high it stands in points, and the size of its type."""

    text: str
    height: float
    size: float


class Joined(NamedTuple):
    """A paragraph and the size of its type."""

    text: str
    size: float


def _full_width(lines: Sequence[Line]) -> int:
    """Return the width that nine of ten lines do not exceed."""
    widths = sorted(_width(line.text) for line in lines)
    return widths[int(len(widths) * 0.9)] if len(widths) > 1 else widths[0]


def join_pages(pages: Sequence[Sequence[Line]]) -> str:
    """Return the text of `pages`, one paragraph to a line."""
    kept = _without_edges(pages)
    words = words_in(line.text for page in kept for line in page)
    return "\n".join(paragraph.text for paragraph in join_columns(kept, words))


def words_in(texts: Iterable[str]) -> Counter[str]:
    """Return the words of a document, by which a hyphen at the end of a line is judged."""
    return Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(texts).casefold()))


def join_columns(columns: Sequence[Sequence[Line]], vocabulary: Counter[str]) -> list[Joined]:
    """Return the paragraphs of `columns` (pages where there is one to a page), which go on from one to the next."""
    lines = [line for column in columns for line in column]
    usual_width = _full_width(lines) if lines else 0
    paragraphs: list[list[Line]] = []
    for column in columns:
        usual = _usual_gap(column)
        full = _full_width(column) if len(column) >= OWN_WIDTH else usual_width
        for before, line in zip([None, *column], column, strict=False):
            own = paragraphs[-1] if paragraphs else None
            if own is None or _begins(own[-1].text, before, line, usual, full) or _is_point(own, line):
                paragraphs.append([line])
            else:
                own.append(line)
    return [Joined(_joined(own, vocabulary), own[0].size) for own in paragraphs]


def _joined(lines: Sequence[Line], vocabulary: Counter[str]) -> str:
    """Return the text of lines that go on, one into the next."""
    pieces = [lines[0].text]
    for line in lines[1:]:
        pieces[-1], glue = _end_of_line(pieces[-1], line.text, vocabulary)
        pieces += [glue, line.text]
    return "".join(pieces)


def join_cell(lines: Sequence[Line], vocabulary: Counter[str], full: int) -> str:
    """Return the text of a cell in a column as wide as `full` letters.

    Its lines go on, unless a point begins, more than usual is free between two, or the first word of a line would have
    had room in the line above: then it was meant to stand below.
    """
    usual = _usual_gap(lines)
    parts: list[list[Line]] = []
    for line in lines:
        own = parts[-1] if parts else None
        apart = own is not None and usual and own[-1].height - line.height > APART * usual
        if own is None or apart or _is_point(parts[0], line) or _had_room(own[-1].text, line.text, full):
            parts.append([line])
        else:
            own.append(line)
    return "\n".join(_joined(own, vocabulary) for own in parts)


def _had_room(above: str, below: str, full: int) -> bool:
    word = below.split(maxsplit=1)[0]
    return not below[0].islower() and _width(above) + 1 + _width(word) <= SHORT * full


def widest(lines: Iterable[Line]) -> int:
    """Return the width of the widest line in letters, 0 without one."""
    return max((_width(line.text) for line in lines), default=0)


def _is_point(own: Sequence[Line], line: Line) -> bool:
    """Whether a line begins another point: of the list whose point `own` is, or behind a finished sentence."""
    marker, _ = split_marker(line.text)
    if not marker:
        return False
    finished = own[-1].text.endswith((*_SENTENCE_ENDS, ","))
    return finished or kind_of_marker(split_marker(own[0].text)[0]) == kind_of_marker(marker)


def _without_edges(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without page numbers and without the lines that most pages have at the same edge."""
    gone = edge_lines(pages)
    return [
        [line for number, line in enumerate(page) if number not in lines]
        for page, lines in zip(pages, gone, strict=True)
    ]


def edge_lines(pages: Sequence[Sequence[Line]]) -> list[set[int]]:
    """Return for each page which of its lines are page numbers, or are those of most pages at the same edge.

    A line of the text may be the last of several pages: what is repeated must count the pages, or stand apart.
    """
    edges = [{number: _key(edge, page[number]) for edge, number in _edges(page)} for page in pages]
    seen = Counter(key for own in edges for key in set(own.values()))
    spelt: dict[tuple[str, str], set[str]] = {}
    for page, own in zip(pages, edges, strict=True):
        for number, key in own.items():
            spelt.setdefault(key, set()).add(page[number].text)
    often = max(2, sum(map(bool, pages)) * SHARE)
    repeated = {key for key, times in seen.items() if times >= often}
    counting = {key for key in repeated if len(spelt[key]) > 1}
    gone: list[set[int]] = []
    for page, own in zip(pages, edges, strict=True):
        heads = counting | {key for number, key in own.items() if number in _apart(page) and key in repeated}
        gone.append({number for number, key in own.items() if key in heads or _is_number(page[number].text)})
    return gone


def _apart(page: Sequence[Line]) -> set[int]:
    """Return the numbers of the first and last lines that stand apart from the text between them."""
    usual = _usual_gap(page)
    found: set[int] = set()
    for edge, number in _edges(page):
        inner = number + 1 if edge == "top" else number - 1
        if 0 <= inner < len(page) and abs(page[number].height - page[inner].height) > EDGE_GAP * usual:
            found.update(range(number + 1) if edge == "top" else range(number, len(page)))
    return found


def _is_number(text: str) -> bool:
    return len(text) < 40 and bool(_NUMBER_OF_PAGE.match(text))


def _edges(page: Sequence[Line]) -> list[tuple[str, int]]:
    """Return the numbers of the first and the last lines of a page."""
    count = len(page)
    top = [("top", number) for number in range(min(EDGE, count))]
    return top + [("bottom", number) for number in range(max(count - EDGE, 0), count)]


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
