"""The index behind search: what installs it, what checks it, and how a query is put to it."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from entraide.search.adapters import postgresql, sqlite

Terms = Sequence[tuple[str, bool]]


class Statement(NamedTuple):
    """An SQL text with its values."""

    sql: str
    params: list[Any]


class Index(Protocol):
    """What each database's module offers."""

    PARTS: tuple[str, ...]

    def install(self, cursor: CursorWrapper) -> None:
        """Create what is missing; what is there stays."""

    def list_parts(self, cursor: CursorWrapper) -> set[str]:
        """Return which of `PARTS` are there."""

    def select(self, terms: Terms) -> tuple[str, str, str, list[Any]]:
        """Return the FROM clause, the condition, the rank (larger is better), and the values of FROM and condition."""


def index_of(connection: BaseDatabaseWrapper) -> Index:
    """Return the index of the connection's kind of database."""
    modules: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}
    index: Index = modules[connection.vendor]
    return index


def install_index(database: str) -> None:
    """Install the index in the database of a Django alias; doing it again changes nothing."""
    connection = connections[database]
    with connection.cursor() as cursor:
        index_of(connection).install(cursor)


def list_missing_parts(database: str) -> list[str]:
    """Return the parts of the index that the database of a Django alias lacks."""
    connection = connections[database]
    index = index_of(connection)
    with connection.cursor() as cursor:
        present = index.list_parts(cursor)
    return [part for part in index.PARTS if part not in present]


def build_query(
    connection: BaseDatabaseWrapper, terms: Terms, *, kinds: Sequence[str] | None, public_only: bool, limit: int
) -> Statement:
    """Return the statement that finds the best `limit` documents with all `terms`: kind, object id, rank."""
    source, condition, rank, params = index_of(connection).select(terms)
    conditions = [condition]
    if public_only:
        conditions.append("document.public")
    if kinds is not None:
        conditions.append(f"document.kind IN ({', '.join(['%s'] * len(kinds))})")
        params += kinds
    sql = (
        f"SELECT document.kind, document.object_id, {rank} AS rank FROM {source} "  # noqa: S608 - our own constants
        f"WHERE {' AND '.join(conditions)} ORDER BY rank DESC, document.id LIMIT %s"
    )
    return Statement(sql, [*params, limit])
