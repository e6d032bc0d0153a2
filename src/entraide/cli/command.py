"""The `entraide` command: runs what was typed and maps errors once."""

import os
import sys

from entraide.cli.application import build_application
from entraide.cli.output import complain, describe_error
from entraide.kernel.errors import EntraideError, Unavailable
from entraide.kernel.text import N_


class DatabaseUnusable(Unavailable):
    """The node's database cannot be read or written."""

    code = "cli.database_unusable"
    message = N_("The node's database cannot be used: {why}.")
    remedy = N_("Run `entraide doctor`; a new or upgraded node needs `entraide migrate`.")


class SystemRefused(Unavailable):
    """The operating system refused to read or write."""

    code = "cli.system_refused"
    message = N_("{file}: {why}.")
    remedy = N_("Check the path, who owns it, and the free space.")


def main() -> None:
    """Run the command; an error of the tree is one line on standard error and its branch's exit code."""
    os.umask(0o077)  # what a node writes is for its own account
    try:
        build_application()(prog_name="entraide")
    except Exception as error:
        shown = _known(error)
        if shown is None:
            raise
        complain(describe_error(shown))
        sys.exit(shown.exit_code)


def _known(error: Exception) -> EntraideError | None:
    """Return what `error` is to a person at the terminal, None for a defect of the program."""
    if isinstance(error, EntraideError):
        return error
    database = sys.modules.get("django.db")  # only a command that works on a node has loaded it
    if database is not None and isinstance(error, database.DatabaseError):
        return DatabaseUnusable(why=_first_line(error))
    if isinstance(error, OSError) and error.filename is not None:
        return SystemRefused(file=error.filename, why=error.strerror)
    return None


def _first_line(error: Exception) -> str:
    """Return what a database says, in one line and without the statement or its values."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


if __name__ == "__main__":
    main()
