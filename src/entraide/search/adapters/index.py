"""The index behind search: what installs it, what checks it, and how a query is put to it."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from entraide.search.adapters import postgresql, sqlite
from entraide.search.domain.asking import Asked
from entraide.search.domain.marks import join_codes
from entraide.search.models import Document

# Ranking looks at this many documents at most: a word that half of them hold would cost a second otherwise.
MOST_CANDIDATES = 1000
# The same on both databases. First whoever is called what was typed, or holds it so; then whoever has the words in what
# it is called, is about those States and those years alone, stands ahead by its kind; then short before long.
_RANK = "0.1 * document.place + 100.0 / (100 + length(document.terms))"
_IN_HEAD = "CASE WHEN {position}(' ' || document.head || ' ', %s) > 0 THEN {worth} ELSE 0.0 END"
_IN_TERMS = "CASE WHEN {position}(' ' || document.terms, %s) > 0 THEN 1.0 ELSE 0.0 END"
_ALONE = "CASE WHEN document.{column} = %s THEN {worth} ELSE 0.0 END"
WORTH_OF_WORDS = 1.5
"""What all plain words are worth in what a document is called."""
WORTH_OF_YEARS, MOST_RANKED_YEARS = 0.4, 2
"""What a year is worth there: what is called by it, as a plan is, comes before what only happened in it."""
MOST_RANKED_WORDS = 8


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

    def select(self, asked: Asked, *, as_phrase: bool) -> tuple[str, str, list[Any]]:
        """Return the FROM clause and the condition that find all that is asked, or the phrase, and their values."""


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


def has_stale_documents(kind: str) -> bool:
    """Whether a kind that is put ahead of others has documents from before there were places, States and years."""
    return Document.objects.filter(kind=kind, place=0).exists()


def build_query(
    connection: BaseDatabaseWrapper,
    asked: Asked,
    *,
    as_phrase: bool = False,
    kinds: Sequence[str] | None = None,
    public_only: bool = True,
    limit: int = MOST_CANDIDATES,
) -> Statement:
    """Return the statement that finds the best `limit` documents.

    Each row is kind, object id, rank, how many were looked at, States, years and day. They hold all that is asked in
    any order, or, `as_phrase`, the words as they were typed.
    """
    source, condition, params = index_of(connection).select(asked, as_phrase=as_phrase)
    conditions = [condition]
    if public_only:
        conditions.append("document.public")
    if kinds is not None:
        conditions.append(f"document.kind IN ({', '.join(['%s'] * len(kinds))})")
        params += kinds
    rank, ranked = _rank(asked, "instr" if connection.vendor == "sqlite" else "strpos")
    sql = (
        f"SELECT document.kind, document.object_id, {rank} AS rank, count(*) OVER () AS candidates, "  # noqa: S608 - our own constants
        "document.states, document.years, document.day FROM ("
        f"SELECT document.id FROM {source} WHERE {' AND '.join(conditions)} LIMIT {MOST_CANDIDATES}"
        ") AS candidate JOIN search_document AS document ON document.id = candidate.id "
        "ORDER BY rank DESC, document.id LIMIT %s"
    )
    return Statement(sql, [*ranked, *params, limit])


def _rank(asked: Asked, position: str) -> tuple[str, list[Any]]:
    """Return the expression by which documents are ordered, and its values."""
    parts, params = [_RANK], list[Any]()
    if asked.phrase:
        parts.append(_IN_HEAD.format(position=position, worth="2.0"))
        params.append(f" {asked.phrase} " if asked.choices else f" {asked.phrase}")
    if asked.query.phrase:
        parts.append(_IN_TERMS.format(position=position))
        params.append(f" {asked.query.phrase}")
    words = asked.words[:MOST_RANKED_WORDS]
    for word in words:
        parts.append(_IN_HEAD.format(position=position, worth=f"{WORTH_OF_WORDS / len(words):.3f}"))
        params.append(f" {word}")
    for year in sorted(set(asked.years))[:MOST_RANKED_YEARS]:
        parts.append(_IN_HEAD.format(position=position, worth=f"{WORTH_OF_YEARS}"))
        params.append(f" {year}")
    for column, value, worth in (
        ("states", join_codes(asked.states), "0.8"),
        ("years", " ".join(map(str, sorted(set(asked.years)))), "0.3"),
    ):
        if value:
            parts.append(_ALONE.format(column=column, worth=worth))
            params.append(value)
    return " + ".join(parts), params
