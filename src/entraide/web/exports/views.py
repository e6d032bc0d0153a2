"""Exports: a page that says what each table holds, and the tables themselves, public like the register."""

from tempfile import SpooledTemporaryFile
from typing import IO

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from entraide import __version__
from entraide.kernel.node import Node
from entraide.storage.api import get_revision
from entraide.tables.api import (
    Column,
    ExportFormat,
    Table,
    describe_column,
    describe_table,
    export_filter,
    export_table,
    export_workbook,
    load_tables,
    parse_separator,
)
from entraide.tables.domain.errors import ForCsvOnly, NoSuchForm
from entraide.tables.domain.filters import ExportFilter
from entraide.web.exports.streaming import send_file, stream
from entraide.web.feeds.answers import language_asked
from entraide.web.http import node_of
from entraide.web.language import reader_language

FRESH_SECONDS = 300
MARK, SEPARATOR = "mark", "separator"
FOR_CSV = (MARK, SEPARATOR)
LANGUAGE = "lang"
HOW = (*FOR_CSV, LANGUAGE)
"""Parameters of an address that are no filters: how a CSV file is written, in which language a workbook explains."""
LARGEST_IN_MEMORY = 4_000_000
"""Bytes of a workbook that is not put on disk on its way out."""
MOST_CODES = 15
"""Codes of a closed list that go on a line; longer ones stand elsewhere on the site."""
CONTENT_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.JSON: "application/json",
    ExportFormat.JSONL: "application/jsonl; charset=utf-8",
}


@require_safe
def show_tables(request: HttpRequest) -> HttpResponse:
    """List the tables with their columns and where to download them."""
    language = reader_language()
    tables = [
        {
            "name": table.name,
            "about": describe_table(table.name, language),
            "importable": table.importable,
            "downloads": _downloads(table),
            "columns": _columns(table, language),
        }
        for table in load_tables().tables
    ]
    trail = [{"label": gettext("Register"), "href": reverse("register:home")}, {"label": gettext("Exports")}]
    return render(request, "exports/tables.html", {"tables": tables, "trail": trail})


@require_safe
def download(request: HttpRequest, table: str, form: str) -> HttpResponseBase:
    """Send a table, narrowed by the filters of the address.

    Of a CSV file, `mark=no` leaves out the byte order mark, and `separator` says what stands between the cells. With
    the tag of an earlier download nothing is sent until the register has changed. Raises `NoSuchForm`, `NoSuchTable`,
    `NoSuchFilter`, `UnknownFilter`, `UnknownLanguage`, `ForCsvOnly`, `BadSeparator`, `TooManyRows`.
    """
    if form not in set(ExportFormat):
        raise NoSuchForm(form=form[:20], allowed=", ".join(ExportFormat))
    node, chosen, language = node_of(request), ExportFormat(form), language_asked(request)
    found = load_tables().get(table)
    separator = _separator(request, chosen)
    wanted = export_filter({name: request.GET.getlist(name) for name in request.GET if name not in HOW})
    tag = get_revision(node).tag_of(__version__, node.settings.origin, request.get_full_path(), language)
    response: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if response is None:
        if request.method == "HEAD":
            response = HttpResponse(content_type=CONTENT_TYPES[chosen])
        elif chosen is ExportFormat.XLSX:
            out = _workbook(node, found.name, wanted, language)
            response = send_file(request, out, CONTENT_TYPES[chosen])
        else:
            mark = request.GET.get(MARK) != "no"
            texts = export_table(node, found.name, chosen, wanted, mark=mark, separator=separator)
            response = stream(request, node, texts, CONTENT_TYPES[chosen])
        response.headers["Content-Disposition"] = f'attachment; filename="{node.settings.name}-{table}.{form}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    if chosen is ExportFormat.XLSX and LANGUAGE not in request.GET:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def _workbook(node: Node, table: str, wanted: ExportFilter, language: str) -> IO[bytes]:
    """Return a table as a workbook in a temporary file, which whoever sends it closes; raises `TooManyRows`."""
    out = SpooledTemporaryFile(LARGEST_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    try:
        export_workbook(node, table, out, wanted, language=language)
    except BaseException:
        out.close()
        raise
    return out


def _downloads(table: Table) -> list[dict[str, str]]:
    """Return the files of a table; CSV also as spreadsheets take it that end a number with a comma."""
    address = {form: reverse("exports:download", args=[table.name, form.value]) for form in ExportFormat}
    address[ExportFormat.XLSX] += f"?{LANGUAGE}={reader_language()}"
    found = {form: [{"label": form.value.upper(), "href": href}] for form, href in address.items()}
    found[ExportFormat.CSV].append({"label": "CSV (;)", "href": f"{address[ExportFormat.CSV]}?separator=semicolon"})
    # What opens as it is stands first.
    return [*found.pop(ExportFormat.XLSX), *(item for items in found.values() for item in items)]


def _separator(request: HttpRequest, form: ExportFormat) -> str:
    """Return what stands between the cells of a CSV file; raises `ForCsvOnly` and `BadSeparator`."""
    given = [name for name in FOR_CSV if name in request.GET]
    if given and form is not ExportFormat.CSV:
        raise ForCsvOnly(name=given[0])
    return parse_separator(request.GET.get(SEPARATOR, ","))


def _columns(table: Table, language: str) -> list[tuple[str, str, str]]:
    """Return name, meaning and closed list of the columns; those of one field in several languages as one line."""
    found: dict[str, tuple[list[str], Column]] = {}
    for column in table.exported:
        found.setdefault(column.field, ([], column))[0].append(column.name)
    return [
        (
            ", ".join(names),
            describe_column(table, column, language),
            ", ".join(column.codes) if len(column.codes) <= MOST_CODES else "",
        )
        for names, column in found.values()
    ]
