"""PDF into a tree: lines put together to paragraphs again, columns one by one, tables with their cells.

Only places on the page count, in whatever order the file draws. What stands on every page is left out, and a table that
goes on has its head once. Where places cannot be told and lines stand beside each other, the file is refused.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError

from entraide.documents.adapters.extracting import Extract
from entraide.documents.adapters.layout import Joined, Line, edge_lines, join_cell, join_columns, widest, words_in
from entraide.documents.adapters.page_layout import (
    HYPHENS,
    Grid,
    GridCell,
    Gutters,
    Part,
    Prose,
    arrange,
    head_rows,
    joined,
    rows_of,
)
from entraide.documents.adapters.page_tables import find_frames
from entraide.documents.adapters.pdf_positions import Drawn, Run, read_drawn
from entraide.documents.adapters.sniffing import Format
from entraide.documents.domain.building import CellDraft, TreeBuilder
from entraide.documents.domain.errors import (
    ColumnsNotCertain,
    DamagedFile,
    EncryptedFile,
    NoTextInside,
    TextTooLong,
    TooManyPages,
    UnpacksTooLarge,
)

MOST_PAGES = 200
LARGEST_STREAM_MB = 75
"""What pypdf unpacks of one stream at most (its own limit)."""
_LARGER = 1.18
_LONGEST_HEADING = 200
_PADDING = 8
_LETTER = 0.52
"""Of the size of the type: how wide a letter is."""
_BESIDE = 4
"""Lines of a page that may stand beside others, as a head and a page number do, before its order is in doubt."""


@dataclass(slots=True)
class _Page:
    """What a page draws; `lines` instead where only the order of the file is known."""

    drawn: Drawn = field(default_factory=Drawn)
    lines: list[Line] = field(default_factory=list)


def extract_pdf(data: bytes, file: str, longest: int) -> Extract:
    """Return the tree of a PDF of at most `longest` characters.

    One that is encrypted with an empty password, so that everybody may read it, is read. Raises `EncryptedFile`,
    `TooManyPages`, `TextTooLong`, `UnpacksTooLarge`, `NoTextInside`, `ColumnsNotCertain`, `DamagedFile`.
    """
    try:
        pages = _read_pages(data, file, longest)
    except FileNotDecryptedError as error:
        raise EncryptedFile(file=file, format="PDF") from error
    except LimitReachedError as error:
        raise UnpacksTooLarge(file=file, limit=LARGEST_STREAM_MB) from error
    except (PyPdfError, NotImplementedError) as error:
        raise DamagedFile(file=file, format="PDF") from error
    builder = TreeBuilder()
    _add_pages(builder, pages)
    tree = builder.build(Format.PDF.media_type)
    if not any(character.isalpha() for character in tree.text):
        raise NoTextInside(file=file, format="PDF")
    return Extract(tree, builder.encoding)


def _read_pages(data: bytes, file: str, longest: int) -> list[_Page]:
    """Return what each page draws, as long as all stay within `longest` characters."""
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise EncryptedFile(file=file, format="PDF")
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise TooManyPages(file=file, pages=count, limit=MOST_PAGES)
    pages: list[_Page] = []
    length = 0
    for page in reader.pages:
        pages.append(_read_page(page, file))
        length += sum(len(run.text) for run in pages[-1].drawn.runs) + sum(len(one.text) for one in pages[-1].lines)
        if length > longest:
            raise TextTooLong(file=file, limit=longest // 1_000_000)
    return pages


def _read_page(page: Any, file: str) -> _Page:  # noqa: ANN401 - pypdf's page
    """Return what a page draws, by its places, or else as pypdf tells its text; raises `ColumnsNotCertain`."""
    try:
        drawn = read_drawn(page)
    except LimitReachedError:
        raise
    except (PyPdfError, AttributeError, KeyError, TypeError, ValueError, IndexError, NotImplementedError):
        drawn = Drawn()
    if drawn.turned <= sum(len(run.text.strip()) for run in drawn.runs) and drawn.runs:
        return _Page(drawn)
    lines = _lines_of(page)
    heights = [round(line.height) for line in lines]
    if sum(heights.count(height) > 1 for height in heights) > _BESIDE or _jumps(heights) > 1:
        raise ColumnsNotCertain(file=file, format="PDF")
    return _Page(lines=lines)


def _jumps(heights: list[int]) -> int:
    """Return how often the file goes back up a page, as at the head of another column."""
    return sum(below > above + 3 for above, below in pairwise(heights))


def _add_pages(builder: TreeBuilder, pages: list[_Page]) -> None:
    parts = _flow(_arranged(pages))
    lines = [line for part in parts for line in _lines_in(part)]
    vocabulary = words_in(line.text for line in lines)
    usual = _usual_size(lines)
    for prose, group in groupby(parts, key=lambda part: isinstance(part, Prose)):
        if prose:
            columns = [part.lines for part in group if isinstance(part, Prose)]
            for paragraph in join_columns(columns, vocabulary):
                builder.add_paragraph(paragraph.text, heading=_level(paragraph, usual))
        else:
            for part in group:
                builder.add_table(_drafts(part, vocabulary) if isinstance(part, _Headed) else [])


def _usual_size(lines: list[Line]) -> float:
    """Return the size of the type that most of a text has."""
    return median(line.size for line in lines for _ in range(1 + len(line.text) // 20)) if lines else 0


def _arranged(pages: list[_Page]) -> list[list[Part]]:
    """Return the parts of each page; where pages have text in columns, all are read once more with these in mind."""
    edges = _edges_of(pages)
    first = [_parts_of(page, gone) for page, gone in zip(pages, edges, strict=True)]
    known = {part.gutters for parts in first for part in parts if isinstance(part, Prose) and part.gutters}
    if not known or len(pages) < 2:
        return first
    return [_parts_of(page, gone, known) for page, gone in zip(pages, edges, strict=True)]


def _level(paragraph: Joined, usual: float) -> int:
    """Return 1 for a heading, told by larger type; 0 for the text."""
    return int(len(paragraph.text) < _LONGEST_HEADING and paragraph.size > _LARGER * usual)


def _edges_of(pages: list[_Page]) -> list[set[float]]:
    """Return for each page the heights at which page numbers stand, and what most pages have at that edge."""
    outside = [
        [*(Line(row.text, row.height, row.size) for row in rows_of(_outside(page))), *page.lines] for page in pages
    ]
    return [{lines[number].height for number in gone} for lines, gone in zip(outside, edge_lines(outside), strict=True)]


def _parts_of(page: _Page, gone: set[float], known: Collection[Gutters] = ()) -> list[Part]:
    if page.lines:
        return [Prose(tuple(line for line in page.lines if line.height not in gone))]
    rows = [row for row in rows_of(_outside(page)) if row.height in gone]
    left_out = {id(run) for row in rows for run in row.runs}
    return arrange(Drawn([run for run in page.drawn.runs if id(run) not in left_out], page.drawn.rules), known)


def _outside(page: _Page) -> list[Run]:
    """Return what stands in no drawn table."""
    frames = find_frames(page.drawn.rules)
    return [run for run in page.drawn.runs if not any(frame.holds(run) for frame in frames)]


@dataclass(frozen=True, slots=True)
class _Headed:
    """A table of one page or more, and how many of its rows are a head."""

    grid: Grid
    head: int = 0


def _flow(pages: list[list[Part]]) -> list[Prose | _Headed]:
    """Return the parts of all pages, a table that goes on over pages as one."""
    parts: list[Prose | _Headed] = []
    for page in pages:
        filled = [part for part in page if isinstance(part, Grid) or part.lines]
        for number, part in enumerate(filled):
            before = parts[-1] if parts and number == 0 else None
            if isinstance(part, Grid) and isinstance(before, _Headed) and (whole := _gone_on(before, part)):
                parts[-1] = whole
            else:
                parts.append(_Headed(part) if isinstance(part, Grid) else part)
    return parts


def _gone_on(before: _Headed, part: Grid) -> _Headed | None:
    """Return a table with what follows of it on the next page, None where that is another one."""
    whole = joined(before.grid, part)
    return _Headed(whole, max(before.head, head_rows(before.grid, part))) if whole else None


def _lines_in(part: Prose | _Headed) -> list[Line]:
    if isinstance(part, Prose):
        return list(part.lines)
    return [line for cell in part.grid.cells for line in cell.lines]


def _drafts(table: _Headed, vocabulary: Counter[str]) -> list[list[CellDraft]]:
    rows: dict[int, list[GridCell]] = {}
    columns: dict[int, list[Line]] = {}
    for cell in table.grid.cells:
        rows.setdefault(cell.row, []).append(cell)
        if cell.wide == 1:
            columns.setdefault(cell.column, []).extend(cell.lines)
    full = {column: max(widest(lines), _room(table.grid, column, lines)) for column, lines in columns.items()}

    def draft(cell: GridCell) -> CellDraft:
        width = full.get(cell.column, 0) if cell.wide == 1 else widest(cell.lines)
        return CellDraft(join_cell(cell.lines, vocabulary, width), cell.high, cell.wide, cell.row < table.head)

    return [
        [draft(cell) for cell in sorted(rows.get(row, []), key=lambda cell: cell.column)]
        for row in range(max(rows, default=-1) + 1)
    ]


def _room(grid: Grid, column: int, lines: list[Line]) -> int:
    """Return how many letters of usual width a column has room for; the last may have no end, and its neighbour's."""
    if len(grid.edges) < 2 or not lines:
        return 0
    before = min(column, len(grid.edges) - 2)
    size = max(median(line.size for line in lines), 1)
    return int((grid.edges[before + 1] - grid.edges[before] - _PADDING) / (_LETTER * size))


def _lines_of(page: Any) -> list[Line]:  # noqa: ANN401 - pypdf's page
    """Return the lines of a page as the file writes them, each with its height on the page and the size of its type."""
    lines: list[Line] = []
    parts: list[str] = []
    height = size = 0.0

    def finish() -> None:
        text = " ".join("".join(parts).translate(HYPHENS).split())
        if text:
            lines.append(Line(text, height, size))
        parts.clear()

    def visit(text: str, matrix: list[float], text_matrix: list[float], _font: object, font_size: float) -> None:
        nonlocal height, size
        pieces = text.split("\n")
        for number, piece in enumerate(pieces):
            if number:
                finish()
            if piece.strip():
                if not any(part.strip() for part in parts):
                    x, y = text_matrix[4], text_matrix[5]
                    height = x * matrix[1] + y * matrix[3] + matrix[5]
                    size = abs(font_size * text_matrix[3] * matrix[3]) or font_size
                parts.append(piece)
            elif piece:
                parts.append(" ")

    page.extract_text(visitor_text=visit)
    finish()
    return lines
