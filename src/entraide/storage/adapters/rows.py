"""Statements on the hot path: each is written once per process and bound anew, on either database.

Django builds a tree of expressions for every query; for one message through the exchange that costs several times the
cryptography and the disk together. What stands here does no more than the hot path needs: rows are inserted, found and
updated by equality. Names of the model alone stand in a statement's text; every value is a parameter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

Row = TypeVar("Row", bound=models.Model)
# A value as the driver takes it, of a value as the model's field knows it.
Write = Callable[[Any, BaseDatabaseWrapper], Any]
_AS_THEY_ARE = frozenset(
    {"BigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "CharField", "TextField", "BinaryField"}
)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement's text, how its parameters are written, and how the columns of its answer are read."""

    text: str
    writes: tuple[Write, ...]
    reads: tuple[tuple[Callable[..., Any], ...], ...] = ()
    columns: tuple[Any, ...] = ()


def insert_rows(
    database: str,
    model: type[models.Model],
    *,
    shared: Mapping[str, Any],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Insert `rows`, each with values for the fields `names`; every row has the values of `shared` too.

    Together they name every column of the table. Raises Django's `IntegrityError`.
    """
    connection = connections[database]
    statement = _insert(database, model, (*names, *shared), skip=False)
    writes, width = statement.writes, len(names)
    same = [write(value, connection) for write, value in zip(writes[width:], shared.values(), strict=True)]
    values = [
        [*(write(value, connection) for write, value in zip(writes[:width], row, strict=True)), *same] for row in rows
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement.text, values)


def insert_row(database: str, model: type[models.Model], *, skip: bool = False, **values: Any) -> bool:  # noqa: ANN401
    """Insert one row with a value for every field and return True.

    With `skip`, a row that a constraint of uniqueness forbids is left out and False returned; otherwise Django's
    `IntegrityError` is raised.
    """
    connection = connections[database]
    statement = _insert(database, model, tuple(values), skip=skip)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, _bound(statement, values.values(), connection))
        return bool(cursor.rowcount == 1)


def update_rows(
    database: str, model: type[models.Model], *, where: Mapping[str, Any], values: Mapping[str, Any]
) -> int:
    """Set `values` where every field of `where` has its value (None for NULL); return how many rows matched."""
    connection = connections[database]
    nulls = frozenset(name for name, value in where.items() if value is None)
    statement = _update(database, model, tuple(values), tuple(where), nulls)
    given = [*values.values(), *(value for value in where.values() if value is not None)]
    with connection.cursor() as cursor:
        cursor.execute(statement.text, _bound(statement, given, connection))
        return int(cursor.rowcount)


def find_row(
    database: str,
    model: type[models.Model],
    names: Sequence[str] = (),
    *,
    where: Mapping[str, Any],
    lock: str = "",
) -> tuple[Any, ...] | None:
    """Return the values of `names` (of every field, in the model's order, when empty) of the one row where every field
    of `where` has its value, or None.

    `lock` is `UPDATE` or `NO KEY UPDATE`; on SQLite a transaction locks by itself.
    """
    connection = connections[database]
    nulls = frozenset(name for name, value in where.items() if value is None)
    statement = _select(database, model, tuple(names), tuple(where), nulls, lock)
    given = [value for value in where.values() if value is not None]
    with connection.cursor() as cursor:
        cursor.execute(statement.text, _bound(statement, given, connection))
        row = cursor.fetchone()
    if row is None:
        return None
    values = []
    for value, reads, column in zip(row, statement.reads, statement.columns, strict=True):
        for read in reads:
            value = read(value, column, connection)  # noqa: PLW2901 - a chain of readers, as Django's compiler has it
        values.append(value)
    return tuple(values)


def find_object(database: str, model: type[Row], *, where: Mapping[str, Any], lock: str = "") -> Row | None:
    """Return the one row where every field of `where` has its value as an object, or None; see `find_row`."""
    row = find_row(database, model, where=where, lock=lock)
    return None if row is None else model.from_db(database, list(_fields(model)), row)


def _bound(statement: _Statement, values: Iterable[Any], connection: BaseDatabaseWrapper) -> list[Any]:
    return [write(value, connection) for write, value in zip(statement.writes, values, strict=True)]


@lru_cache(maxsize=256)
def _insert(database: str, model: type[models.Model], names: tuple[str, ...], *, skip: bool) -> _Statement:
    fields = _fields(model)
    if fields.keys() != set(names):
        raise ValueError("the values are not those of the table's columns")
    columns = ", ".join(_quoted(database, fields[name].column) for name in names)
    places = ", ".join(["%s"] * len(names))
    tail = " ON CONFLICT DO NOTHING" if skip else ""
    text = f"INSERT INTO {_table(database, model)} ({columns}) VALUES ({places}){tail}"  # noqa: S608 - names only
    return _Statement(text, tuple(_saver(database, fields[name]) for name in names))


@lru_cache(maxsize=256)
def _update(
    database: str, model: type[models.Model], names: tuple[str, ...], where: tuple[str, ...], nulls: frozenset[str]
) -> _Statement:
    fields = _fields(model)
    changes = ", ".join(f"{_quoted(database, fields[name].column)} = %s" for name in names)
    condition = _condition(database, fields, where, nulls)
    text = f"UPDATE {_table(database, model)} SET {changes} WHERE {condition}"  # noqa: S608 - names only
    saved = [_saver(database, fields[name]) for name in names]
    return _Statement(text, (*saved, *(fields[name].get_db_prep_value for name in where if name not in nulls)))


@lru_cache(maxsize=256)
def _select(
    database: str,
    model: type[models.Model],
    names: tuple[str, ...],
    where: tuple[str, ...],
    nulls: frozenset[str],
    lock: str,
) -> _Statement:
    connection, fields = connections[database], _fields(model)
    chosen = [fields[name] for name in names or fields]
    table = model._meta.db_table  # noqa: SLF001 - Django's documented model API
    columns = tuple(field.get_col(table) for field in chosen)
    listed = ", ".join(_quoted(database, field.column) for field in chosen)
    condition = _condition(database, fields, where, nulls)
    tail = f" FOR {lock}" if lock and connection.features.has_select_for_update else ""
    text = f"SELECT {listed} FROM {_table(database, model)} WHERE {condition}{tail}"  # noqa: S608 - names only
    reads = tuple(
        (*connection.ops.get_db_converters(column), *field.get_db_converters(connection))
        for column, field in zip(columns, chosen, strict=True)
    )
    writes = tuple(fields[name].get_db_prep_value for name in where if name not in nulls)
    return _Statement(text, writes, reads, columns)


def _saver(database: str, field: Any) -> Write:  # noqa: ANN401 - Django's fields are not typed that far
    """Return how a value of `field` is written; SQLite takes numbers, texts and bytes as they are."""
    if connections[database].vendor == "sqlite" and field.get_internal_type() in _AS_THEY_ARE:
        return _as_it_is
    save: Write = field.get_db_prep_save
    return save


def _as_it_is(value: Any, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401, ARG001 - a `Write`
    return value


def _fields(model: type[models.Model]) -> dict[str, Any]:
    return {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's model API


def _condition(database: str, fields: Mapping[str, Any], where: Sequence[str], nulls: frozenset[str]) -> str:
    return " AND ".join(
        f"{_quoted(database, fields[name].column)} {'IS NULL' if name in nulls else '= %s'}" for name in where
    )


def _table(database: str, model: type[models.Model]) -> str:
    return _quoted(database, model._meta.db_table)  # noqa: SLF001 - Django's documented model API


def _quoted(database: str, name: str) -> str:
    return connections[database].ops.quote_name(name)
