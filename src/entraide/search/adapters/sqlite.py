"""FTS5 over the terms: an external-content table that three triggers keep equal to `search_document`."""

from typing import Any

from django.db.backends.utils import CursorWrapper

from entraide.search.domain.asking import Asked, Choice

_ADD = "INSERT INTO search_index(rowid, terms) VALUES (new.number, new.terms);"
_REMOVE = "INSERT INTO search_index(search_index, rowid, terms) VALUES ('delete', old.number, old.terms);"
# The terms are made by us and parted by spaces: every other character belongs to a term, whatever its class.
_TABLE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5("
    "terms, content='search_document', content_rowid='number', prefix='1 2 3', "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'\")"
)
_TRIGGERS = {
    "search_index_insert": f"AFTER INSERT ON search_document BEGIN {_ADD} END",
    "search_index_delete": f"AFTER DELETE ON search_document BEGIN {_REMOVE} END",
    "search_index_update": f"AFTER UPDATE ON search_document BEGIN {_REMOVE} {_ADD} END",
}
PARTS = ("search_index", *_TRIGGERS)


def install(cursor: CursorWrapper) -> None:
    """Create the full-text table and its triggers; rebuild it when any was missing beside existing documents.

    SQLite drops triggers silently when a migration remakes their table.
    """
    missing = set(PARTS) - list_parts(cursor)
    if not missing:
        return
    cursor.execute(_TABLE)
    for name, body in _TRIGGERS.items():
        cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")
    cursor.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")


def list_parts(cursor: CursorWrapper) -> set[str]:
    """Return which of `PARTS` are there."""
    cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'search\\_index%%' ESCAPE '\\'", [])
    return {row[0] for row in cursor.fetchall()} & set(PARTS)


def select(asked: Asked, *, as_phrase: bool) -> tuple[str, str, list[Any]]:
    """Return FROM clause, condition and values; terms hold letters, digits and marks only, so quoting is safe."""
    if as_phrase:
        match = f'"{asked.query.phrase}"*' if asked.query.open_end else f'"{asked.query.phrase}"'
    else:
        parts = [f'"{term}"*' if beginning else f'"{term}"' for term, beginning in asked.query.terms]
        match = " AND ".join([*parts, *map(_any_of, asked.choices)])
    source = "search_index JOIN search_document AS document ON document.number = search_index.rowid"
    return source, "search_index MATCH %s", [match]


def _any_of(choice: Choice) -> str:
    words = " AND ".join(f'"{word}"' for word in choice.words)
    either = [*(f'"{mark}"' for mark in choice.marks), *([f"({words})"] if words else [])]
    return f"({' OR '.join(either)})"
