"""Whether a declared kind agrees with its model: each column is there, and holds texts as long as declared."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, Field, ForeignKey, Model, QuerySet

from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.domain import kinds
from entraide.programme.domain.declarations import PLAN_YEAR
from entraide.programme.domain.kinds import FieldType, Kind

SHORT = frozenset({FieldType.TEXT, FieldType.EDTF, FieldType.URL})
"""Types whose column is as long as the value."""


def model_of(kind: Kind) -> type[Model]:
    """Return the model that a kind declares; raises `LookupError` where the application has none of that name."""
    return apps.get_model(kind.model)


def rows_of(kind: Kind) -> QuerySet[Any]:
    """Return all rows of the model that a kind declares."""
    return model_of(kind)._default_manager.all()  # noqa: SLF001 - the manager of any model


def has_column(kind: Kind, name: str) -> bool:
    """Whether the kind's model has a column `name`."""
    return any(name in (field.name, getattr(field, "attname", "")) for field in model_of(kind)._meta.get_fields())  # noqa: SLF001 - Django's own way to ask


def rows_of_parts(part: Kind, fact_id: UUID) -> QuerySet[Any]:
    """Return the rows of a kind that are parts of a fact, in their order."""
    whole = part.within.kind if part.within else ""
    link = next(field for field in part.fields if field.type is FieldType.LINK and field.to == whole)
    order = "position" if has_column(part, "position") else "created_at"
    rows = model_of(part)._default_manager  # noqa: SLF001 - the manager of any model
    return rows.filter(**{link.column: fact_id}).order_by(order)


def name_in_part(part: Kind, row: Any) -> str:  # noqa: ANN401 - a row of the part's model
    """Return how a difference in a part is named at the fact that it is part of; empty where it can have none."""
    values = {field.name: getattr(row, field.column) for field in part.fields if field.column}
    return part.apart.name_of(values) if part.apart else ""


def find_misfits(kind: Kind) -> list[str]:
    """Return what a declaration says otherwise than its model, each in a line; nothing where the kind has no model."""
    return list(_misfits(kind)) if kind.model else []


def _misfits(kind: Kind) -> Iterator[str]:
    try:
        model = apps.get_model(kind.model)
    except LookupError:
        yield f"{kind.name}: there is no model {kind.model}"
        return
    for field in kind.fields:
        for name in filter(None, (field.column, field.basis)):
            column = _column(model, name)
            if column is None:
                yield f"{kind.name}.{field.name}: {kind.model} has no column {name}"
            elif name == field.column:
                yield from (f"{kind.name}.{field.name}: {why}" for why in _differences(field, column))
    yield from _misfits_of_years(kind, model)
    if kind.dated:
        yield from _misfits_of_dates(kind, model)


def _misfits_of_years(kind: Kind, model: type[Model]) -> Iterator[str]:
    if PLAN_YEAR in kind.filters and kind.plug == "":
        for name in ("first_year", "last_year"):
            if _column(model, name) is None:
                yield f"{kind.name}: {kind.model} has no column {name}; derive it from {kind.covered}"


def _misfits_of_dates(kind: Kind, model: type[Model]) -> Iterator[str]:
    days = {name: _column(model, name) for name in ("sort_date", "listed_on")}
    yield from (f"{kind.name}: {kind.model} has no column {name}" for name, column in days.items() if column is None)
    if days["listed_on"] is not None and days["listed_on"].null:
        yield f"{kind.name}: {kind.model}.listed_on may be empty, then lists leave a row out; derive it from sort_date"


def _column(model: type[Model], name: str) -> Any:  # noqa: ANN401 - a field of any type, or None
    found = (item for item in model._meta.get_fields() if isinstance(item, Field))  # noqa: SLF001 - Django's own way to ask
    return next((item for item in found if name in (item.name, item.attname)), None)


def _differences(field: kinds.Field, column: Any) -> Iterator[str]:  # noqa: ANN401 - the same
    if isinstance(column, ForeignKey) and field.type is FieldType.LINK:
        to = load_kinds().get(field.to).model
        if to and column.related_model is not apps.get_model(to):
            yield f"the column leads to {column.related_model}, not to {to}"
    longest = column.max_length if isinstance(column, CharField) else None
    if longest is not None and field.type in SHORT and longest < field.longest:
        yield f"the column holds {longest} characters, not {field.longest}"
    if longest is not None and any(len(code) > longest for code in field.codes):
        yield f"the column holds {longest} characters, and a code is longer"


def select_facts_of(mechanism_id: UUID) -> "list[QuerySet[Any, UUID]]":
    """Return queries that together give the ids of a mechanism and of all facts with pages that belong to it."""
    mechanism = load_kinds().get("mechanism")
    of = [kind for kind in load_kinds() if kind.has_page and kind.model and kind.has(mechanism.name)]
    queries = [rows_of(kind).filter(mechanism_id=mechanism_id).values_list("pk", flat=True) for kind in of]
    return [rows_of(mechanism).filter(pk=mechanism_id).values_list("pk", flat=True), *queries]
