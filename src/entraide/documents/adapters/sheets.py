"""A sheet of a spreadsheet into a tree: lines above and below the table are paragraphs, the rest is one table.

Rows and columns without a word are no part of it: people set them between what belongs together.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

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
    for row, column in sorted(texts):
        if row in filled:
            filled[row].append(column)
    broad = [row for row in rows if len(filled[row]) > 1]
    first, last = (broad[0], broad[-1]) if broad else (len(rows) and rows[-1] + 1, -1)
    last = max([last, *(low for (row, _), (low, _) in sheet.merged.items() if first <= row <= last)])
    for row in rows:
        if row < first:
            builder.add_paragraph(texts[row, filled[row][0]])
    if broad:
        builder.add_table(_drafts(sheet, texts, [row for row in rows if first <= row <= last]), title=sheet.name)
    for row in rows:
        if row > last and broad:
            builder.add_paragraph(texts[row, filled[row][0]])


def _drafts(sheet: Sheet, texts: Mapping[Place, str], rows: list[int]) -> list[list[CellDraft]]:
    inside = set(rows)
    columns = sorted({column for row, column in texts if row in inside})
    covered = {
        (row, column): place
        for place, end in sheet.merged.items()
        for row in rows
        if place[0] <= row <= end[0]
        for column in columns
        if place[1] <= column <= end[1] and (row, column) != place
    }
    head = {row for row in rows if row in sheet.head}
    table: list[list[CellDraft]] = []
    for row in rows:
        drafts = []
        for column in columns:
            if (row, column) in covered:
                continue
            low, right = sheet.merged.get((row, column), (row, column))
            high = sum(1 for other in rows if row <= other <= low)
            wide = sum(1 for other in columns if column <= other <= right)
            drafts.append(CellDraft(texts.get((row, column), ""), max(high, 1), max(wide, 1), row in head))
        table.append(drafts)
    return table
