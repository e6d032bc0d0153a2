"""A table as a full grid: every place with the cell that stands there or covers it."""

from collections.abc import Sequence
from dataclasses import dataclass

from entraide.documents.domain.tree import Cell, Table

Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of a table; a cell that spans several stands at each of them."""

    rows: tuple[Row, ...]
    width: int
    title: str = ""

    def distinct(self, number: int) -> list[tuple[int, Cell]]:
        """Return the cells of a row that hold text, each once, with the first column at which it stands."""
        seen: set[int] = set()
        found: list[tuple[int, Cell]] = []
        for column, cell in enumerate(self.rows[number]):
            if cell is not None and id(cell) not in seen:
                seen.add(id(cell))
                if cell.text.strip():
                    found.append((column, cell))
        return found

    def own(self, number: int) -> list[tuple[int, Cell]]:
        """Return the cells with text that begin in this row, not those that reach down from above."""
        above = {id(cell) for cell in self.rows[number - 1]} if number else set()
        return [(column, cell) for column, cell in self.distinct(number) if id(cell) not in above]

    def from_above(self, number: int, column: int) -> bool:
        """Whether the cell at a place also stands there in the row above."""
        cell = self.rows[number][column]
        return number > 0 and cell is not None and cell is self.rows[number - 1][column]

    def text(self, number: int, column: int) -> str:
        """Return the text at a place, empty where there is none."""
        cell = self.rows[number][column]
        return cell.text.strip() if cell is not None else ""


def grid_of(table: Table) -> Grid:
    """Return the grid of a table, its spans laid out; linear in its places."""
    width = max((len(row) for row in table.rows), default=0)
    places: list[list[Cell | None]] = [[None] * width for _ in table.rows]
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell is not None:
                _lay(places, number, column, cell)
    return Grid(tuple(map(tuple, places)), width, table.title)


def _lay(places: Sequence[list[Cell | None]], number: int, column: int, cell: Cell) -> None:
    for row in places[number : number + max(cell.row_span, 1)]:
        for place in range(column, min(column + max(cell.column_span, 1), len(row))):
            if row[place] is None:
                row[place] = cell
