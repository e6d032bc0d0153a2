"""`entraide export`: the register as tables, each file whole or not there at all."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext, ngettext
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from entraide.cli.composition import Composition
from entraide.cli.output import errors, say
from entraide.kernel.errors import BadInput
from entraide.kernel.node import Node
from entraide.kernel.text import N_, NN_
from entraide.tables.api import (
    ExportFormat,
    export_table,
    load_tables,
    make_package,
)


class OneTableToAFile(BadInput):
    """Several tables cannot go into one file."""

    code = "cli.one_table_to_a_file"
    message = NN_(
        "{output} is a file, and {count} table was asked for.",
        "{output} is a file, and {count} tables were asked for.",
        by="count",
    )
    remedy = N_("Name one table with --kind, or give a folder.")


class WholePackage(BadInput):
    """A Data Package holds all tables."""

    code = "cli.whole_package"
    message = N_("A Data Package holds all tables; --kind cannot be used with --package.")
    remedy = N_("Leave out --kind, or leave out --package.")


def add_export(application: typer.Typer, composition: Composition) -> None:
    """Add `entraide export` to `application`."""

    @application.command("export")
    def export(
        kind: Annotated[
            list[str] | None, typer.Option(help="A table, such as commitments; may be repeated. All when left out.")
        ] = None,
        form: Annotated[ExportFormat, typer.Option("--format", help="How the tables are written.")] = ExportFormat.CSV,
        output: Annotated[
            Path | None,
            typer.Option(
                "--output",
                "-o",
                help="A folder, or the file of one table; with --package, its file. When left out: standard output; "
                "with --package, the folder exports of the node's home.",
            ),
        ] = None,
        package: Annotated[
            bool, typer.Option("--package", help="Write all tables as one Data Package, as the node does each night.")
        ] = False,
        mark: Annotated[bool, typer.Option(help="Begin CSV files with a byte order mark, for Excel.")] = True,
    ) -> None:
        """Write the register of the node of ENTRAIDE_HOME as tables that a spreadsheet opens, with permalinks."""
        if package:
            _export_package(composition.current_node(), kind, output)
            return
        names = [load_tables().get(name).name for name in kind or load_tables().names]
        node = composition.current_node()
        if output is None and len(names) > 1:
            raise OneTableToAFile(output=gettext("Standard output"), count=len(names))
        if output is not None and len(names) > 1 and output.exists() and not output.is_dir():
            raise OneTableToAFile(output=output, count=len(names))
        with node.active(), _progress() as progress:
            for name in names:
                task = progress.add_task(name, total=None)
                texts = progress.track(export_table(node, name, form, mark=mark), task_id=task)
                if output is None:
                    for text in texts:
                        typer.echo(text, nl=False)
                else:
                    write_whole(_file(output, name, form, several=len(names) > 1), texts)
        if output is not None:
            say(
                ngettext(
                    "{count} table written to {output}.", "{count} tables written to {output}.", len(names)
                ).format(count=len(names), output=output)
            )


def _export_package(node: Node, kind: list[str] | None, output: Path | None) -> None:
    if kind:
        raise WholePackage
    file = output / "datapackage.zip" if output is not None and output.is_dir() else output
    with errors.status(gettext("Writing the Data Package")):
        made = make_package(node, output=file)
    say(gettext("The Data Package is {file}.").format(file=made))


def write_whole(file: Path, texts: Iterable[str]) -> None:
    """Write `texts` to `file` by way of a temporary file beside it: what stands there is always a whole file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as open_file:
            open_file.writelines(texts)
            open_file.flush()
            os.fsync(open_file.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _file(output: Path, name: str, form: ExportFormat, *, several: bool) -> Path:
    whole_folder = several or output.is_dir() or not output.suffix
    return output / f"{name}.{form.value}" if whole_folder else output


def _progress() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed}"), TimeElapsedColumn())
    return Progress(*columns, console=errors, transient=True)
