"""The index behind search: what installs it, what checks it, and how a query is put to it."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from entraide.search.adapters import postgresql, sqlite
from entraide.search.domain.segments import Query

# Ranking looks at this many documents at most: a word that half of them hold would cost a second otherwise.
MOST_CANDIDATES = 1000
# The same on both databases: whoever holds the words as they were typed first, then short before long.
_RANK = (
    "CASE WHEN {position}(' ' || document.terms, %s) > 0 THEN 1.0 ELSE 0.0 END + 100.0 / (100 + length(document.terms))"
)


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

    def select(self, query: Query, *, as_phrase: bool) -> tuple[str, str, list[Any]]:
        """Return the FROM clause and the condition that find all terms, or the phrase, and their values."""


def index_of(connection: BaseDatabaseWrapper) -> Index:
    """Return the index of the connection's kind of database."""
    modules: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}
    index: Index = modules[connection.vendor]
    return index


def install_index(database: str) -> None:
    """Install the index in the database of a Django alias; doing it again changes nothing.

    Without the table (migrations taken back) there is nothing to install.
    """
    connection = connections[database]
    with connection.cursor() as cursor:
        if "search_document" in connection.introspection.table_names(cursor):
            index_of(connection).install(cursor)


def list_missing_parts(database: str) -> list[str]:
    """Return the parts of the index that the database of a Django alias lacks."""
    connection = connections[database]
    index = index_of(connection)
    with connection.cursor() as cursor:
        present = index.list_parts(cursor)
    return [part for part in index.PARTS if part not in present]


def build_query(
    connection: BaseDatabaseWrapper,
    query: Query,
    *,
    as_phrase: bool,
    kinds: Sequence[str] | None,
    public_only: bool,
    limit: int,
) -> Statement:
    """Return the statement that finds the best `limit` documents: kind, object id, rank, how many were looked at.

    They hold all terms of `query` in any order, or, `as_phrase`, its words as they were typed.
    """
    source, condition, params = index_of(connection).select(query, as_phrase=as_phrase)
    conditions = [condition]
    if public_only:
        conditions.append("document.public")
    if kinds is not None:
        conditions.append(f"document.kind IN ({', '.join(['%s'] * len(kinds))})")
        params += kinds
    rank = _RANK.format(position="instr" if connection.vendor == "sqlite" else "strpos")
    sql = (
        f"SELECT document.kind, document.object_id, {rank} AS rank, count(*) OVER () AS candidates FROM ("  # noqa: S608 - our own constants
        f"SELECT document.id FROM {source} WHERE {' AND '.join(conditions)} LIMIT {MOST_CANDIDATES}"
        ") AS candidate JOIN search_document AS document ON document.id = candidate.id "
        "ORDER BY rank DESC, document.id LIMIT %s"
    )
    return Statement(sql, [f" {query.phrase}", *params, limit])
