"""Entries written as the bytes that their digests cover, by the database itself.

Verifying reads every entry there is, and the database writes a million statements faster than Python does.
`domain.entries.entry_statement` is the rule, and the tests hold these expressions against it.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from entraide.journal.models import Entry, Log

CHUNK = 8192


# One call of `format` is twice as fast as a chain of `||`; a percent sign is doubled for the database driver.
_SHAPE = '{"actor":%%s,"at":"%%sT%%sZ","content":%%s,"id":"%%s","kind":%%s,"subject":"%%s"}'
# SQLite keeps a UUID as 32 digits, and a moment as text in UTC, without a fraction when it is zero.
_SQLITE = f"""format('{_SHAPE}',
    coalesce('"' || actor || '"', 'null'), substr(at, 1, 10), substr(at || '.000000', 12, 15),
    content, id, json_quote(kind), subject)"""
_POSTGRESQL = f"""format('{_SHAPE}',
    coalesce('"' || replace(actor::text, '-', '') || '"', 'null'),
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), to_char(at AT TIME ZONE 'UTC', 'HH24:MI:SS.US'),
    content, replace(id::text, '-', ''), to_json(kind)::text, replace(subject::text, '-', ''))"""
_BYTES = {"sqlite": f"CAST({_SQLITE} AS BLOB)", "postgresql": f"convert_to({_POSTGRESQL}, 'UTF8')"}
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
