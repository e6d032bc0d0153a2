"""A tree put together piece by piece: text and offsets grow side by side, so that the tree's invariant always holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from entraide.documents.domain.tidying import tidy
from entraide.documents.domain.tree import Block, Cell, DocumentTree, Line, Paragraph, Table, paragraphs_of

MOST_COLUMNS = 256
MOST_PLACES = 400_000
"""Of one document's tables; a file that declares more is read to there: no plan has them."""


@dataclass(frozen=True, slots=True)
class CellDraft:
    """A cell before it has its place: its text, the rows and columns it covers, whether it is marked as a header."""

    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False


class TreeBuilder:
    """Takes the pieces of a document in reading order and gives its tree.

    Every piece is tidied: no marks of control, no blanks at its ends, line feeds only; what is empty then is left out,
    except in a table, where its place counts.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block | Line] = []
        self._notes: list[tuple[str, str]] = []
        self._left_out: list[str] = []
        self._places = 0
        self.title = ""

    @property
    def length(self) -> int:
        """The characters so far."""
        return self._length

    def add_paragraph(
        self, text: str, *, heading: int = 0, marker: str = "", depth: int = 0, typed: bool = True
    ) -> None:
        """Add a paragraph; where it has no `marker` of its own, one that is `typed` in its text is taken off."""
        if not (text := tidy(text)):
            return
        start = self._append(text)
        own = marker or not typed
        self._blocks.append(Paragraph(text, start, heading, marker, depth) if own else Line.of(text, start, heading))

    def add_table(self, rows: Sequence[Sequence[CellDraft]], *, title: str = "") -> None:
        """Add a table: of each row its cells from left to right, without places that a cell above covers."""
        laid = lay_grid(rows)
        self._places += sum(map(len, laid))
        if self._places > MOST_PLACES or not any(tidy(cell.text) for row in laid for cell in row if cell):
            return
        grid = tuple(tuple(self._cell(draft) if draft else None for draft in row) for row in laid)
        self._blocks.append(Table(grid, tidy(title)))

    def add_note(self, text: str, *, marker: str = "") -> None:
        """Add a footnote, which comes behind all blocks."""
        if text := tidy(text):
            self._notes.append((text, marker))

    def leave_out(self, what: str) -> None:
        """Say what is in the file and is not read, in English."""
        if what not in self._left_out:
            self._left_out.append(what)

    def build(self, media_type: str, *, parts: tuple[DocumentTree, ...] = ()) -> DocumentTree:
        """Return the tree of all that was added."""
        notes = tuple(Paragraph(text, self._append(text), marker=marker) for text, marker in self._notes)
        text = "".join(self._pieces)
        typed = iter(paragraphs_of(text, [block for block in self._blocks if isinstance(block, Line)]))
        blocks = tuple(next(typed) if isinstance(block, Line) else block for block in self._blocks)
        return DocumentTree(text, blocks, media_type, notes, tuple(self._left_out), parts, self.title)

    def _append(self, text: str) -> int:
        """Put `text` on a line of its own and return where it begins."""
        if self._length:
            self._pieces.append("\n")
            self._length += 1
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start

    def _cell(self, draft: CellDraft) -> Cell:
        text = tidy(draft.text)
        start = self._append(text) if text else self._length
        return Cell(text, start, draft.row_span, draft.column_span, draft.header)


def lay_grid(rows: Sequence[Sequence[CellDraft]]) -> list[list[CellDraft | None]]:
    """Return the places of a table: each cell where its row has room beside those that reach down into it.

    Spans that reach beyond the last row, the widest allowed table or a cell that is there already are cut (HTML 5.2,
    section 4.9.12, forms a table in the same way).
    """
    height = len(rows)
    taken: list[set[int]] = [set() for _ in rows]
    placed: list[dict[int, CellDraft]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for draft in row:
            while column in taken[number]:
                column += 1
            if column >= MOST_COLUMNS:
                break
            wide = 1
            while wide < min(draft.column_span, MOST_COLUMNS - column) and column + wide not in taken[number]:
                wide += 1
            high = max(1, min(draft.row_span, height - number))
            for below in range(number, number + high):
                taken[below].update(range(column, column + wide))
            placed[number][column] = CellDraft(draft.text, high, wide, draft.header)
            column += wide
    width = max((max(columns, default=-1) + 1 for columns in taken), default=0)
    return [[cells.get(column) for column in range(width)] for cells in placed]
