"""Reading a field's value out of a view by its path, and the parts of its permalink; pure, over values and mappings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.programme.domain.kinds import Kind


@dataclass(frozen=True, slots=True)
class Item:
    """A view as part of another: `number` is its place among its siblings, from 1."""

    view: Any
    parent: "Item | None" = None
    number: int = 1


def read_path(item: Item, path: str) -> Any:  # noqa: ANN401 - a value of a view
    """Return the value at `path`: None where something on the way is missing, a tuple after `[]` without empty ones."""
    first, _, other = path.partition("|")
    value = _read(item, first)
    return _read(item, other) if other and not value else value


def _read(item: Item, path: str) -> Any:  # noqa: ANN401 - a value of a view
    while path.startswith("^"):
        if item.parent is None:
            return None
        item, path = item.parent, path[1:]
    return _walk(item.view, path.split("."))


def _walk(value: Any, names: list[str]) -> Any:  # noqa: ANN401 - a value of a view
    for position, name in enumerate(names):
        if value is None:
            return None
        several = name.endswith("[]")
        value = _member(value, name.removesuffix("[]"))
        if several:
            found = (_walk(one, names[position + 1 :]) for one in value or ())
            return tuple(one for one in found if one is not None)
    return value


def _member(value: Any, name: str) -> Any:  # noqa: ANN401 - the same
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name)


def parts_of(kind: Kind, item: Item) -> dict[str, object]:
    """Return the parts of a fact's permalink."""
    return {part: _part(kind, item, part) for part in kind.page_parts}


def tells_parts(kind: Kind, target: Kind) -> bool:
    """Whether a fact of `kind` tells all parts of the permalinks by which it leads to facts of `target`."""
    return all(_tells(kind, target, part) for part in target.page_parts)


def parts_of_link(kind: Kind, item: Item, target: Kind, id_: UUID) -> dict[str, object]:
    """Return the parts of the permalink of the fact of `target` that a fact leads to, where it tells them."""
    return {part: id_ if part == "id" else _part(kind, item, part) for part in target.page_parts}


def _tells(kind: Kind, target: Kind, part: str) -> bool:
    if part == "id" or part in kind.parts:
        return True
    return kind.has(part) and target.has(part) and kind.field(part).to == target.field(part).to != ""


def _part(kind: Kind, item: Item, part: str) -> Any:  # noqa: ANN401 - an id or a number
    if part == "number":
        return item.number
    if part in kind.parts:
        return read_path(item, kind.parts[part])
    return read_path(item, kind.field(part).path if kind.has(part) else part)
