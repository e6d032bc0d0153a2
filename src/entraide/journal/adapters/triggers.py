"""What the database itself refuses: changing or removing what the journal holds.

Triggers stop mistakes and careless tools, and every change through the product; they don't stop whoever owns the
database file. That is what `verify_log` and the partner's mirror are for. SQLite drops triggers silently when a table
is altered, so they are installed anew after every migration, and `check_triggers` tells whether they are there.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from entraide.journal.models import Checkpoint, Cosignature, Entry, LeafRun, Log, SignerKeys, Tile

_REFUSAL = "the journal is append-only"
_FUNCTION = "journal_refuse"
_BODY = f"BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END"
_MODELS: tuple[type[Model], ...] = (Log, Entry, LeafRun, Tile, SignerKeys, Checkpoint, Cosignature)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger: its name, its table and the statement that creates it."""

    name: str
    table: str
    statement: str


def install_triggers(alias: str) -> None:
    """Create the triggers in the database `alias`, in place of any that are there."""
    connection = connections[alias]
    present = set(connection.introspection.table_names())
    if any(model._meta.db_table not in present for model in _MODELS):  # noqa: SLF001 - Django's documented model API
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $body$ {_BODY} $body$"
            )
        for trigger in list_triggers(connection):
            cursor.execute(_drop(connection, trigger))
            cursor.execute(trigger.statement)
            if connection.vendor == "postgresql":
                cursor.execute(f"COMMENT ON TRIGGER {trigger.name} ON {trigger.table} IS '{_mark(trigger)}'")


def drop_triggers(alias: str) -> None:
    """Remove the triggers from the database `alias`: for restoring a backup, and for tests that play an intruder."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for trigger in list_triggers(connection):
            cursor.execute(_drop(connection, trigger))


def check_triggers(alias: str) -> list[str]:
    """Return the names of the triggers that are missing, switched off or changed in the database `alias`."""
    connection = connections[alias]
    present = _present_postgresql(connection) if connection.vendor == "postgresql" else _present_sqlite(connection)
    return [trigger.name for trigger in list_triggers(connection) if present.get(trigger.name) != _mark(trigger)]


def install_after_migrate(sender: object, using: str, **kwargs: Any) -> None:  # noqa: ANN401, ARG001 - Django's signal
    """Receive `post_migrate`."""
    install_triggers(using)


def list_triggers(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Return every trigger that belongs into the database of `connection`."""
    same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    grown = 'NEW."width" > OLD."width" AND substr(NEW."hashes", 1, length(OLD."hashes")) = OLD."hashes"'
    numbered = 'OLD."index" IS NULL AND NEW."index" IS NOT NULL'
    allowed = {
        Log: f'{_unchanged(Log, same, "size", "root")} AND NEW."size" > OLD."size"',
        Entry: f"{_unchanged(Entry, same, 'log_id', 'index')} AND {numbered}",
        Tile: f"{_unchanged(Tile, same, 'width', 'hashes')} AND {grown}",
    }
    triggers = [_trigger(connection, Entry, "INSERT", 'NEW."index" IS NOT NULL', "numbered")]
    for model in _MODELS:
        rule = allowed.get(model)
        triggers.append(_trigger(connection, model, "UPDATE", f"NOT ({rule})" if rule else None))
        triggers.append(_trigger(connection, model, "DELETE", None))
        if connection.vendor == "postgresql":
            triggers.append(_trigger(connection, model, "TRUNCATE", None))
    return triggers


def _trigger(
    connection: BaseDatabaseWrapper, model: type[Model], event: str, when: str | None, suffix: str = ""
) -> Trigger:
    table = model._meta.db_table  # noqa: SLF001 - Django's documented model API
    name = f"{table}_no_{suffix or event.lower()}"
    condition = f" WHEN ({when})" if when else ""
    if connection.vendor == "postgresql":
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        action = f"FOR EACH {each}{condition} EXECUTE FUNCTION {_FUNCTION}()"
    else:
        action = f"FOR EACH ROW{condition} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    return Trigger(name, table, f"CREATE TRIGGER {name} BEFORE {event} ON {table} {action}")


def _unchanged(model: type[Model], same: str, *but: str) -> str:
    # Every column there is or will be, so that a new one is protected from the day it exists.
    columns = [field.column for field in model._meta.concrete_fields if field.column not in but]  # noqa: SLF001
    return " AND ".join(f'NEW."{column}" {same} OLD."{column}"' for column in columns)


def _drop(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {trigger.name}{table}"


def _mark(trigger: Trigger) -> str:
    return sha256(trigger.statement.encode()).hexdigest()


def _present_sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name: sha256(sql.encode()).hexdigest() for name, sql in cursor.fetchall()}


def _present_postgresql(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, obj_description(t.oid, 'pg_trigger') FROM pg_trigger t"
            " JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgenabled IN ('O', 'A') AND p.proname = %s AND btrim(p.prosrc) = %s",
            [_FUNCTION, _BODY],
        )
        return dict(cursor.fetchall())
