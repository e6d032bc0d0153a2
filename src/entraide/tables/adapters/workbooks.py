"""A table as a workbook (XLSX), for those who open it in a spreadsheet and nothing else.

Every cell is text or a number by type, so that nothing is computed and no day is made of `2018-10`, whatever the
program's language: no cell needs an apostrophe. A second sheet says what the columns mean.
"""

from collections.abc import Iterable, Mapping
from typing import IO

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from entraide.tables.domain.cells import Row, cell_of
from entraide.tables.domain.errors import TooManyRows
from entraide.tables.domain.tables import Column, ColumnType

MOST_ROWS = 100_000
"""Rows of a workbook: a spreadsheet takes ten times as many, but nobody waits for it."""
LONGEST_CELL = 32_767
"""Characters that a cell may have in a spreadsheet."""
CUT = " […]"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDTHS: Mapping[ColumnType, int] = {ColumnType.NUMBER: 10, ColumnType.YESNO: 10, ColumnType.CODE: 16}
WIDTH, WIDE = 24, 44


def write_workbook(
    out: IO[bytes], name: str, columns: Mapping[Column, str], rows: Iterable[Row], *, about: str, publisher: str
) -> None:
    """Write a table to `out` row by row: memory does not grow with it.

    `columns` are told with what each means. A text longer than a cell may have is cut and says so: `[…]`. Raises
    `TooManyRows`.
    """
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"title": name, "comments": about, "author": publisher})
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        sheet = book.add_worksheet(name)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _width(column), text)
            sheet.write_string(0, place, column.name, head)
        sheet.freeze_panes(1, 1)
        count = 0
        for count, row in enumerate(rows, 1):
            if count > MOST_ROWS:
                raise TooManyRows(table=name)
            for place, column in enumerate(columns):
                _write(sheet, count, place, row.get(column.name), text)
        sheet.autofilter(0, 0, count, max(0, len(columns) - 1))
        _describe(book.add_worksheet("columns"), columns, head)


def _write(sheet: Worksheet, row: int, place: int, value: object, text: Format) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, place, value)
        return
    cell = cell_of(value)  # type: ignore[arg-type]  # rows hold values of cells
    if cell:
        sheet.write_string(
            row, place, cell if len(cell) <= LONGEST_CELL else cell[: LONGEST_CELL - len(CUT)] + CUT, text
        )


def _describe(sheet: Worksheet, columns: Mapping[Column, str], head: Format) -> None:
    sheet.set_column(0, 0, WIDTH, head)
    sheet.set_column(1, 1, 2 * WIDE)
    for row, (column, said) in enumerate(columns.items()):
        sheet.write_string(row, 0, column.name, head)
        sheet.write_string(row, 1, f"{said} ({column.language})" if column.language else said)


def _width(column: Column) -> int:
    if column.type in WIDTHS:
        return WIDTHS[column.type]
    return WIDE if column.type in (ColumnType.PERMALINK, ColumnType.LINK, ColumnType.LINKS) else WIDTH
