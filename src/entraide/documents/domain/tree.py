"""The neutral tree: a document of any format as paragraphs and tables in the order in which a person reads them.

**The invariant.** Of every paragraph, cell and note, `tree.text[x.start : x.start + len(x.text)] == x.text`: the tree
says what the stretches of the original text are, and adds no word to it. What a program counts by itself (automatic
numbers) or draws (bullets) is in `marker` and not in the text; what was typed as a number is taken off `text` into
`marker`, and stands before `start`. A list is its points: each with its marker and its depth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from entraide.documents.domain.markers import Point, is_word_marker, nest, split_marker, without_initials

PLAIN = "text/plain"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, a heading or a point of a list.

    `start` is the offset of `text` in the tree's text; `heading` 1 to 6 is its level, 0 none; `marker` is the number or
    bullet as a reader sees it (`1.`, `2.3`, `a)`, `–`, `Điều 3.`), empty without one; `depth` is the nesting of the
    list, 0 outermost.
    """

    text: str
    start: int
    heading: int = 0
    marker: str = ""
    depth: int = 0

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; several paragraphs in it are joined by a line feed, and an empty cell has an empty text.

    `row_span` and `column_span` say how many places of the grid it covers, from its own to the right and down. `header`
    says that the document marks it as one of a header row or header column; many documents mark none.
    """

    text: str
    start: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: every row has as many places, and one that a span covers, or that a row does not have, is None.

    `title` is the name of the sheet or the caption, empty without one.
    """

    rows: tuple[tuple[Cell | None, ...], ...]
    title: str = ""

    @property
    def cells(self) -> Iterator[Cell]:
        """Each cell once, row by row."""
        return (cell for row in self.rows for cell in row if cell is not None)

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that stands at a place or covers it, None where there is none."""
        for above in range(row, -1, -1):
            for before in range(column, -1, -1):
                cell = self.rows[above][before]
                if cell is not None and above + cell.row_span > row and before + cell.column_span > column:
                    return cell
        return None


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class DocumentTree:
    """A document: its text and what its stretches are.

    `notes` are footnotes and endnotes, each with its mark as `marker`; their text stands behind that of the blocks.
    `left_out` says what is in the file and was not read on purpose: a marked message and a name (`hidden sheet: Plan`).
    `parts` are the attachments of an e-mail, each a document of its own whose offsets count in its own text.
    """

    text: str
    blocks: tuple[Block, ...]
    media_type: str = PLAIN
    notes: tuple[Paragraph, ...] = ()
    left_out: tuple[str, ...] = ()
    parts: tuple["DocumentTree", ...] = ()
    title: str = ""

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs outside of tables."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> Iterator[Table]:
        """The tables."""
        return (block for block in self.blocks if isinstance(block, Table))


def read_lines(text: str, *, media_type: str = PLAIN) -> DocumentTree:
    """Return the tree of a plain text: a paragraph for each line that holds something, its typed marker taken off.

    Depth follows the styles of the markers: a style that is new stands inside the one before, one that was there ends
    what was inside. Lines that a typesetter broke stay apart: joining them is the reader's affair.
    """
    lines: list[Line] = []
    position = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Line.of(line, position))
        position += len(line) + 1
    return DocumentTree(text, tuple(paragraphs_of(text, lines)), media_type)


def paragraphs_of(text: str, lines: Sequence["Line"]) -> list[Paragraph]:
    """Return the paragraphs of `lines`, with the markers that their neighbours bear out and the depths of these."""
    typed = iter(without_initials([line.marker for line in lines if line.depth is None]))
    markers = [next(typed) if line.depth is None else line.marker for line in lines]
    starts = [line.behind if marker else line.first for line, marker in zip(lines, markers, strict=True)]
    points = [
        Point(marker, text[start : line.end], line.heading, line.depth)
        for line, start, marker in zip(lines, starts, markers, strict=True)
    ]
    rows = zip(points, starts, nest(points), strict=True)
    return [Paragraph(point.text, start, point.heading, point.marker, depth) for point, start, depth in rows]


class Line(NamedTuple):
    """Where a line's first word stands, where the text behind its marker begins, where it ends; offsets in the text.

    `depth` is that of a list which a program keeps, None where the marker, if there is one, is typed.
    """

    first: int
    behind: int
    end: int
    marker: str
    heading: int = 0
    depth: int | None = None

    @classmethod
    def of(cls, line: str, position: int, heading: int = 0) -> "Line":
        """Return a line that begins at `position`."""
        end = len(line.rstrip())
        first = len(line) - len(line.lstrip())
        marker, behind = split_marker(line[:end])
        if behind >= end:
            # `Điều 3.` alone is a heading whose text it is; a number or a dash alone is no list.
            marker, behind = (marker if is_word_marker(marker) else ""), first
        return cls(position + first, position + behind, position + end, marker, heading)
