"""A tree put together piece by piece: text and offsets grow side by side, so that the tree's invariant always holds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

from entraide.documents.domain.legacy_vietnamese import CONVERT, find_legacy
from entraide.documents.domain.tidying import tidy
from entraide.documents.domain.tree import Cell, DocumentTree, Line, Paragraph, Table, paragraphs_of
from entraide.kernel.text import N_

MOST_COLUMNS = 256
MOST_LEFT_OUT = 50
MOST_PLACES = 400_000
"""Of one document's tables; a file that declares more is read to there: no plan has them."""


@dataclass(frozen=True, slots=True)
class CellDraft:
    """A cell before it has its place: its text, the rows and columns it covers, whether it is marked as a header.

    One that is `absent` only keeps its place free.
    """

    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    absent: bool = False


@dataclass(frozen=True, slots=True)
class _ParagraphDraft:
    text: str
    heading: int
    marker: str
    depth: int
    typed: bool
    lead: int


@dataclass(frozen=True, slots=True)
class _TableDraft:
    rows: list[list[CellDraft | None]]
    title: str


class TreeBuilder:
    """Takes the pieces of a document in reading order and gives its tree.

    Every piece is tidied: no marks of control, no blanks at its ends, line feeds only; what is empty then is left out,
    except in a table, where its place counts. Vietnamese in the encoding of an old font becomes Unicode.
    """

    def __init__(self) -> None:
        self._drafts: list[_ParagraphDraft | _TableDraft] = []
        self._notes: list[tuple[str, str]] = []
        self._left_out: list[str] = []
        self._places = 0
        self._length = 0
        self.title = ""
        self.encoding = ""

    @property
    def length(self) -> int:
        """The characters so far, about."""
        return self._length

    def add_paragraph(
        self, text: str, *, heading: int = 0, marker: str = "", depth: int = 0, typed: bool = True, lead: str = ""
    ) -> None:
        """Add a paragraph; where it has no `marker` of its own, one that is `typed` in its text is taken off.

        `lead` is written before `text` and is no part of the paragraph: the marker, where it shall stand in the text.
        """
        if text := tidy(text):
            self._length += len(lead) + len(text) + 1
            typed = typed and not marker
            self._drafts.append(_ParagraphDraft(lead + text, heading, marker, depth, typed, len(lead)))

    def add_table(self, rows: Sequence[Sequence[CellDraft]], *, title: str = "") -> None:
        """Add a table: of each row its cells from left to right, without places that a cell above covers."""
        laid = lay_grid([[replace(cell, text=tidy(cell.text)) for cell in row] for row in rows])
        self._places += sum(map(len, laid))
        lengths = [len(cell.text) + 1 for row in laid for cell in row if cell and cell.text]
        if self._places > MOST_PLACES:
            self.leave_out(N_("tables beyond the size of any plan"))
        elif lengths:
            self._length += sum(lengths)
            self._drafts.append(_TableDraft(laid, tidy(title)))

    def add_note(self, text: str, *, marker: str = "") -> None:
        """Add a footnote, which comes behind all blocks."""
        if text := tidy(text):
            self._length += len(text) + 1
            self._notes.append((text, marker))

    def leave_out(self, what: str, name: str = "") -> None:
        """Say what is in the file and is not read: a marked message (`N_`), and the name of the thing."""
        said = f"{what}: {tidy(name)}" if name else what
        if said not in self._left_out and len(self._left_out) < MOST_LEFT_OUT:
            self._left_out.append(said)

    def put_before(self, text: str, *, heading: int = 0) -> None:
        """Add a paragraph before all that was added."""
        if text := tidy(text):
            self._length += len(text) + 1
            self._drafts.insert(0, _ParagraphDraft(text, heading, "", 0, typed=False, lead=0))

    def plain(self) -> str:
        """Return what was added as lines, each with the marker that its program counts: the text of a cell."""
        lines: list[str] = []
        for draft in self._drafts:
            if isinstance(draft, _ParagraphDraft):
                lines.append(f"{draft.marker} {draft.text}" if draft.marker else draft.text)
            else:
                lines += [cell.text for row in draft.rows for cell in row if cell and cell.text]
        return "\n".join(lines)

    def build(self, media_type: str, *, parts: tuple[DocumentTree, ...] = ()) -> DocumentTree:
        """Return the tree of all that was added."""
        convert = self._conversion()
        sheet = _Sheet(convert)
        blocks = [sheet.draw(draft) for draft in self._drafts]
        notes = tuple(Paragraph(*sheet.put(text), marker=marker) for text, marker in self._notes)
        text = sheet.text
        lines = iter(paragraphs_of(text, [block for block in blocks if isinstance(block, Line)]))
        settled = tuple(next(lines) if isinstance(block, Line) else block for block in blocks)
        return DocumentTree(text, settled, media_type, notes, tuple(self._left_out), parts, convert(self.title))

    def _conversion(self) -> Callable[[str], str]:
        """Return what makes Unicode of the texts, and remember which encoding it undoes."""
        sample = "\n".join(islice(self._texts(), 2000))
        name = "" if sample.isascii() else find_legacy(sample)
        self.encoding = name or self.encoding
        return CONVERT.get(name, str)

    def _texts(self) -> Iterator[str]:
        for draft in self._drafts:
            if isinstance(draft, _ParagraphDraft):
                yield draft.text
            else:
                yield from (cell.text for row in draft.rows for cell in row if cell and cell.text)


class _Sheet:
    """The text as it grows, a line for each piece."""

    def __init__(self, convert: Callable[[str], str]) -> None:
        self._convert = convert
        self._pieces: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def put(self, text: str) -> tuple[str, int]:
        """Write `text` on a line of its own; return it as written, and where it begins."""
        text = self._convert(text)
        if self._length:
            self._pieces.append("\n")
            self._length += 1
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return text, start

    def draw(self, draft: _ParagraphDraft | _TableDraft) -> Table | Line:
        if isinstance(draft, _TableDraft):
            grid = tuple(tuple(self._cell(cell) if cell else None for cell in row) for row in draft.rows)
            return Table(grid, self._convert(draft.title))
        text, start = self.put(draft.text)
        if draft.typed:
            return Line.of(text, start, draft.heading)
        depth = draft.depth if draft.marker else None
        return Line(start, start + draft.lead, start + len(text), draft.marker, draft.heading, depth)

    def _cell(self, draft: CellDraft) -> Cell:
        text, start = self.put(draft.text) if draft.text else ("", self._length)
        return Cell(text, start, draft.row_span, draft.column_span, draft.header)


def lay_grid(rows: Sequence[Sequence[CellDraft]]) -> list[list[CellDraft | None]]:
    """Return the places of a table: each cell where its row has room beside those that reach down into it.

    Spans that reach beyond the last row, the widest allowed table or a cell that is there already are cut (HTML 5.2,
    section 4.9.12, forms a table in the same way).
    """
    taken: list[set[int]] = [set() for _ in rows]
    placed = [_lay_row(row, number, taken) for number, row in enumerate(rows)]
    width = max((max(columns, default=-1) + 1 for columns in taken), default=0)
    return [[cells.get(column) for column in range(width)] for cells in placed]


def _lay_row(row: Sequence[CellDraft], number: int, taken: list[set[int]]) -> dict[int, CellDraft]:
    """Return the cells of a row by their columns, and count the places that they take in it and below."""
    placed: dict[int, CellDraft] = {}
    for draft in row:
        column = next(at for at in count() if at not in taken[number])
        if column >= MOST_COLUMNS:
            break
        last = min(column + max(draft.column_span, 1), MOST_COLUMNS)
        end = next((at for at in range(column, last) if at in taken[number]), last)
        high = max(1, min(draft.row_span, len(taken) - number))
        for below in range(number, number + high):
            taken[below].update(range(column, end))
        if not draft.absent:
            placed[column] = CellDraft(draft.text, high, end - column, draft.header)
    return placed
