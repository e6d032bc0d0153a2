"""Searching in the database of the active node."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connections

from entraide.kernel.node import active_database
from entraide.search.adapters.index import build_query
from entraide.search.domain.documents import FoundDocument
from entraide.search.domain.segments import query_terms


def find_documents(
    query: str, *, kinds: Sequence[str] | None = None, public_only: bool = True, limit: int = 50
) -> list[FoundDocument]:
    """Return the documents that hold every word of `query`, best first, at most `limit`.

    Accents, case and `đ` make no difference; the beginning of a word finds it; Chinese, Lao, Thai and Khmer words are
    found inside a run. A query without a word finds nothing.
    """
    terms = query_terms(query)
    if not terms or (kinds is not None and not kinds):
        return []
    connection = connections[active_database.get()]
    statement = build_query(connection, terms, kinds=kinds, public_only=public_only, limit=limit)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        rows = cursor.fetchall()
    return [FoundDocument(kind=kind, object_id=_uuid(object_id), rank=float(rank)) for kind, object_id, rank in rows]


def _uuid(value: UUID | str) -> UUID:
    """Return the id that PostgreSQL gives as such and SQLite as 32 hexadecimal digits."""
    return value if isinstance(value, UUID) else UUID(hex=value)
