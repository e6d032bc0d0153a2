"""What the interface answers of each kind of fact, made out of its declaration: schemas, and facts in their form."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import create_model

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import load_kinds
from entraide.programme.domain import kinds
from entraide.programme.domain.kinds import FieldType, Kind
from entraide.programme.domain.paths import Item, read_path
from entraide.rest.schemas import API_URL, NAMES, URL, CitationFacts, ContradictionFacts, CountedPages, FactDate, Pages

Shape = type[Schema]
TYPES: Mapping[FieldType, Any] = {
    FieldType.LINK: UUID,
    FieldType.LINKS: list[UUID],
    FieldType.TEXT: str,
    FieldType.TEXTS: dict[str, str],
    FieldType.LIST: list[str],
    FieldType.BY_STATE: dict[str, str],
    FieldType.CODE: str,
    FieldType.NUMBER: int,
    FieldType.YESNO: bool,
    FieldType.EDTF: str,
    FieldType.URL: str,
    FieldType.MOMENT: datetime,
    FieldType.FACT: UUID,
    FieldType.ID: UUID,
}
STATES = "states"


@cache
def shape_of(name: str) -> Shape:
    """Return the schema of a kind: its fields, and where it has a page of its own the addresses of page and object."""
    kind = load_kinds().get(name)
    fields: dict[str, Any] = {}
    if interface_of(kind).identified:
        fields["id"] = (UUID, ...)
    if kind.has_page:
        fields |= {"url": (str, URL), "api_url": (str, API_URL)}
    fields |= {field.rest: _described(field) for field in kind.fields if field.rest}
    return extend(interface_of(kind).schema, Schema, kind.about.english, fields)


@cache
def page_shape_of(name: str, *, counted: bool = True) -> Shape:
    """Return the schema of a page of a kind's list; `counted` where it says how long the list is."""
    kind = load_kinds().get(name)
    about = interface_of(kind).page_about or f"A page of {kind.many.english[:1].lower()}{kind.many.english[1:]}."
    title = "".join(part.title() for part in kind.table.split("_"))
    return extend(title, CountedPages if counted else Pages, about, {"items": (list[shape_of(name)], ...)})  # type: ignore[misc]  # a type made here


@cache
def detail_shape_of(name: str) -> Shape:
    """Return the schema of one fact with what links to it and the passages that show it."""
    kind = load_kinds().get(name)
    fields: dict[str, Any] = {key: (list[shape_of(of)], ...) for key, of in interface_of(kind).related}  # type: ignore[misc]  # the same
    if kind.cited and interface_of(kind).evidence:
        fields |= {"citations": (list[CitationFacts], ...), "contradictions": (list[ContradictionFacts], ...)}
    about = interface_of(kind).detail_about or f"{kind.about.english.rstrip('.')}, with the passages that show it."
    return extend(f"{kind.title}Detail", shape_of(name), about, fields)


def extend(title: str, base: Shape, about: str, fields: Mapping[str, Any]) -> Shape:
    """Return a schema with further fields, each its type and its default or description."""
    made: Shape = create_model(title, __base__=base, __doc__=about, __module__=__name__, **fields)
    return made


def facts_of(name: str, item: Item, origin: str) -> dict[str, Any]:
    """Return a fact as the fields of its kind's schema."""
    kind = load_kinds().get(name)
    found: dict[str, Any] = {"id": item.view.id} if interface_of(kind).identified else {}
    if kind.has_page:
        found |= addresses(origin, kind.table, item.view.id)
    for field in kind.fields:
        if field.rest:
            found[field.rest] = _value(field, item, origin)
    return found


def addresses(origin: str, plural: str, id_: UUID) -> dict[str, str]:
    """Return the permanent page of a thing and its address in the interface."""
    return {"url": f"{origin}/{plural}/{id_}/", "api_url": f"{origin}/api/v1/{plural}/{id_}"}


def interface_of(kind: Kind) -> kinds.Interface:
    """Return how REST names a kind, also one that stands in no address of its own."""
    return kind.interface or kinds.Interface(f"{kind.title}Facts")


def _described(field: kinds.Field) -> tuple[Any, Any]:
    """Return a field's type and what the document says of it."""
    if field.type is FieldType.PARTS:
        return list[shape_of(field.to)], ...  # type: ignore[misc]  # a type made here
    plain = FactDate if field.basis else TYPES[field.type]
    kept = plain | None if field.nullable else plain
    if field.type is FieldType.TEXTS and not field.about.english:
        return kept, NAMES
    examples = ["VN"] if field.code_list == STATES and field.type is FieldType.CODE else None
    about = field.about.english or None
    return kept, Field(..., description=about, examples=examples) if about or examples else ...


def _value(field: kinds.Field, item: Item, origin: str) -> Any:  # noqa: ANN401 - whatever the field holds
    value = read_path(item, field.path)
    if field.type is FieldType.PARTS:
        return [facts_of(field.to, Item(part, item, number), origin) for number, part in enumerate(value or (), 1)]
    if field.basis:
        return FactDate(value=value.value, basis=value.basis.value) if value else None
    if field.type is FieldType.YESNO:
        return value if isinstance(value, bool) else value is not None
    return _plain(field, value)


def _plain(field: kinds.Field, value: Any) -> Any:  # noqa: ANN401 - the same
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, PartialDate):
        return value.value
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return list(value)
    return None if field.nullable and value in ("", None) else value
