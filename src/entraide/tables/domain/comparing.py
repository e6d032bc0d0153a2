"""One row beside the fact that the register has: which cells differ, and which of them may."""

from collections.abc import Mapping
from dataclasses import dataclass

from entraide.programme.domain.kinds import Change
from entraide.tables.domain.cells import join_list, join_pairs, split_list, split_pairs, tidy
from entraide.tables.domain.difference import Current, FieldChange
from entraide.tables.domain.tables import Column, ColumnType, Table

Refused = tuple[str, str, Mapping[str, str]]
"""Column, code and what fills the message."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs: changes that may be made, cells that stay as they are, what is refused, and wordings that stay."""

    changes: tuple[FieldChange, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    refused: tuple[Refused, ...] = ()
    worded: tuple[tuple[str, str, str], ...] = ()

    @property
    def says_nothing_new(self) -> bool:
        """Whether every stated cell is the register's."""
        return not self.changes and not self.refused and not self.worded


def compare_cells(table: Table, current: Current, stated: Mapping[str, str], *, matched: bool) -> Compared:
    """Return how the `stated` cells differ from what the register has.

    An empty cell states nothing and deletes nothing, and no wording that is there is changed in bulk. A fact that was
    only `matched` by what it says, without a permalink, is not told apart by the cells that it was found by in other
    letters.
    """
    changes: list[FieldChange] = []
    left: list[tuple[str, str]] = []
    worded: list[tuple[str, str, str]] = []
    refused: list[Refused] = []
    for name, given in _with_basis(table.dates, stated, current).items():
        column = table.column(name)
        old = _old(column, name, table, current)
        if column is not None and (column.change is Change.DERIVED or column.import_only):
            continue
        new, kept = _merge(column, old, given)
        if kept:
            left.append((name, old))
        if same_text(old, new):
            continue
        if old and not current.immutable and changes_wording(table, column, name, old, new):
            worded.append((name, old, new))
            continue
        change = column.change if column is not None else Change.ALWAYS
        code = _refusal(change, immutable=current.immutable, matched=matched, old=old)
        if code:
            refused.append((name, code, {} if current.immutable else {"name": name, "old": old, "new": given}))
        elif change is not Change.NEVER:
            changes.append(FieldChange(name, old, new))
    return Compared(tuple(changes), tuple(left), tuple(refused), tuple(worded))


def _refusal(change: Change, *, immutable: bool, matched: bool, old: str) -> str:
    """Return the code of the refusal of a new value, empty where the rule of change allows it."""
    if immutable:
        return "immutable"
    if change is Change.NEVER and not (matched and old):
        return "never_changes"
    return "already_filled" if change is Change.FILL and old else ""


def same_text(left: str, right: str) -> bool:
    """Whether two cells say the same; blanks and line breaks play no part."""
    return " ".join(tidy(left).split()) == " ".join(tidy(right).split())


def changes_wording(table: Table, column: Column | None, name: str, old: str, new: str) -> bool:
    """Whether a cell holds words by language, and some that are there would be others."""
    field = column.field if column is not None else name.rpartition("_")[0]
    if not table.texts(field):
        return False
    if column is not None and column.type is ColumnType.OTHER_TEXTS:
        had, told = split_pairs(old) or {}, split_pairs(new) or {}
        return any(not same_text(text, told.get(language, text)) for language, text in had.items())
    return not same_text(old, new)


def _with_basis(dates: frozenset[str], stated: Mapping[str, str], current: Current) -> dict[str, str]:
    """A new date without a basis is a stated one, and a basis without a date says nothing."""
    cells = dict(stated)
    for name in dates & cells.keys():
        basis = f"{name}_basis"
        if not cells[name]:
            cells.pop(basis, None)
        elif not cells.get(basis) and not same_text(cells[name], current.cells.get(name, "")):
            cells[basis] = "stated"
    return cells


def _old(column: Column | None, name: str, table: Table, current: Current) -> str:
    """Return the register's cell, for a column such as `text_lo` out of the column of other languages."""
    if column is not None:
        return tidy(current.cells.get(name, ""))
    field, _, language = name.rpartition("_")
    others = split_pairs(current.cells.get(f"{field}_other", "")) or {}
    return tidy(others.get(language, "")) if table.texts(field) else ""


def _merge(column: Column | None, old: str, given: str) -> tuple[str, bool]:
    """Return the new cell, and whether something was taken away that stays; what is several only grows."""
    if not given:
        return old, bool(old)
    kind = column.type if column is not None else ColumnType.TEXT
    if kind in (ColumnType.BY_STATE, ColumnType.OTHER_TEXTS):
        had, told = split_pairs(old) or {}, split_pairs(given) or {}
        return join_pairs({**had, **told}), bool(had.keys() - told.keys())
    if kind in (ColumnType.LIST, ColumnType.LINKS):
        before, now = split_list(old), split_list(given)
        if column is not None and column.change is Change.NEVER:
            return (old if sorted(before) == sorted(now) else given), False
        more = [item for item in now if item not in before]
        return (join_list([*before, *more]) if more else old), bool(set(before) - set(now))
    return given, False
