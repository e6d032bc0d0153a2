"""`entraide read`: proposals from communiqués, without a database."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from entraide.cli.output import AsJson, console, describe_error, errors, print_json, say
from entraide.documents.api import (
    FileReader,
    FileText,
    list_files,
    printable,
)
from entraide.kernel.errors import BadInput, EntraideError
from entraide.kernel.node import ReaderEndpoint
from entraide.kernel.text import N_
from entraide.programme.api import load_domains
from entraide.reader.api import (
    ReadingReport,
    make_endpoint,
    read_source,
    reading_to_json,
    reading_view,
)

MANY = 20
"""Files from which a person wants to see how far it is."""

KEY_VARIABLE = "ENTRAIDE_ENDPOINT_KEY"

application = typer.Typer()


class BadEndpoint(BadInput):
    """The options do not name an endpoint that can be asked."""

    code = "cli.bad_endpoint"
    message = N_("The endpoint cannot be used: {why}.")
    remedy = N_("Give --endpoint and --model together; docs/operating says what an address may be.")


EndpointUrl = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help="Let a model at this OpenAI-compatible address propose, such as http://127.0.0.1:11434/v1. The text "
        "of each file is sent there. The key, where one is needed, is in the variable ENTRAIDE_ENDPOINT_KEY.",
    ),
]
ModelName = Annotated[str, typer.Option(help="The model's name, with --endpoint.")]
Seconds = Annotated[
    int, typer.Option(min=1, max=600, help="With --endpoint, the seconds after which the rules' reading counts.")
]


@application.command("read")
def read(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Text, HTML, PDF or DOCX files, or folders of such files, to read."),
    ],
    as_json: AsJson = False,
    endpoint: EndpointUrl = "",
    model: ModelName = "",
    timeout: Seconds = 60,
    with_texts: Annotated[
        bool,
        typer.Option("--texts", help="With --json, print both texts in which the evidence counts characters."),
    ] = False,
) -> None:
    """Read communiqués and print what they propose for the register; nothing is stored.

    Folders are read with all folders inside, without hidden files. A file that
    cannot be read gets one line on standard error; the others go on, and the
    exit code is then 1.

    --json prints one object: for each file, under its name without ending, what
    it proposes. Where files share a name, the first has it and the others stand
    under their path.
    """
    asked = _endpoint_of(endpoint, model, timeout)
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
            domains = load_domains().codes if asked else ()
            report = read_source(file.text, name=printable(path.stem), endpoint=asked, domains=domains)
            _tell(names[path], report)
            if as_json:
                results[names[path]] = _to_json(path, file, report, with_texts=with_texts)
            else:
                _print_reading(names[path], reading_to_json(report.reading))
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


def _endpoint_of(url: str, model: str, timeout: int) -> ReaderEndpoint | None:
    """Return the endpoint that the options name, None without one; raises `BadEndpoint`."""
    if not url and not model:
        return None
    key = KEY_VARIABLE if KEY_VARIABLE in os.environ else ""
    try:
        return make_endpoint(url=url, model=model, key_variable=key, timeout_seconds=timeout)
    except ValueError as error:
        raise BadEndpoint(why=error) from error


def _tell(name: str, report: ReadingReport) -> None:
    """Say in one line on standard error what of an endpoint's answer was not used."""
    view = reading_view(report.told)
    if view.failure:
        line = gettext("{name}: the endpoint was not used: {why}. These are the proposals of the rules.").format(
            name=name, why=gettext(view.failure)
        )
    elif view.dropped:
        what = ", ".join(f"{count} {gettext(text)}" for text, count in view.dropped)
        line = gettext("{name}: left out of the answer of {model}: {what}.").format(
            name=name, model=printable(view.reader), what=what
        )
    else:
        return
    errors.print(line, soft_wrap=True, markup=False, highlight=False)


def _to_json(path: Path, file: FileText, report: ReadingReport, *, with_texts: bool) -> dict[str, Any]:
    """Return the reading, how it came about, its file (path, media type, SHA-256) and, on demand, both texts."""
    about = {
        "path": printable(path),
        "media_type": file.media_type,
        "sha256": file.sha256,
        "text_sha256": hashlib.sha256(file.text.encode()).hexdigest(),
    }
    texts = {"original_text": file.text, "clean_text": report.reading.clean_text} if with_texts else {}
    return {**reading_to_json(report.reading), "reading": report.told, "file": about, **texts}


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
