"""`entraide read`: proposals from communiqués, without a database."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from entraide.cli.output import AsJson, console, describe_error, errors, print_json, say
from entraide.communiques.api import (
    FileReader,
    FileText,
    Reading,
    list_files,
    printable,
    read_text,
    reading_to_json,
)
from entraide.kernel.errors import EntraideError

MANY = 20
"""Files from which a person wants to see how far it is."""

application = typer.Typer()


@application.command("read")
def read(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Text, HTML, PDF or DOCX files, or folders of such files, to read."),
    ],
    as_json: AsJson = False,
    with_texts: Annotated[
        bool,
        typer.Option("--texts", help="With --json, print both texts in which the evidence counts characters."),
    ] = False,
) -> None:
    """Read communiqués and print what they propose for the register; nothing is stored.

    Folders are read with all folders inside, without hidden files. A file that cannot be read gets one line on
    standard error; the others go on, and the exit code is then 1.

    --json prints one object: for each file, under its name without ending, what it proposes. Where files share a name,
    the first has it and the others stand under their path.
    """
    found = list_files(paths)
    problems = len(found.problems)
    for problem in found.problems:
        _complain(problem)
    names = name_files(found.files)
    results: dict[str, Any] = {}
    with FileReader() as reader:
        for path in _tracked(found.files, quiet=not as_json and console.is_terminal):
            try:
                file = reader.read(path)
            except EntraideError as error:
                problems += 1
                _complain(error)
                continue
            reading = read_text(file.text, name=printable(path.stem))
            if as_json:
                results[names[path]] = _to_json(path, file, reading, with_texts=with_texts)
            else:
                _print_reading(names[path], reading_to_json(reading))
    if as_json:
        print_json(results)
    if problems:
        raise typer.Exit(1)


def name_files(files: Sequence[Path]) -> dict[Path, str]:
    """Return the name under which each file is shown: its own without ending, or its path where that is taken.

    Settled before any file is read, so that a bad file changes nobody else's name; no two files have the same.
    """
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for path in files:
        name = printable(path.stem)
        number = 1
        while name in taken:
            name = printable(path) if number == 1 else f"{printable(path)} ({number})"
            number += 1
        taken.add(name)
        names[path] = name
    return names


def _tracked(files: Sequence[Path], *, quiet: bool) -> Iterator[Path]:
    """Yield `files`, with a bar for a person who waits for many; `quiet` where what is printed tells it."""
    disable = quiet or len(files) < MANY or not errors.is_terminal
    # Standard output stays as it is: it may be a file while the bar is on the terminal.
    with Progress(console=errors, transient=True, disable=disable, redirect_stdout=False) as progress:
        yield from progress.track(files, description=gettext("Reading"))


def _complain(error: EntraideError) -> None:
    """Print the one line of `error` on standard error, never cut or coloured, above the bar where there is one."""
    errors.print(describe_error(error), soft_wrap=True, markup=False, highlight=False)


def _to_json(path: Path, file: FileText, reading: Reading, *, with_texts: bool) -> dict[str, Any]:
    """Return the reading with its file (path, media type, SHA-256 of bytes and text) and, on demand, both texts."""
    about = {
        "path": printable(path),
        "media_type": file.media_type,
        "sha256": file.sha256,
        "text_sha256": hashlib.sha256(file.text.encode()).hexdigest(),
    }
    texts = {"original_text": file.text, "clean_text": reading.clean_text} if with_texts else {}
    return {**reading_to_json(reading), "file": about, **texts}


def _print_reading(name: str, items: dict[str, Any]) -> None:
    """Print one file's proposals; nothing in them is markup or a code of the terminal."""
    table = Table(title=Text(name), title_justify="left", show_header=True, show_lines=False)
    table.add_column(gettext("Kind"))
    table.add_column(gettext("Proposed"))
    for kind in ("meetings", "instruments", "officials", "commitments", "parties", "references"):
        for item in items.get(kind, []):
            values = [
                f"{key}: {_plain(value)}"
                for key, value in item.items()
                if key != "evidence" and value not in (None, "", [])
            ]
            table.add_row(kind, Text(printable(" · ".join(values))))
    if table.row_count:
        console.print(table)
    else:
        say(gettext("{name}: nothing found for the register.").format(name=name))


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
