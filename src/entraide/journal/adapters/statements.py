"""Entries written as the bytes that their digests cover, by the database itself.

Verifying reads every entry there is; writing a million statements in the database takes half the time of writing them
in Python. `domain.entries.entry_statement` is the rule, and the tests hold these expressions against it.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from entraide.journal.models import Entry, Log

CHUNK = 8192


def _dashed(column: str) -> str:
    # SQLite keeps a UUID as 32 digits.
    parts = (f"substr({column}, {start}, {length})" for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12)))
    return " || '-' || ".join(parts)


def _statement(actor: str, at: str, entry_id: str, kind: str, subject: str) -> str:
    return (
        f"""'{{"actor":' || CASE WHEN actor IS NULL THEN 'null' ELSE '"' || {actor} || '"' END"""
        f""" || ',"at":"' || {at} || '","content":' || content || ',"id":"' || {entry_id} || '","kind":' || {kind}"""
        f""" || ',"subject":"' || {subject} || '"}}'"""
    )


_SQLITE = _statement(
    actor=_dashed("actor"),
    # SQLite keeps a moment as text in UTC, without a fraction when it is zero.
    at="substr(at, 1, 10) || 'T' || substr(at || '.000000', 12, 15) || 'Z'",
    entry_id=_dashed("id"),
    kind="json_quote(kind)",
    subject=_dashed("subject"),
)
_POSTGRESQL = _statement(
    actor="actor::text",
    at="""to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    entry_id="id::text",
    kind="to_json(kind)::text",
    subject="subject::text",
)
_BYTES = {
    "sqlite": f"CAST({_SQLITE} AS BLOB)",
    "postgresql": f"convert_to({_POSTGRESQL}, 'UTF8')",
}
_QUERIES = {
    vendor: f'SELECT "index", {statement}, salt, digest FROM journal_entry'  # noqa: S608 - our own constants
    f' WHERE log_id = %s AND "index" >= %s ORDER BY "index" LIMIT {CHUNK}'
    for vendor, statement in _BYTES.items()
}


def list_statements(connection: BaseDatabaseWrapper, log: Log) -> Iterator[list[tuple[int, bytes, bytes, bytes]]]:
    """Yield the numbered entries of `log` in order, in lists of (index, statement, salt, digest)."""
    log_id = Entry._meta.pk.get_db_prep_value(log.id, connection)  # noqa: SLF001 - Django's documented model API
    start = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_QUERIES[connection.vendor], [log_id, start])
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        start = rows[-1][0] + 1
