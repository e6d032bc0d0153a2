"""Reading a field's value out of a view by its path; pure, over frozen values and mappings alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


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
