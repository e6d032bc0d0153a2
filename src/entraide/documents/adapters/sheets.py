"""A sheet of a spreadsheet into a tree: lines above and below the table are paragraphs, the rest is one table.

Rows and columns without a word are no part of it: people set them between what belongs together.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import product

from entraide.documents.domain.building import MOST_COLUMNS, CellDraft, TreeBuilder

MOST_ROWS = 20_000
Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet shows: the text of each place that has one, merged areas (first to last place), rows marked as head.

    `head` are numbers of rows that stay when one scrolls, or that are printed on each page.
    """

    name: str
    texts: Mapping[Place, str]
    merged: Mapping[Place, Place] = field(default_factory=dict)
    head: Collection[int] = ()


def add_sheet(builder: TreeBuilder, sheet: Sheet) -> None:
    """Add `sheet` to the tree: a paragraph for each line with one cell above and below the table, and the table."""
    texts = {place: text for place, text in sheet.texts.items() if text.strip() and place[1] < MOST_COLUMNS}
    rows = sorted({row for row, _ in texts})[:MOST_ROWS]
    filled: dict[int, list[int]] = {row: [] for row in rows}
    for row, column in sorted(place for place in texts if place[0] in filled):
        filled[row].append(column)
    table = _rows_of_table(sheet, filled)
    above = rows[: bisect_left(rows, table[0])] if table else rows
    for row in above:
        builder.add_paragraph(texts[row, filled[row][0]])
    builder.add_table(_drafts(sheet, texts, table), title=sheet.name)
    for row in rows[len(above) + len(table) :]:
        builder.add_paragraph(texts[row, filled[row][0]])


def _rows_of_table(sheet: Sheet, filled: Mapping[int, list[int]]) -> list[int]:
    """Return the rows from the first with several cells to the last, and to where an area merged in these ends."""
    broad = [row for row, columns in filled.items() if len(columns) > 1]
    if not broad:
        return []
    last = max([broad[-1], *(low for (row, _), (low, _) in sheet.merged.items() if broad[0] <= row <= broad[-1])])
    return [row for row in filled if broad[0] <= row <= last]


def _drafts(sheet: Sheet, texts: Mapping[Place, str], rows: list[int]) -> list[list[CellDraft]]:
    inside = set(rows)
    columns = sorted({column for row, column in texts if row in inside})
    covered = _covered(sheet, rows, columns)

    def draft(row: int, column: int) -> CellDraft:
        low, right = sheet.merged.get((row, column), (row, column))
        high = max(bisect_right(rows, low) - bisect_left(rows, row), 1)
        wide = max(bisect_right(columns, right) - bisect_left(columns, column), 1)
        return CellDraft(texts.get((row, column), ""), high, wide, row in sheet.head)

    return [[draft(row, column) for column in columns if (row, column) not in covered] for row in rows]


def _covered(sheet: Sheet, rows: list[int], columns: list[int]) -> set[Place]:
    """Return the places of merged areas but their first."""
    covered: set[Place] = set()
    for first, last in sheet.merged.items():
        high = rows[bisect_left(rows, first[0]) : bisect_right(rows, last[0])]
        wide = columns[bisect_left(columns, first[1]) : bisect_right(columns, last[1])]
        covered.update(place for place in product(high, wide) if place != first)
    return covered
