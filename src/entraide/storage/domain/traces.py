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
    found: list[tuple[str, Any, Any]] = []
    for column in dict.fromkeys((*old, *new)):
        left, right = old.get(column), new.get(column)
        if left == right:
            continue
        if isinstance(left or {}, Mapping) and isinstance(right or {}, Mapping):
            parts = dict.fromkeys((*(left or {}), *(right or {})))
            pairs = [(f"{column}.{key}", (left or {}).get(key), (right or {}).get(key)) for key in parts]
            found += [(name, was, now) for name, was, now in pairs if was != now]
        else:
            found.append((column, left, right))
    return found


def _free_part(actual: Any, expected: Any, target: Any) -> Any:  # noqa: ANN401 - a column's value
    """Return `target` where the cell is as acts left it, else `expected`; of texts entry by entry."""
    if isinstance(actual, Mapping) and isinstance(expected, Mapping) and isinstance(target, Mapping):
        other = {key for key in (*expected, *target) if actual.get(key) != expected.get(key)}
        kept = {key: value for key, value in expected.items() if key in other}
        return {**{key: value for key, value in target.items() if key not in other}, **kept}
    if isinstance(actual, list) and isinstance(expected, list) and isinstance(target, list):
        return target  # carried item by item
    return target if actual == expected else expected


def _carry_cell(image: Any, before: Any, after: Any) -> Any:  # noqa: ANN401 - the same
    if isinstance(image, Mapping) and isinstance(before, Mapping) and isinstance(after, Mapping):
        gone = before.keys() - after.keys()
        told = {key: value for key, value in after.items() if before.get(key) != value}
        return {**{key: value for key, value in image.items() if key not in gone}, **told}
    if isinstance(image, list) and isinstance(before, list) and isinstance(after, list):
        kept = [item for item in image if item in after or item not in before]
        return [*kept, *(item for item in after if item not in before and item not in kept)]
    return after
