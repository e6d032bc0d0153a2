"""Triggers that keep each change of a traced row by an act, with what stood there before.

The database itself notes them, whoever writes and by which statement, so that no act can forget to say what it did. Of
writes outside of an act nothing is kept. A table is traced when what it holds is public (`watch_public`), or by
`trace_rows`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Field, GeneratedField, JSONField, Model

from entraide.storage.adapters.revision import list_watched
from entraide.storage.adapters.triggers import installed_triggers
from entraide.storage.domain.traces import Image

_TABLE, _OPEN = "storage_rowchange", "storage_openact"
_FUNCTION = "storage_trace_row"


class Standing(StrEnum):
    """What becomes of a row when the act that made it is undone.

    A `fact` goes, with the acts that rest on it. What is `shared` stays as long as anything else names it. A `part`
    goes and stays with the shared row that it was made for.
    """

    FACT = "fact"
    SHARED = "shared"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Traced:
    """How rows of a model are traced: their standing, and columns that name rows of other contexts by id alone.

    `links` are columns by the model that they name, `ANY` where several are named. `about` is the column with the fact
    that a row is told with: its own, or that of what it is part of.
    """

    standing: Standing = Standing.FACT
    links: Mapping[str, str] = field(default_factory=dict)
    about: str = "id"


ANY = "*"
_traced: dict[str, Traced] = {}


def trace_rows(
    label: str,
    *models: str,
    standing: Standing = Standing.FACT,
    links: Mapping[str, str] | None = None,
    about: str = "id",
) -> None:
    """Have changes of the rows of these models of the application `label` kept, and say how they stand."""
    for model in models:
        _traced[f"{label}.{model}"] = Traced(standing, links or {}, about)


def list_traced() -> dict[str, Traced]:
    """Return how the rows of each traced model stand, by `label.name`."""
    return {**{name: Traced() for name in list_watched()}, **_traced}


def model_at(name: str) -> type[Model]:
    """Return the model of a `label.name`."""
    return apps.get_model(name)


def columns_of(model: type[Model]) -> "dict[str, Field[Any, Any]]":
    """Return the fields of a model by column, without those that the database derives."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's documented model API
    return {str(item.column): item for item in fields if not isinstance(item, GeneratedField)}


def read_image(model: type[Model], raw: Mapping[str, Any] | None) -> Image | None:
    """Return what a trigger noted of a row as plain values by column; both databases give the same."""
    if raw is None:
        return None
    return {column: _plain(item, raw[column]) for column, item in columns_of(model).items() if column in raw}


def about_of(name: str, image: Image) -> str:
    """Return the id of the fact that a row of a model, by `label.Name`, is told with."""
    traced = list_traced().get(name, Traced())
    return str(image.get(traced.about) or "")


def image_of(row: Model | None) -> Image | None:
    """Return a row as plain values by column, as `read_image` does."""
    if row is None:
        return None
    return {column: _plain(item, getattr(row, item.attname)) for column, item in columns_of(type(row)).items()}


def values_of(model: type[Model], image: Image) -> dict[str, Any]:
    """Return plain values by column as values of the model's attributes."""
    fields = columns_of(model)
    return {fields[column].attname: fields[column].to_python(value) for column, value in image.items()}


def _plain(item: "Field[Any, Any]", value: Any) -> Any:  # noqa: ANN401 - a column's value
    if isinstance(item, JSONField):
        return json.loads(value) if isinstance(value, str) else value
    told = item.to_python(value)
    if isinstance(item, DateTimeField) and isinstance(told, datetime):
        return (told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)).isoformat()
    return told if told is None or isinstance(told, bool | int | str) else str(told)


def install_traces(alias: str) -> None:
    """Create the triggers of every traced table that the database `alias` has, in place of any that are there."""
    connection = connections[alias]
    present = set(connection.introspection.table_names())
    if not {_TABLE, _OPEN} <= present:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_function())
        for table, name, statement in _triggers(connection):
            if table in present:
                cursor.execute(_drop(connection, name, table))
                cursor.execute(statement)


def check_traces(alias: str) -> list[str]:
    """Return the names of the triggers that are missing in the database `alias`."""
    connection, present = connections[alias], installed_triggers(alias)
    return [name for _table, name, _statement in _triggers(connection) if name not in present]


def install_after_migrate(sender: object, using: str, **kwargs: Any) -> None:  # noqa: ANN401, ARG001 - Django's signal
    """Receive `post_migrate`."""
    install_traces(using)


def _triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """Return each trigger: its table, its name and the statement that creates it."""
    found = []
    for label in list_traced():
        model = model_at(label)
        table = model._meta.db_table  # noqa: SLF001 - Django's documented model API
        if connection.vendor == "postgresql":
            name = f"{table}_trace"
            each = f"FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}('{label}')"
            found.append((table, name, f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table} {each}"))
        else:
            found += [(table, f"{table}_trace_{event.lower()}", _noting(model, label, event)) for event in _EVENTS]
    return found


_EVENTS = {"INSERT": ("", "NEW"), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD", "")}


def _noting(model: type[Model], label: str, event: str) -> str:
    """Return the trigger of SQLite that notes an event of a table; an update that changes nothing is none."""
    table, sides = model._meta.db_table, _EVENTS[event]  # noqa: SLF001 - Django's documented model API
    columns = list(columns_of(model))
    images = [f"json_object({', '.join(_pair(side, name) for name in columns)})" if side else "NULL" for side in sides]
    differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
    when = f"WHEN ({differs}) " if event == "UPDATE" else ""
    return (
        f"CREATE TRIGGER {table}_trace_{event.lower()} AFTER {event} ON {table} FOR EACH ROW {when}BEGIN "  # noqa: S608 - our own names
        f"INSERT INTO {_TABLE} (act_id, model, row_id, before, after) SELECT id, '{label}', "
        f'{sides[1] or sides[0]}."id", {", ".join(images)} FROM {_OPEN}; END'
    )


def _pair(side: str, column: str) -> str:
    return f"'{column}', {side}.\"{column}\""


def _function() -> str:
    note = f"INSERT INTO {_TABLE} (act_id, model, row_id, before, after) SELECT id, TG_ARGV[0]"
    return (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN "
        f"IF TG_OP = 'INSERT' THEN {note}, NEW.id, NULL, to_jsonb(NEW) FROM {_OPEN}; "
        f"ELSIF TG_OP = 'DELETE' THEN {note}, OLD.id, to_jsonb(OLD), NULL FROM {_OPEN}; "
        f"ELSIF OLD IS DISTINCT FROM NEW THEN {note}, NEW.id, to_jsonb(OLD), to_jsonb(NEW) FROM {_OPEN}; END IF; "
        "RETURN NULL; END $body$"
    )


def _drop(connection: BaseDatabaseWrapper, name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
