"""The shape of `RequestFacts`: every fact by its path, such as `offence.codes` or `persons.role`.

A form of `requests` names these paths, so that what a field tells the rules is data; what names no fact of the right
type is a defect of the form. The shape is read from the frozen classes themselves, so that it is told once.
"""

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from entraide.safeguards.domain.request_facts import RequestFacts


class FactType(StrEnum):
    """What a fact holds, and with it what may answer it."""

    FLAG = "flag"
    """True or False; not answered is False."""
    ANSWER = "answer"
    """Yes or no, None while unanswered."""
    CODE = "code"
    """One code of an enumeration, None while unanswered."""
    CODES = "codes"
    """A set of codes of an enumeration."""
    TEXT = "text"
    """One code that rules compare, empty while unanswered."""
    TEXTS = "texts"
    """A set of codes that rules compare."""
    LIST = "list"
    """Codes that rules compare, in their order."""
    NUMBER = "number"
    """A whole number, None while unanswered."""
    DAY = "day"
    """A day, None while unanswered."""
    ITEMS = "items"
    """A list of things with facts of their own, such as persons."""


@dataclass(frozen=True, slots=True)
class FactShape:
    """One fact: what it holds, the enumeration of its codes, and the path of the list whose items have it.

    `optional` facts are None while unanswered; `names_item` is the first fact of an item, which tells items apart.
    """

    path: str
    kind: FactType
    codes: type[StrEnum] | None = None
    optional: bool = False
    items: str = ""
    names_item: bool = False


FactValues = Mapping[str, Any]
"""Values of facts by their paths; a list of items is a sequence of such mappings, with paths below the item."""


@cache
def describe_facts() -> Mapping[str, FactShape]:
    """Return every fact that rules can read, by its path."""
    return {shape.path: shape for shape in _describe(RequestFacts, "", "")}


def make_facts(values: FactValues) -> RequestFacts:
    """Return the facts that `values` tell; what they do not tell keeps its default, a part never named is None.

    Raises `TypeError` when a fact without a default, such as `sender`, is not told.
    """
    made = _make(RequestFacts, values, "")
    assert isinstance(made, RequestFacts)  # noqa: S101 - for the type checker
    return made


def _describe(owner: type, prefix: str, items: str) -> list[FactShape]:
    shapes: list[FactShape] = []
    for position, (name, (hint, optional)) in enumerate(describe_attributes(owner).items()):
        path = f"{prefix}{name}"
        inner = _inner(hint)
        if get_origin(hint) is tuple and is_dataclass(inner):
            shapes.append(FactShape(path, FactType.ITEMS))
            shapes += _describe(inner, f"{path}.", path)
        elif isinstance(hint, type) and is_dataclass(hint):
            shapes += _describe(hint, f"{path}.", items)
        else:
            first = bool(items) and position == 0
            shapes.append(FactShape(path, _type(hint, optional), _codes(inner), optional, items, first))
    return shapes


def _make(owner: type, values: FactValues, prefix: str) -> object:
    told: dict[str, Any] = {}
    for name, (hint, optional) in describe_attributes(owner).items():
        path = f"{prefix}{name}"
        if path in values:
            told[name] = _items(hint, values[path], path)
        elif isinstance(hint, type) and is_dataclass(hint):
            below = any(other.startswith(f"{path}.") for other in values)
            if below or not optional:
                told[name] = _make(hint, values, f"{path}.")
    return owner(**told)


def _items(hint: Any, value: Any, path: str) -> Any:  # noqa: ANN401 - a type of the facts and its value
    item = _inner(hint)
    if get_origin(hint) is tuple and is_dataclass(item) and isinstance(value, Sequence):
        return tuple(_make(item, each, f"{path}.") for each in value)
    return value


@cache
def describe_attributes(owner: type) -> Mapping[str, tuple[Any, bool]]:
    """Return the attributes of a class of facts: the type of each without `None`, and whether it may be `None`."""
    hints = get_type_hints(owner)
    return {item.name: _without_none(hints[item.name]) for item in fields(owner)}


def _without_none(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - any type of the facts
    if get_origin(hint) in (Union, types.UnionType):
        left = [part for part in get_args(hint) if part is not type(None)]
        return left[0], True
    return hint, False


def _inner(hint: Any) -> type[Any]:  # noqa: ANN401 - any type of the facts
    inner: type[Any] = get_args(hint)[0] if get_args(hint) else hint
    return inner


def _codes(inner: type[Any]) -> type[StrEnum] | None:
    return inner if issubclass(inner, StrEnum) else None


_PLAIN: Final[Mapping[Any, FactType]] = {
    str: FactType.TEXT,
    int: FactType.NUMBER,
    date: FactType.DAY,
    frozenset[str]: FactType.TEXTS,
    tuple[str, ...]: FactType.LIST,
}


def _type(hint: Any, optional: bool) -> FactType:  # noqa: ANN401, FBT001 - any type of the facts, and one plain fact
    if hint is bool:
        return FactType.ANSWER if optional else FactType.FLAG
    if hint in _PLAIN:
        return _PLAIN[hint]
    return FactType.CODES if get_origin(hint) is frozenset else FactType.CODE
