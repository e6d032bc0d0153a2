"""A GIN index over the terms as a vector; no dictionary and no parser of the server has a say in it."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

_VECTOR = "array_to_tsvector(string_to_array({}terms, ' '))"
PARTS = ("search_index",)


def install(cursor: CursorWrapper) -> None:
    """Create the index."""
    cursor.execute(f"CREATE INDEX IF NOT EXISTS search_index ON search_document USING gin ({_VECTOR.format('')})")


def list_parts(cursor: CursorWrapper) -> set[str]:
    """Return which of `PARTS` are there."""
    cursor.execute(
        "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexname = 'search_index'"
    )
    return {row[0] for row in cursor.fetchall()}


def select(terms: Sequence[tuple[str, bool]]) -> tuple[str, str, str, list[Any]]:
    """Return FROM clause, condition, rank and values; terms hold letters and digits only, so quoting is safe."""
    query = " & ".join(f"'{term}':*" if beginning else f"'{term}'" for term, beginning in terms)
    vector = _VECTOR.format("document.")
    source = "search_document AS document CROSS JOIN (SELECT CAST(%s AS tsquery) AS query) AS asked"
    return source, f"{vector} @@ asked.query", f"ts_rank({vector}, asked.query)", [query]
