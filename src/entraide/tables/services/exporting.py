"""The register as tables: rows are made page by page, so that memory does not grow with the register."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO
from uuid import UUID

from entraide.communiques.api import citations_of_many
from entraide.kernel.languages import SOURCE, choose_text
from entraide.kernel.node import Node
from entraide.programme.api import load_kinds, plug_of
from entraide.programme.domain.kinds import FieldType, Kind
from entraide.programme.domain.paths import Item, read_path
from entraide.programme.domain.plugs import Narrowed
from entraide.tables.adapters.vocabulary import describe_column, describe_table, load_tables
from entraide.tables.adapters.workbooks import write_workbook
from entraide.tables.domain.cells import csv_lines, json_document, json_lines
from entraide.tables.domain.errors import BadSeparator
from entraide.tables.domain.filters import ExportFilter, parse_filter
from entraide.tables.domain.formats import SEPARATORS, ExportFormat
from entraide.tables.domain.tables import Table
from entraide.tables.services.rows import Addresses, Cells, cited_cells, row_of

EVERYTHING = ExportFilter()
PAGE = 500
"""Facts read at once."""


def export_table(
    node: Node,
    name: str,
    form: ExportFormat,
    wanted: ExportFilter = EVERYTHING,
    *,
    mark: bool = True,
    separator: str = ",",
    protected: bool = True,
) -> Iterator[str]:
    """Yield a table of the register as text, piece by piece; raises `NoSuchTable` before the first.

    Of a CSV file, `mark` begins it with a byte order mark, without which Excel takes UTF-8 for another encoding,
    `separator` stands between the cells, and `protected` puts an apostrophe before what a spreadsheet would compute. A
    workbook is no text: `export_workbook`. To be consumed while `node` is active.
    """
    table = load_tables().get(name)
    found = list_rows(node, table, wanted)
    match form:
        case ExportFormat.JSONL:
            return iter(json_lines(table.exported, found))
        case ExportFormat.JSON:
            return iter(json_document(table, found, f"{node.settings.origin}/exports/#{table.name}"))
        case _:
            lines = csv_lines(table.exported, found, mark=mark, separator=separator, protected=protected)
            return iter(lines)


def export_workbook(
    node: Node, name: str, out: IO[bytes], wanted: ExportFilter = EVERYTHING, *, language: str = SOURCE
) -> None:
    """Write a table of the register to `out` as a workbook (XLSX) whose columns are told in `language`.

    Raises `NoSuchTable` and `TooManyRows`.
    """
    table = load_tables().get(name)
    columns = {column: describe_column(table, column, language) for column in table.exported}
    publisher = choose_text(node.settings.organisation, language).text or node.settings.name
    about = f"{describe_table(table.name, language)} {node.settings.origin}/exports/#{table.name}"
    with node.active():
        write_workbook(out, table.name, columns, list_rows(node, table, wanted), about=about, publisher=publisher)


def parse_separator(text: str) -> str:
    """Return what an address asks to stand between the cells of a CSV file; raises `BadSeparator`."""
    if text not in SEPARATORS:
        raise BadSeparator(value=text[:20], known=", ".join(SEPARATORS))
    return SEPARATORS[text]


def export_filter(given: Mapping[str, Sequence[str]]) -> ExportFilter:
    """Return the filter that the parameters of an address ask for; raises `UnknownFilter`."""
    allowed: dict[str, list[str]] = {}
    for kind in load_kinds():
        for field in kind.fields:
            if field.filtered:
                allowed.setdefault(field.name, []).extend(field.codes)
    states = load_kinds().get("party").field("state").codes
    return parse_filter(given, {"state": states, **allowed})


def list_rows(node: Node, table: Table, wanted: ExportFilter = EVERYTHING) -> Iterator[Cells]:
    """Yield the rows of a table, each with the permalink of its fact, narrowed by what `wanted` says of this table."""
    at = Addresses(node, load_tables().languages)
    for items in list_items(node, table.kind, wanted.narrowed):
        at.find_elsewhere(table.kind, items)
        page = [row_of(at, table.kind, item) for item in items]
        yield from with_citations(at, table.kind, page) if table.kind.cited else page


def list_items(node: Node, kind: Kind, wanted: Narrowed) -> Iterator[Sequence[Item]]:
    """Yield the facts of a kind in pages, those of another kind's facts with their parents, which `wanted` narrows."""
    if kind.within is None:
        for page in plug_of(kind.name).pages(node, wanted, PAGE):
            yield [Item(view) for view in page]
        return
    parent = load_kinds().get(kind.within.kind)
    for parents in list_items(node, parent, wanted):
        if kind.within.at:
            yield parts_within(kind, parents)
        else:
            for item in parents:
                yield _linked(node, kind, parent, item)


def parts_within(kind: Kind, parents: Sequence[Item]) -> list[Item]:
    """Return the facts of a kind that come with their parents' views, each with its place among its siblings."""
    path = kind.within.at if kind.within else ""
    return [Item(view, item, number) for item in parents for number, view in enumerate(read_path(item, path) or (), 1)]


def _linked(node: Node, kind: Kind, parent: Kind, item: Item) -> list[Item]:
    """Return the facts of a kind that link to their parent."""
    link = next(field for field in kind.fields if field.type is FieldType.LINK and field.to == parent.name)
    read = plug_of(kind.name).of
    views = read(node, link, item.view.id) if read is not None else ()
    return [Item(view, item, number) for number, view in enumerate(views, 1)]


def with_citations(at: Addresses, kind: Kind, page: Sequence[Cells]) -> Iterator[Cells]:
    """Yield the rows of a page with the sources that show them, in a fixed number of queries."""
    ids = {index: id_in(str(row["permalink"])) for index, row in enumerate(page)}
    cited = citations_of_many(at.node, kind.fact, ids.values()) if page else {}
    for index, row in enumerate(page):
        yield {**row, **cited_cells(at, cited.get(ids[index], ()))}


def id_in(permalink: str) -> UUID:
    """Return the id of the fact that a permalink of ours names: the one of its fragment, else that of its page."""
    return UUID(permalink.rstrip("/")[-36:])
