"""`entraide read`: proposals from communiqués, without a database."""

from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext
from rich.progress import Progress
from rich.table import Table

from entraide.cli.output import AsJson, console, describe_error, errors, print_json, say
from entraide.communiques.api import Reading, read_file, read_text, reading_to_json
from entraide.kernel.errors import BadInput, EntraideError
from entraide.kernel.text import N_

application = typer.Typer()


class NoFiles(BadInput):
    """A folder holds no file to read."""

    code = "cli.no_files"
    message = N_("{folder}: holds no file to read.")
    remedy = N_("Give a folder with text files; folders inside it are not entered.")


@application.command("read")
def read(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Text files, or folders of text files, to read.")
    ],
    as_json: AsJson = False,
) -> None:
    """Read communiqués and print what they propose for the register; nothing is stored.

    A file that cannot be read gets one line on standard error; the others go on, and the exit code is then 1.
    """
    files = files_to_read(paths)
    readings: dict[str, Reading] = {}
    failures = 0
    with Progress(console=errors, transient=True, disable=as_json or len(files) < 20) as progress:
        for path in progress.track(files, description=gettext("Reading")):
            try:
                name = path.stem if path.stem not in readings else str(path)
                readings[name] = read_text(read_file(path), name=path.stem)
            except EntraideError as error:
                failures += 1
                typer.echo(describe_error(error), err=True)
    if as_json:
        print_json({name: reading_to_json(reading) for name, reading in readings.items()})
    else:
        for name, reading in readings.items():
            _print_reading(name, reading_to_json(reading))
    if failures:
        raise typer.Exit(1)


def _inside(folder: Path) -> list[Path]:
    """Return the files of `folder` in order: not those below its folders, nor hidden ones."""
    return sorted(child for child in folder.iterdir() if child.is_file() and not child.name.startswith("."))


def files_to_read(paths: list[Path]) -> list[Path]:
    """Return the files that `paths` name, folders opened; raises `NoFiles` for a folder without any."""
    found: list[Path] = []
    for path in paths:
        inside = _inside(path) if path.is_dir() else [path]
        if not inside:
            raise NoFiles(folder=path)
        found += inside
    return found


def _print_reading(name: str, items: dict[str, Any]) -> None:
    table = Table(title=name, title_justify="left", show_header=True, show_lines=False)
    table.add_column(gettext("Kind"))
    table.add_column(gettext("Proposed"))
    for kind in ("meetings", "instruments", "officials", "commitments", "parties", "references"):
        for item in items.get(kind, []):
            values = [
                f"{key}: {_plain(value)}"
                for key, value in item.items()
                if key != "evidence" and value not in (None, "", [])
            ]
            table.add_row(kind, " · ".join(values))
    if table.row_count:
        console.print(table)
    else:
        say(gettext("{name}: nothing found for the register.").format(name=name))


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
