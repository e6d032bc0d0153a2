"""Cards: a table of two columns, labels in the first and what they say in the second; each activity begins a clause."""

from collections.abc import Sequence

from entraide.reader.domain.plans.columns import Column, Role, column_of_header, role_of_header
from entraide.reader.domain.plans.drafts import Draft, Field
from entraide.reader.domain.plans.grids import Grid
from entraide.reader.domain.plans.headers import SURE
from entraide.reader.domain.plans.sides import Sides

_NAMED = 0.4
_LABELS = 0.7
_FEWEST = 3


def read_card(grid: Grid, sides: Sides) -> list[Draft]:
    """Return the clauses of a card, none where the table is none."""
    if grid.width != 2:
        return []
    labels = [(n, column_of_header([grid.text(n, 0)], sides)) for n in range(len(grid.rows)) if grid.distinct(n)]
    if not _is_card(grid, labels):
        return []
    drafts: list[Draft] = []
    number = ""
    for row, label in labels:
        cell = grid.rows[row][1]
        if cell is None or label.sure < _NAMED or not cell.text.strip():
            continue
        if label.role is Role.NUMBER:
            number = cell.text.strip()
        elif label.role is Role.ACTIVITY and not (drafts and not drafts[-1].fields):
            drafts.append(Draft(number, cell.text.strip(), cell.start, cell.end, in_table=True))
        elif drafts:
            drafts[-1].fields.append(Field(label.role, cell.text, cell.start, label.state, grid.text(row, 0)))
    return drafts


def _is_card(grid: Grid, labels: Sequence[tuple[int, Column]]) -> bool:
    """Labels of three roles and more in the first column, an activity among them, and none in the second."""
    roles = [label.role for _, label in labels if label.sure >= _NAMED and label.role is not Role.OTHER]
    if len(labels) < _FEWEST or len(roles) < _LABELS * len(labels) or Role.ACTIVITY not in roles:
        return False
    values = [role_of_header(grid.text(row, 1))[1] for row, _ in labels]
    return len(set(roles)) >= _FEWEST and sum(value >= SURE for value in values) <= 0.4 * len(values)
