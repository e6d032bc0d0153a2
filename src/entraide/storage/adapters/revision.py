"""Triggers that note each change of a public table, so that an answer's revision is read in one cheap query.

The database itself notes changes, whoever makes them and by which statement. On PostgreSQL each transaction writes a
row of its own, so that writers never wait for one another or deadlock on a counter; a duty folds the rows into one.
SQLite has one writer at a time, so one row counts. A transaction's note is committed with it: the sum of `changes` over
what a reader sees grows with every committed change, in whatever order transactions began.
"""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from entraide.storage.adapters.triggers import installed_triggers
from entraide.storage.models import PublicChange

_TABLE = "storage_publicchange"
_FOLDED = "0" * 32
_FUNCTION = "storage_note_public_change"
_watched: dict[str, None] = {}


def watch_public(label: str, *models: str) -> None:
    """Have changes of the tables of these models of the application `label` counted as changes of what is public."""
    for model in models:
        _watched[f"{label}.{model}"] = None


def list_watched() -> list[str]:
    """Return the watched models as `label.name`."""
    return list(_watched)


def install_revision(alias: str) -> None:
    """Create the triggers of every watched table that the database `alias` has, in place of any that are there."""
    connection = connections[alias]
    present = set(connection.introspection.table_names())
    if _TABLE not in present:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_function())
        for table in _tables():
            if table in present:
                for name, statement in _triggers(connection, table).items():
                    cursor.execute(_drop(connection, name, table))
                    cursor.execute(statement)


def check_revision(alias: str) -> list[str]:
    """Return the names of the triggers that are missing in the database `alias`."""
    connection, present = connections[alias], installed_triggers(alias)
    return [name for table in _tables() for name in _triggers(connection, table) if name not in present]


def install_after_migrate(sender: object, using: str, **kwargs: Any) -> None:  # noqa: ANN401, ARG001 - Django's signal
    """Receive `post_migrate`."""
    install_revision(using)


def fold_changes(alias: str) -> None:
    """Fold the notes of ended transactions into one row; what a reader sums up stays the same."""
    connection = connections[alias]
    if connection.vendor != "postgresql" or not PublicChange.objects.using(alias).exclude(id=_FOLDED).exists():
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM {_TABLE} WHERE id <> %s::uuid RETURNING changes, at)"  # noqa: S608 - our own names
            f" INSERT INTO {_TABLE} (id, changes, at) SELECT %s::uuid, sum(changes), max(at) FROM gone"
            " HAVING count(*) > 0 ON CONFLICT (id) DO UPDATE SET"
            f" changes = {_TABLE}.changes + EXCLUDED.changes, at = greatest({_TABLE}.at, EXCLUDED.at)",
            [_FOLDED, _FOLDED],
        )


def _tables() -> list[str]:
    return [apps.get_model(name)._meta.db_table for name in _watched]  # noqa: SLF001 - Django's documented model API


def _triggers(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    if connection.vendor == "postgresql":
        name = f"{table}_public"
        events = "AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
        return {
            name: f"CREATE TRIGGER {name} {events} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()",
        }
    # No INSERT OR IGNORE: the conflict clause of the statement that fires the trigger would take its place.
    note = (
        f"INSERT INTO {_TABLE} (id, changes, at) SELECT '{_FOLDED}', 0, '' "  # noqa: S608 - our own names
        f"WHERE NOT EXISTS (SELECT 1 FROM {_TABLE} WHERE id = '{_FOLDED}'); "
        f"UPDATE {_TABLE} SET changes = changes + 1, at = strftime('%Y-%m-%d %H:%M:%f', 'now') WHERE id = '{_FOLDED}';"
    )
    names = {event: f"{table}_public_{event.lower()}" for event in ("INSERT", "UPDATE", "DELETE")}
    return {
        name: f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW BEGIN {note} END"
        for event, name in names.items()
    }


def _function() -> str:
    # A dump restored in another cluster may meet a transaction's number again: then its row counts on.
    return (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN "  # noqa: S608 - our own names
        f"INSERT INTO {_TABLE} (id, changes, at) "
        "VALUES (lpad(to_hex(txid_current()), 32, '0')::uuid, 1, clock_timestamp()) "
        f"ON CONFLICT (id) DO UPDATE SET changes = {_TABLE}.changes + 1, at = clock_timestamp(); "
        "RETURN NULL; END $body$"
    )


def _drop(connection: BaseDatabaseWrapper, name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
