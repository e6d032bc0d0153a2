"""`entraide export` and `entraide import`."""

from pathlib import Path

import click

from entraide.cli.commands.values import OneOf, json_option
from entraide.cli.starting import start_node
from entraide.programme.domain.weights import SourceKind
from entraide.tables.domain.formats import ExportFormat


@click.command()
@click.option(
    "--kind",
    multiple=True,
    help="A table, such as commitments; may be repeated. All when left out; a wrong one is answered with all names.",
)
@click.option(
    "--format", "form", type=OneOf(ExportFormat), default=ExportFormat.CSV.value, help="How the tables are written."
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="A folder, or the file of one table; with --package, its file. When left out: standard output; "
    "with --package, the folder exports of the node's home.",
)
@click.option("--package", is_flag=True, help="Write all tables as one Data Package, as the node does each night.")
@click.option("--mark/--no-mark", default=True, help="Begin CSV files with a byte order mark, for Excel.")
@click.option("--separator", default=",", help="What stands between the cells of CSV files: , ; or tab.")
def export(
    kind: tuple[str, ...], form: ExportFormat, output: Path | None, package: bool, mark: bool, separator: str
) -> None:
    """Write the register of the node of ENTRAIDE_HOME (its folder) as tables that a spreadsheet opens.

    Each row has its permalink. Such as: entraide export --kind commitments --output commitments.csv
    """
    node = start_node()
    from entraide.cli.exporting import export_package, export_tables

    if package:
        export_package(node, kind, output)
    else:
        export_tables(node, kind, form, output, mark=mark, separator=separator)


@click.command("import")
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    help="CSV files as exported, folders or zip files of them.",
)
@click.option(
    "--source-kind",
    type=OneOf(SourceKind),
    help="What kind of source the files themselves are, for rows that name none.",
)
@click.option("--apply", "digest", metavar="DIGEST", help="Apply the difference that was shown with this digest.")
@click.option("--as", "username", metavar="USERNAME", help="Login name of the desk officer who confirms it.")
@json_option
def import_(
    paths: tuple[Path, ...], source_kind: SourceKind | None, digest: str | None, username: str | None, as_json: bool
) -> None:
    """Show what tables would change in the register of the node of ENTRAIDE_HOME (its folder).

    Nothing is changed without --apply: entraide import FILE shows the difference and its digest, entraide import FILE
    --apply DIGEST --as USERNAME makes exactly that change. Exit code 1 when rows are refused.
    """
    node = start_node()
    from entraide.cli.importing import apply_difference, show_difference

    if digest is not None:
        apply_difference(node, paths, source_kind, digest=digest, username=username, as_json=as_json)
    elif show_difference(node, paths, source_kind, as_json=as_json):
        raise click.exceptions.Exit(1)
