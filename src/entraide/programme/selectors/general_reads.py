"""Reads of kinds of fact that have none of their own, straight from what is declared of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.adapters.columns import rows_of
from entraide.programme.adapters.kinds import type_code
from entraide.programme.adapters.listed_rows import fact_rows, order_of
from entraide.programme.adapters.paging import page_rows
from entraide.programme.domain.errors import NoSuchFact
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.lists import Page
from entraide.programme.domain.plugs import Narrowed

LISTED_ON = "listed_on"


class Fact(Mapping[str, Any]):
    """A fact of a declared kind: its values by the names under which views know them (`meeting_id`, `titles`), and by
    those of their columns.
    """

    __slots__ = ("_values", "id", "kind")

    def __init__(self, kind: str, id_: UUID, values: Mapping[str, Any]) -> None:
        self.kind = kind
        self.id = id_
        self._values = {"id": id_, **values}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - whatever the field holds
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def list_facts(node: Node, kind: Kind, ids: Sequence[UUID]) -> list[Fact]:
    """Return the facts of `ids`, in any order; those that are not there are left out."""
    with node.active():
        return [_fact(kind, row) for row in rows_of(kind).filter(pk__in=list(ids))]


def list_ids(node: Node, kind: Kind, *, after: UUID | None, limit: int) -> list[UUID]:
    """Return the ids of facts of a kind that were recorded after one, in the order in which they were."""
    with node.active():
        rows = rows_of(kind).order_by("pk")
        return list((rows if after is None else rows.filter(pk__gt=after)).values_list("pk", flat=True)[:limit])


def find_steps(node: Node, kind: Kind, step: int) -> list[UUID]:
    """Return every `step`th id of a kind, in the order in which facts were recorded, for going through all of them."""
    with node.active():
        found: list[UUID] = []
        rows = rows_of(kind).order_by("pk").values_list("pk", flat=True)
        while True:
            rest = rows.filter(pk__gt=found[-1]) if found else rows
            following = next(iter(rest[step - 1 : step]), None)
            if following is None:
                return found
            found.append(following)


def list_facts_of(node: Node, kind: Kind, link: Field, id_: UUID) -> list[Fact]:
    """Return the facts that lead to `id_` by one of their links, in the order in which they were entered."""
    with node.active():
        return [_fact(kind, row) for row in rows_of(kind).filter(**{link.column: id_}).order_by("pk")]


def get_fact(node: Node, kind: Kind, id_: UUID) -> Fact:
    """Return one fact; raises `NoSuchFact`."""
    with node.active():
        row = rows_of(kind).filter(pk=id_).first()
    if row is None:
        raise NoSuchFact(kind=kind.name, id=id_)
    return _fact(kind, row)


def page_facts(node: Node, kind: Kind, wanted: Narrowed, cursor: str | None, limit: int) -> Page[Fact]:
    """Return a page of facts, the latest first; raises `NotACursor`."""
    with node.active():
        order = order_of(kind, wanted.sort)
        rows = fact_rows(kind, wanted)
        return page_rows(rows, "id", lambda ids: tuple(list_facts(node, kind, ids)), cursor, limit, order)


def _fact(kind: Kind, row: Model) -> Fact:
    values: dict[str, Any] = {}
    for field in kind.fields:
        if field.column:
            values[field.column] = values[field.argument] = _value(field, row)
    return Fact(kind.name, row.pk, values)


def _value(field: Field, row: Model) -> Any:  # noqa: ANN401 - whatever the field holds
    value = getattr(row, field.column)
    if field.basis:
        return PartialDate(value, DateBasis(getattr(row, field.basis) or DateBasis.STATED)) if value else None
    if field.type is FieldType.CODE:
        return type_code(field, value) if value else None
    return tuple(value) if field.type in (FieldType.LIST, FieldType.LINKS) else value
