"""`entraide export` and `entraide import`."""

from pathlib import Path
from typing import Annotated

import typer

from entraide.cli.output import AsJson
from entraide.cli.starting import start_node
from entraide.programme.domain.weights import SourceKind
from entraide.tables.domain.formats import ExportFormat


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
    node = start_node()
    from entraide.cli.exporting import export_package, export_tables

    if package:
        export_package(node, kind, output)
    else:
        export_tables(node, kind, form, output, mark=mark)


def import_(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="CSV files as exported, folders or zip files of them.")
    ],
    source_kind: Annotated[
        SourceKind | None,
        typer.Option(help="What kind of source the files themselves are, for rows that name none."),
    ] = None,
    apply: Annotated[
        str | None, typer.Option(metavar="DIGEST", help="Apply the difference that was shown with this digest.")
    ] = None,
    username: Annotated[
        str | None, typer.Option("--as", help="Login name of the desk officer who confirms it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what tables would change in the register of ENTRAIDE_HOME; nothing is changed without --apply.

    Exit code 1 when rows are refused.
    """
    node = start_node()
    from entraide.cli.importing import apply_difference, show_difference

    if apply is not None:
        apply_difference(node, paths, source_kind, digest=apply, username=username, as_json=as_json)
    elif show_difference(node, paths, source_kind, as_json=as_json):
        raise typer.Exit(1)
