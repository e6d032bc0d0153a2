"""Tables of activities: what each holds in its order; nothing of lists of contacts, agendas by the hour, budgets."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from entraide.documents.domain.tree import Paragraph, Table
from entraide.reader.domain.plans.calendar_spans import Frame
from entraide.reader.domain.plans.cards import read_card
from entraide.reader.domain.plans.columns import Column, Role, role_of_cells
from entraide.reader.domain.plans.drafts import Draft
from entraide.reader.domain.plans.grids import Grid, grid_of
from entraide.reader.domain.plans.headers import SURE, Part, parts_of
from entraide.reader.domain.plans.languages import language_of
from entraide.reader.domain.plans.rows import Rows
from entraide.reader.domain.plans.sides import Sides
from entraide.reader.domain.plans.signing import Signature, is_signature, signature_of
from entraide.reader.domain.plans.words import any_is, every_language

Event = Draft | Paragraph | Signature
_TELLING = {Role.DUE, Role.LEAD, Role.STATUS, Role.TICK, Role.INDICATOR}
_MAY_BE_ACTIVITY = (Role.OTHER, Role.GROUP, Role.NOTE, Role.TARGET)
_AMBIGUOUS = ("result", "résultat", "outcome")
_MOST = 0.6
_FEWEST_WORDS, _FEWEST_WORDS_BARE = 2.5, 3.5


def read_table(table: Table, sides: Sides, frame: Frame, *, review: bool = False) -> Iterator[Event]:
    """Yield what a table holds in its order: clauses, lines of text, signatures."""
    grid = grid_of(table)
    everything = range(len(grid.rows))
    if is_signature(grid, everything):
        yield signature_of(grid, everything)
    elif cards := read_card(grid, sides):
        yield from cards
    else:
        for part in parts_of(grid, sides):
            yield from _read_part(grid, part, sides, frame, review=review)


def _read_part(grid: Grid, part: Part | Paragraph, sides: Sides, frame: Frame, *, review: bool) -> Iterator[Event]:
    if not isinstance(part, Part):
        yield part
        return
    if not part.columns and is_signature(grid, part.rows):
        yield signature_of(grid, part.rows)
        return
    columns = _completed(grid, part, frame)
    if any(column.role is Role.ACTIVITY for column in columns) and not _is_no_plan(columns):
        yield from Rows(grid, columns, sides, review=review or _is_review(columns)).read(part.rows)


def _is_no_plan(columns: Sequence[Column]) -> bool:
    """A list of contacts or people, or an agenda by the hour."""
    roles = {column.role for column in columns}
    contacts = sum(column.role is Role.CONTACT and column.sure >= 0.5 for column in columns)
    if contacts > 1 or (contacts and not roles & {Role.DUE, Role.STATUS}):
        return True
    return Role.HOUR in roles and Role.DUE not in roles


def _is_review(columns: Sequence[Column]) -> bool:
    """A status and no time: what became of last year's plan."""
    roles = {column.role for column in columns}
    return Role.STATUS in roles and Role.DUE not in roles


def _completed(grid: Grid, part: Part, frame: Frame) -> list[Column]:
    """Return the columns with what their cells say where no header does; one of them holds the activities."""
    columns = list(part.columns) or [Column(Role.OTHER)] * grid.width
    full = [number for number in part.rows if len(grid.distinct(number)) > 1]
    texts = [[grid.text(number, index) for number in full] for index in range(grid.width)]
    columns = [_by_cells(column, cells, frame) for column, cells in zip(columns, texts, strict=True)]
    return _with_activity(columns, texts, headed=bool(part.columns))


def _by_cells(column: Column, cells: Sequence[str], frame: Frame) -> Column:
    """Return a column, its role that of its cells where its header names none surely."""
    if column.role in (Role.STATUS, Role.INDICATOR) and column.header.casefold().startswith(_AMBIGUOUS):
        return _of_results(column, cells, frame)
    if column.language or column.role is Role.TICK or (column.role is not Role.OTHER and column.sure >= SURE):
        return column
    role = role_of_cells(cells, frame)
    fits = role in (Role.DUE, Role.NUMBER) or (role is not Role.OTHER and column.role is Role.OTHER)
    return replace(column, role=role) if fits else column


def _of_results(column: Column, cells: Sequence[str], frame: Frame) -> Column:
    """`Result`, `Outcome`: what became of it where the cells say so and little else, else what is expected."""
    filled = [cell for cell in cells if cell.strip() and not any_is("none", cell)]
    if column.role is Role.STATUS:
        return replace(column, role=Role.INDICATOR) if role_of_cells(cells, frame) is Role.OTHER else column
    said = sum(_is_only_status(cell) for cell in filled)
    return replace(column, role=Role.STATUS) if filled and said >= _MOST * len(filled) else column


def _is_only_status(cell: str) -> bool:
    names = ("status.done", "status.ongoing", "status.dropped", "status.pledged")
    return any(words.share(name, cell) >= _MOST for words in every_language() for name in names)


def _with_activity(columns: list[Column], texts: Sequence[Sequence[str]], *, headed: bool) -> list[Column]:
    """Choose the column of the activities: the one whose header says so, of several the longest texts."""
    sizes = [sum(len(text.split()) for text in one) / max(1, sum(map(bool, one))) for one in texts]
    named = [index for index, column in enumerate(columns) if column.role is Role.ACTIVITY]
    if not named:
        return _with_longest(columns, sizes, headed=headed)
    if len(named) == 1 or _stand_side_by_side(columns, named, texts):
        return columns
    best = max(named, key=lambda index: (sizes[index] >= 3, round(columns[index].sure, 1), sizes[index]))
    return _with_groups(columns, set(named) - {best})


def _with_groups(columns: Sequence[Column], groups: Collection[int]) -> list[Column]:
    return [replace(column, role=Role.GROUP) if n in groups else column for n, column in enumerate(columns)]


def _with_longest(columns: list[Column], sizes: Sequence[float], *, headed: bool) -> list[Column]:
    """Without a header for activities: the column of the longest texts, where others say who, when or how far."""
    fewest = _FEWEST_WORDS if headed else _FEWEST_WORDS_BARE
    free = [i for i, column in enumerate(columns) if column.role in _MAY_BE_ACTIVITY and sizes[i] >= fewest]
    roles = {column.role for column in columns}
    if free and (roles & _TELLING or (headed and Role.NUMBER in roles)):
        best = max(free, key=lambda index: sizes[index])
        columns[best] = replace(columns[best], role=Role.ACTIVITY)
    return columns


def _stand_side_by_side(columns: Sequence[Column], named: Sequence[int], texts: Sequence[Sequence[str]]) -> bool:
    """Several columns of activities that are all meant: one per party, or one per language."""
    if all(columns[index].language for index in named):
        return True
    if len({columns[index].state for index in named} - {""}) == len(named):
        return True
    return len({language_of(" ".join(texts[index])) for index in named}) == len(named)
