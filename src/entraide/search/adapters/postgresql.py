"""A GIN index over the terms as a vector; no dictionary and no parser of the server has a say in it."""

from typing import Any

from django.db.backends.utils import CursorWrapper

from entraide.search.domain.segments import Query

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


def select(query: Query, *, as_phrase: bool) -> tuple[str, str, list[Any]]:
    """Return FROM clause, condition and values; terms hold letters and digits only, so quoting is safe.

    The vector knows no places, so a phrase is looked for in the terms of the documents that hold all its words.
    """
    wanted = " & ".join(f"'{term}':*" if beginning else f"'{term}'" for term, beginning in query.terms)
    condition = f"{_VECTOR.format('document.')} @@ CAST(%s AS tsquery)"
    if not as_phrase:
        return "search_document AS document", condition, [wanted]
    return (
        "search_document AS document",
        f"{condition} AND strpos(' ' || document.terms, %s) > 0",
        [
            wanted,
            f" {query.phrase}",
        ],
    )
