"""Cells in which somebody signs: `Pour le …`, `Signed for …`, `Đại diện …`, or posts over names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from entraide.documents.domain.tree import Cell, Paragraph
from entraide.reader.domain.plans.grids import Grid
from entraide.reader.domain.plans.signers import name_of
from entraide.reader.domain.plans.words import any_begins

_MOST_COLUMNS = 4
_MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Signature:
    """Cells in which somebody signs, column by column, as paragraphs."""

    columns: tuple[tuple[Paragraph, ...], ...]


def begins_signature(grid: Grid, number: int) -> bool:
    """Whether a row begins the signatures below a table."""
    cells = grid.own(number)
    return bool(cells) and len(cells) <= _MOST_COLUMNS and all(_signs(cell.text) for _, cell in cells)


def is_signature(grid: Grid, rows: Sequence[int]) -> bool:
    """Whether rows are signatures: few columns, and at their top cells that sign, or hold names and little else."""
    filled = [number for number in rows if grid.distinct(number)]
    if not filled or len(filled) > _MOST_ROWS:
        return False
    tops = [grid.distinct(number) for number in filled[:2]]
    return any(_is_top(cells, short=len(filled) <= 5) for cells in tops if len(cells) <= _MOST_COLUMNS)


def _is_top(cells: Sequence[tuple[int, Cell]], *, short: bool) -> bool:
    if short and len(cells) > 1 and all(_is_of_name(cell.text) for _, cell in cells):
        return True
    return sum(_signs(cell.text) for _, cell in cells) >= max(1, len(cells) - 1)


def _signs(text: str) -> bool:
    return len(text) < 400 and any_begins("signature", text.strip().partition("\n")[0][:100])


def _is_of_name(text: str) -> bool:
    """Whether a cell holds a name and little else: rank, post."""
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) <= 5 and any(name_of(line)[0] for line in lines)


def signature_of(grid: Grid, rows: Sequence[int]) -> Signature:
    """Return what stands in the columns of `rows`, each cell once."""
    columns: dict[int, list[Paragraph]] = {}
    seen: set[int] = set()
    for number in rows:
        for column, cell in grid.distinct(number):
            if id(cell) not in seen:
                seen.add(id(cell))
                columns.setdefault(column, []).extend(lines_of_cell(cell))
    return Signature(tuple(tuple(lines) for _, lines in sorted(columns.items())))


def lines_of_cell(cell: Cell) -> Iterator[Paragraph]:
    """Yield the lines of a cell with their offsets."""
    position = cell.start
    for line in cell.text.split("\n"):
        if line.strip():
            yield Paragraph(line.strip(), position + len(line) - len(line.lstrip()))
        position += len(line) + 1
