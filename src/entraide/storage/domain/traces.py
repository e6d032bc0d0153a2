"""What a row is, given what acts did to it and which of them still count: an act that was undone counts no more.

A row is looked at cell by cell: a column, or, where a column holds texts by language or a list, each of its entries.
Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Image = Mapping[str, Any]
"""A row as plain values by column."""
Place = tuple[str, UUID]
"""Where a row stands: its model as `label.Name`, and its id."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a row by an act: `before` is None where the act made the row, `after` where it took it away."""

    number: int
    act: UUID
    place: Place
    before: Image | None
    after: Image | None


def replay(changes: Sequence[Change], counts: Callable[[Change], bool]) -> Image | None:
    """Return the row after all changes that count, in their order; None where there is none then."""
    image = changes[0].before if changes else None
    for change in changes:
        if not counts(change):
            continue
        if change.before is None or change.after is None:
            image = change.after
        elif image is not None:
            image = carry(image, change.before, change.after)
    return image


def carry(image: Image, before: Image, after: Image) -> Image:
    """Return `image` with what differs between `before` and `after`; all else of it stays."""
    moved = {
        column: _carry_cell(image.get(column), before.get(column), value)
        for column, value in after.items()
        if before.get(column) != value
    }
    return {**image, **moved}


def carry_back(actual: Image, expected: Image, target: Image) -> Image:
    """Return `actual` with what `target` has otherwise than `expected`, but for cells that another hand has changed."""
    free = {
        column: _free_part(actual.get(column), expected.get(column), value)
        for column, value in target.items()
        if expected.get(column) != value
    }
    return carry(actual, expected, {**expected, **free})


def list_differences(before: Image | None, after: Image | None) -> list[tuple[str, Any, Any]]:
    """Return the cells in which two states of a row differ: the column (`texts.fr` for one text), old and new value."""
    old, new = before or {}, after or {}
    columns = (column for column in dict.fromkeys((*old, *new)) if old.get(column) != new.get(column))
    return [cell for column in columns for cell in _cells(column, old.get(column), new.get(column))]


def _cells(column: str, old: Any, new: Any) -> list[tuple[str, Any, Any]]:  # noqa: ANN401 - a column's values
    """Return a column that differs as one cell, or text by text."""
    left, right = ({} if value is None else value for value in (old, new))
    if not _are(Mapping, left, right):
        return [(column, old, new)]
    pairs = ((f"{column}.{key}", left.get(key), right.get(key)) for key in dict.fromkeys((*left, *right)))
    return [pair for pair in pairs if pair[1] != pair[2]]


def _are(kind: type, *values: object) -> bool:
    return all(isinstance(value, kind) for value in values)


def _free_part(actual: Any, expected: Any, target: Any) -> Any:  # noqa: ANN401 - a column's value
    """Return `target` where the cell is as acts left it, else `expected`; of texts entry by entry."""
    if _are(Mapping, actual, expected, target):
        other = {key for key in (*expected, *target) if actual.get(key) != expected.get(key)}
        chosen = {key: (expected if key in other else target) for key in dict.fromkeys((*expected, *target))}
        return {key: texts[key] for key, texts in chosen.items() if key in texts}
    if _are(list, actual, expected, target):
        return target  # carried item by item
    return target if actual == expected else expected


def _carry_cell(image: Any, before: Any, after: Any) -> Any:  # noqa: ANN401 - the same
    if _are(Mapping, image, before, after):
        return _carry_texts(image, before, after)
    if _are(list, image, before, after):
        return _carry_items(image, before, after)
    return after


def _carry_texts(image: Image, before: Image, after: Image) -> Image:
    gone = before.keys() - after.keys()
    told = {key: value for key, value in after.items() if before.get(key) != value}
    return {**{key: value for key, value in image.items() if key not in gone}, **told}


def _carry_items(image: Sequence[Any], before: Sequence[Any], after: Sequence[Any]) -> list[Any]:
    kept = [item for item in image if item in after or item not in before]
    return [*kept, *(item for item in after if item not in before and item not in kept)]
