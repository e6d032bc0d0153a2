"""Which triggers a database has, asked of either database."""

from django.db import connections


def installed_triggers(alias: str) -> frozenset[str]:
    """Return the names of the triggers that the database `alias` has; on PostgreSQL of those that are switched on."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return frozenset(str(row[0]) for row in cursor.fetchall())
