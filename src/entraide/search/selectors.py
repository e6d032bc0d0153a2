"""Searching in the database of the active node."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connections

from entraide.kernel.node import active_database
from entraide.search.adapters.index import build_query
from entraide.search.domain.documents import FoundDocument
from entraide.search.domain.segments import Query, parse_query


def find_documents(
    query: str, *, kinds: Sequence[str] | None = None, public_only: bool = True, limit: int = 50
) -> list[FoundDocument]:
    """Return the documents that hold every word of `query`, best first, at most `limit`.

    Accents, case and `đ` make no difference; the beginning of a word finds it; Chinese, Lao, Thai and Khmer words are
    found inside a run. First come documents with the words as they were typed, then short ones before long ones; of
    very many hits some are returned. A query without a word finds nothing.
    """
    asked = parse_query(query)
    if not asked.terms or (kinds is not None and not kinds):
        return []
    found = _find(asked, as_phrase=True, kinds=kinds, public_only=public_only, limit=limit)
    if len(found) < limit and len(asked.terms) > 1:
        more = _find(asked, as_phrase=False, kinds=kinds, public_only=public_only, limit=limit)
        known = {(document.kind, document.object_id) for document in found}
        found += [document for document in more if (document.kind, document.object_id) not in known]
    return found[:limit]


def _find(
    asked: Query, *, as_phrase: bool, kinds: Sequence[str] | None, public_only: bool, limit: int
) -> list[FoundDocument]:
    connection = connections[active_database.get()]
    statement = build_query(connection, asked, as_phrase=as_phrase, kinds=kinds, public_only=public_only, limit=limit)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        rows = cursor.fetchall()
    return [FoundDocument(kind=kind, object_id=_uuid(object_id), rank=float(rank)) for kind, object_id, rank in rows]


def _uuid(value: UUID | str) -> UUID:
    """Return the id that PostgreSQL gives as such and SQLite as 32 hexadecimal digits."""
    return value if isinstance(value, UUID) else UUID(hex=value)
