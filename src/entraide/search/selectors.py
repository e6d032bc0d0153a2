"""Searching in the database of the node that is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connections

from entraide.kernel.node import Node, active_database
from entraide.search.adapters.index import MOST_CANDIDATES, build_query
from entraide.search.domain.documents import FoundDocument
from entraide.search.domain.segments import Query, parse_query


def find_documents(
    node: Node, query: str, *, kinds: Sequence[str] | None = None, public_only: bool = True, limit: int = 50
) -> list[FoundDocument]:
    """Return the documents that hold every word of `query`, best first, at most `limit`.

    Accents, case and `đ` make no difference. Where nothing holds the words whole, the last may be the beginning of one,
    and where nothing holds that, each may; Chinese, Lao, Thai and Khmer words are found inside a run. First come
    documents with the words as they were typed, then short ones before long ones; of very many hits some are returned.
    A query without a word finds nothing.
    """
    with node.active():
        asked = parse_query(query)
        if not asked.terms or (kinds is not None and not kinds):
            return []
        search = _Search(kinds, public_only, limit)
        # From the cheapest to the dearest: beginnings of common words take long to gather.
        return (
            search.find(asked.of_whole_words(open_end=False))
            or search.find(asked.of_whole_words(open_end=True))
            or search.find(asked)
        )


@dataclass(frozen=True, slots=True)
class _Search:
    """What is searched, and how much is wanted of it."""

    kinds: Sequence[str] | None
    public_only: bool
    limit: int

    def find(self, asked: Query) -> list[FoundDocument]:
        """Return the best documents that hold what is asked."""
        found, candidates = self._read(asked, as_phrase=False)
        if candidates >= MOST_CANDIDATES and len(asked.terms) > 1:
            # Not all that hold the words were looked at, and the best may be among the others.
            best, _ = self._read(asked, as_phrase=True)
            known = {(document.kind, document.object_id) for document in best}
            found = best + [document for document in found if (document.kind, document.object_id) not in known]
        return found[: self.limit]

    def _read(self, asked: Query, *, as_phrase: bool) -> tuple[list[FoundDocument], int]:
        """Return the best documents, and how many were looked at."""
        connection = connections[active_database.get()]
        statement = build_query(
            connection, asked, as_phrase=as_phrase, kinds=self.kinds, public_only=self.public_only, limit=self.limit
        )
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.params)
            rows = cursor.fetchall()
        found = [FoundDocument(kind, _uuid(object_id), float(rank)) for kind, object_id, rank, _ in rows]
        return found, rows[0][3] if rows else 0


def _uuid(value: UUID | str) -> UUID:
    """Return the id that PostgreSQL gives as such and SQLite as 32 hexadecimal digits."""
    return value if isinstance(value, UUID) else UUID(hex=value)
