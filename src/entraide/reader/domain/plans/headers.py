"""Where a table begins within a grid: its header, of one row or more, found by its words; what stands around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from entraide.documents.domain.tree import Cell, Paragraph
from entraide.reader.domain.plans.columns import LONGEST_HEADER, Column, Role, column_of_header, role_of_header
from entraide.reader.domain.plans.grids import Grid
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.signing import begins_signature
from entraide.reader.domain.plans.words import any_is

SURE = 0.55
"""From which share of its words on a header surely names a role."""
_NAMED = 0.4
_LONGEST_BELOW = 60
_LAST_HEADER = 400
"""A row below it is data: asking every row of a huge sheet whether it is a header would take minutes."""


@dataclass(slots=True)
class Part:
    """What stands together in a table: its columns, where a header names them, and its rows."""

    columns: list[Column]
    rows: list[int] = field(default_factory=list)


def parts_of(grid: Grid, sides: Sides) -> Iterator[Part | Paragraph]:
    """Cut a table where a header begins: a sheet holds lines of text, then a table, then signatures."""
    part: Part | None = None
    number = 0
    while number < len(grid.rows):
        cells = grid.distinct(number)
        headed = part is not None and bool(part.columns)
        height = _header_height(grid, number, sides, within=headed) if len(cells) > 1 else 0
        if height:
            columns = _columns(grid, number, height, sides)
            if part is None or not _same(part.columns, columns):
                yield from _ended(part)
                part = Part(columns)
        elif part is None and len(cells) == 1 and grid.width > 1:
            yield Paragraph(cells[0][1].text, cells[0][1].start)
        elif headed and begins_signature(grid, number):
            yield from _ended(part)
            part = Part([], [number])
        elif cells:
            part = part or Part([])
            part.rows.append(number)
        number += max(height, 1)
    yield from _ended(part)


def _ended(part: Part | None) -> Iterator[Part]:
    if part is not None and part.rows:
        yield part


def _columns(grid: Grid, number: int, height: int, sides: Sides) -> list[Column]:
    columns: list[Column] = []
    for column in range(grid.width):
        texts = [text for row in range(number, number + height) if (text := grid.text(row, column))]
        columns.append(column_of_header(list(dict.fromkeys(texts)), sides))
    return columns


def _same(first: Sequence[Column], second: Sequence[Column]) -> bool:
    return [column.header.casefold() for column in first] == [column.header.casefold() for column in second]


def _header_height(grid: Grid, number: int, sides: Sides, *, within: bool) -> int:
    """Return how many rows from `number` are a header, 0 for none; `within` a table most cells of another say so."""
    cells = [cell for _, cell in grid.distinct(number)]
    long = any(len(cell.text) > LONGEST_HEADER for cell in cells)
    if number >= _LAST_HEADER or long or not _is_header(cells, number, sides, within=within):
        return 0
    height = 1
    while number + height < len(grid.rows) and _goes_on(grid, number + height, sides):
        height += 1
    return height


def _is_header(cells: Sequence[Cell], number: int, sides: Sides, *, within: bool) -> bool:
    flagged = all(cell.header for cell in cells)
    if not flagged and any(_is_data(cell.text) for cell in cells[1:]):
        return False
    found = [column_of_header([cell.text], sides) for cell in cells]
    named = [column for column in found if column.role is not Role.OTHER and column.sure >= _NAMED]
    if within:
        return _repeats(named, len(cells))
    return bool(number == 0 and flagged and named) or _says_enough(named, len(cells), first=number == 0)


def _repeats(named: Sequence[Column], cells: int) -> bool:
    """Within a table only a row that says so with nearly each cell, and surely, is another header."""
    sure = all(column.sure >= SURE for column in named)
    return sure and len(named) >= 0.8 * cells and _says_enough(named, cells, first=False)


def _says_enough(named: Sequence[Column], cells: int, *, first: bool) -> bool:
    """Two roles, in half of the cells, one of them surely; at the top, cells that differ by party alone."""
    if len({column.role for column in named}) >= 2 and len(named) >= 0.5 * cells:
        return any(column.sure >= SURE for column in named)
    apart = len({(column.role, column.state, column.language) for column in named}) >= 2
    return first and apart and len(named) == cells


def _is_data(text: str) -> bool:
    return len(text.split()) > 9 or text.strip().isdigit()


def _goes_on(grid: Grid, number: int, sides: Sides) -> bool:
    """Whether a row still belongs to the header: below cells that reach down it names parties, languages, roles."""
    own = grid.own(number)
    if not own or any(len(cell.text) > _LONGEST_BELOW for _, cell in own):
        return False
    above = [grid.rows[number - 1][column] for column, _ in own]
    reached = any(grid.from_above(number, column) and grid.text(number, column) for column in range(grid.width))
    parted = all(cell is not None and cell.column_span > 1 for cell in above)
    return (reached or parted) and all(_is_below(cell.text, sides) for _, cell in own)


def _is_below(text: str, sides: Sides) -> bool:
    if sides.state_of(text) or role_of_header(text)[1] >= _NAMED or any_is("starts", text) or any_is("ends", text):
        return True
    return column_of_header([text], sides).role is Role.TICK
