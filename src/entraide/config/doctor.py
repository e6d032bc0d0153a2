"""What can be wrong with a node, found by looking."""

import os
import stat
from io import StringIO

from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections

from entraide.config.database_url import list_clear_hosts
from entraide.kernel.errors import Conflict, EntraideError
from entraide.kernel.node import Node
from entraide.kernel.text import N_


class DatabaseBehind(Conflict):
    """The database lacks tables of this version."""

    code = "config.database_behind"
    message = N_("The database of the node in {home} is not up to date.")
    remedy = N_("Run `entraide migrate`, then start again.")


def demand_database(node: Node) -> None:
    """Raise `DatabaseBehind` when migrations wait, so that nothing is served on half a database."""
    if _pending_migrations(node):
        raise DatabaseBehind(home=node.settings.home)


def demand_vocabulary(node: Node) -> None:
    """Read the forms and rules of `node`, so that nothing is served, and no partner refused, on a broken file.

    Raises `BadVocabulary` or `BadRuleFile`.
    """
    from entraide.requests.api import list_forms  # noqa: PLC0415 - models load after Django is set up
    from entraide.safeguards.api import load_rules  # noqa: PLC0415 - the same

    load_rules(node)
    list_forms(node)


def find_problems(node: Node) -> list[str]:
    """Return one line for each thing that is wrong with `node`: permissions, files, migrations, triggers, checks."""
    from entraide.journal.api import check_triggers  # noqa: PLC0415 - models load after Django is set up
    from entraide.programme.api import list_outdated  # noqa: PLC0415 - the same
    from entraide.search.api import list_missing_parts  # noqa: PLC0415 - the same
    from entraide.storage.api import check_revision, check_traces  # noqa: PLC0415 - models load after Django is set up

    found = [*_open_files(node), *_broken_files(node), *_clear_connections(node)]
    try:
        pending = _pending_migrations(node)
    except DatabaseError as error:
        return [*found, f"The database cannot be used: {str(error).strip().splitlines()[0]}"]
    problems = [*found, *pending]
    if pending:
        return problems  # whatever else is missing comes with the migrations
    with node.active():
        problems += [
            f"The database lacks the trigger {name} or has another; run `entraide migrate`."
            for name in (
                *check_triggers(node.database),
                *check_revision(node.database),
                *check_traces(node.database),
            )
        ]
    missing = list_missing_parts(node.database)
    problems += [f"The search index lacks {part}; run `entraide migrate`." for part in missing]
    problems += [
        f"The {part} is of an earlier version; run `entraide migrate`." for part in list_outdated(node.database)
    ]
    problems += _database_settings(node)
    try:
        call_command("check", fail_level="WARNING", stdout=StringIO(), stderr=StringIO())
    except CommandError as error:
        problems += [line for line in str(error).splitlines() if line.strip()]
    return problems


def find_missing(node: Node) -> list[str]:
    """Return the pages about the register that only the operator can write and has not: no fault, but missed."""
    from entraide.publication.api import list_missing  # noqa: PLC0415 - models load after Django is set up

    try:
        return [page.value for page in list_missing(node)]
    except DatabaseError:  # told among the problems
        return []


def _open_files(node: Node) -> list[str]:
    home = node.settings.home
    private = [home / "django-secret", *sorted((home / "keys").glob("*")), *sorted(home.glob("entraide.sqlite3*"))]
    loose = stat.S_IRWXG | stat.S_IRWXO
    return [f"{path} can be read by others; run chmod 600 {path}" for path in private if path.stat().st_mode & loose]


def _broken_files(node: Node) -> list[str]:
    from entraide.requests.api import list_unlabelled  # noqa: PLC0415 - models load after Django is set up

    try:
        demand_vocabulary(node)
        return list_unlabelled(node)
    except EntraideError as error:
        return [f"{error} {error.remedy_text}"]


def _clear_connections(node: Node) -> list[str]:
    connection = connections[node.database]
    if connection.vendor != "postgresql":
        return []
    return [
        f"The connection to the database on {host} may be in the clear; add ?sslmode=verify-full to [database] url."
        for host in list_clear_hosts(connection.settings_dict, os.environ)
    ]


def _pending_migrations(node: Node) -> list[str]:
    out = StringIO()
    try:
        call_command("migrate", check_unapplied=True, plan=True, database=node.database, stdout=out, verbosity=0)
    except SystemExit:
        return ["The database is not up to date; run `entraide migrate`."]
    return []


def _database_settings(node: Node) -> list[str]:
    connection = connections[node.database]
    if connection.vendor != "sqlite":
        return []
    wanted = {"journal_mode": "wal", "synchronous": 2, "recursive_triggers": 1, "foreign_keys": 1}
    problems = []
    with connection.cursor() as cursor:
        for pragma, value in wanted.items():
            cursor.execute(f"PRAGMA {pragma}")
            found = cursor.fetchone()[0]
            if found != value:
                problems.append(f"SQLite runs with {pragma}={found}, it must be {value}.")
    return problems
