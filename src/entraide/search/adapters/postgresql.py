"""A GIN index over the terms as a vector; no dictionary and no parser of the server has a say in it.

The vector is a column that the server keeps: made for each row that a scan looks at, it cost more than all the rest.
"""

from typing import Any

from django.db.backends.utils import CursorWrapper

from entraide.search.domain.asking import Asked, Choice

_VECTOR = "tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED"
PARTS = ("search_vector",)
MOST_READ = 2000


def install(cursor: CursorWrapper) -> None:
    """Create the column and its index."""
    cursor.execute("DROP INDEX IF EXISTS search_index")
    cursor.execute(f"ALTER TABLE search_document ADD COLUMN IF NOT EXISTS vector {_VECTOR}")
    cursor.execute("CREATE INDEX IF NOT EXISTS search_vector ON search_document USING gin (vector)")


def list_parts(cursor: CursorWrapper) -> set[str]:
    """Return which of `PARTS` are there."""
    cursor.execute(
        "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexname = 'search_vector'"
    )
    return {row[0] for row in cursor.fetchall()}


def select(asked: Asked, *, as_phrase: bool) -> tuple[str, str, list[Any]]:
    """Return FROM clause, condition and values; terms hold letters, digits and marks only, so quoting is safe.

    The vector knows no places, so a phrase is looked for in the terms of documents that hold all its words, in
    `MOST_READ` of them at most.
    """
    parts = [f"'{term}':*" if beginning else f"'{term}'" for term, beginning in asked.query.terms]
    wanted = " & ".join([*parts, *map(_any_of, asked.choices)])
    holding = "vector @@ CAST(%s AS tsquery)"
    if not as_phrase:
        return "search_document AS document", f"document.{holding}", [wanted]
    phrase = f" {asked.query.phrase}" if asked.query.open_end else f" {asked.query.phrase} "
    source = f"(SELECT * FROM search_document WHERE {holding} LIMIT {MOST_READ}) AS document"  # noqa: S608 - our own
    return source, "strpos(' ' || document.terms || ' ', %s) > 0", [wanted, phrase]


def _any_of(choice: Choice) -> str:
    words = " & ".join(f"'{word}'" for word in choice.words)
    either = [*(f"'{mark}'" for mark in choice.marks), *([f"({words})"] if words else [])]
    return f"({' | '.join(either)})"
