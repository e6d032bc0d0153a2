"""`entraide export`: the register as tables, each file whole or not there at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from entraide.cli.language import gettext, ngettext
from entraide.cli.output import say, tell_waiting, tracked
from entraide.kernel.errors import BadInput
from entraide.kernel.node import Node
from entraide.kernel.text import N_, NN_
from entraide.tables.api import (
    ExportFormat,
    export_table,
    export_workbook,
    load_tables,
    make_package,
    parse_separator,
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


class WorkbookToAFile(BadInput):
    """A workbook cannot go to a terminal."""

    code = "cli.workbook_to_a_file"
    message = N_("A workbook is not text and cannot go to standard output.")
    remedy = N_("Say where it goes, such as --output commitments.xlsx.")


def export_tables(
    node: Node, kind: Sequence[str], form: ExportFormat, output: Path | None, *, mark: bool, separator: str = ","
) -> None:
    """Write the tables named `kind`, or all, to `output` or standard output.

    Raises `NoSuchTable`, `BadSeparator`, `OneTableToAFile` when several would go into one file, `WorkbookToAFile`.
    """
    if form is ExportFormat.XLSX and output is None:
        raise WorkbookToAFile
    between = parse_separator(separator)
    names = [load_tables().get(name).name for name in kind or load_tables().names]
    _demand_room(output, len(names))
    with node.active():
        for name in names:
            if form is ExportFormat.XLSX and output is not None:
                with whole_file(_file(output, name, form, several=len(names) > 1)) as out:
                    export_workbook(node, name, out)
                continue
            texts = export_table(node, name, form, mark=mark, separator=between)
            if output is not None:
                write_whole(_file(output, name, form, several=len(names) > 1), tracked(texts, name))
                continue
            for text in texts:
                click.echo(text, nl=False)
    if output is not None:
        written = ngettext("{count} table written to {output}.", "{count} tables written to {output}.", len(names))
        say(written.format(count=len(names), output=output))


def _demand_room(output: Path | None, count: int) -> None:
    """Raise `OneTableToAFile` where several tables would go into one file, or one after the other to a terminal."""
    if count == 1:
        return
    if output is None:
        raise OneTableToAFile(output=gettext("Standard output"), count=count)
    if output.exists() and not output.is_dir():
        raise OneTableToAFile(output=output, count=count)


def export_package(node: Node, kind: Sequence[str], output: Path | None) -> None:
    """Write the Data Package to `output`, or as today's edition; raises `WholePackage` when tables are named."""
    if kind:
        raise WholePackage
    file = output / "datapackage.zip" if output is not None and output.is_dir() else output
    tell_waiting(gettext("Writing the Data Package"))
    made = make_package(node, output=file)
    say(gettext("The Data Package is {file}.").format(file=made))


def write_whole(file: Path, texts: Iterable[str]) -> None:
    """Write `texts` to `file`, whole or not at all."""
    with whole_file(file) as out:
        out.writelines(text.encode() for text in texts)


@contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """Give a temporary file that takes the place of `file` at the end: what stands there is always a whole file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as open_file:
            yield open_file
            open_file.flush()
            os.fsync(open_file.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _file(output: Path, name: str, form: ExportFormat, *, several: bool) -> Path:
    whole_folder = several or output.is_dir() or not output.suffix
    return output / f"{name}.{form.value}" if whole_folder else output
