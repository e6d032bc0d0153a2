"""Exports: a page that says what each table holds, and the tables themselves, public like the register."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from entraide import __version__
from entraide.storage.api import get_revision
from entraide.tables.api import (
    Column,
    ExportFormat,
    Table,
    describe_column,
    describe_table,
    export_filter,
    export_table,
    load_tables,
)
from entraide.web.exports.streaming import stream
from entraide.web.http import node_of
from entraide.web.language import reader_language

FRESH_SECONDS = 300
MARK = "mark"
MOST_CODES = 15
"""Codes of a closed list that go on a line; longer ones stand elsewhere on the site."""
CONTENT_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.JSON: "application/json",
    ExportFormat.JSONL: "application/jsonl; charset=utf-8",
}


@require_GET
def show_tables(request: HttpRequest) -> HttpResponse:
    """List the tables with their columns and where to download them."""
    language = reader_language()
    tables = [
        {
            "name": table.name,
            "about": describe_table(table.name, language),
            "importable": table.importable,
            "downloads": [
                {"label": form.value.upper(), "href": reverse("exports:download", args=[table.name, form.value])}
                for form in ExportFormat
            ],
            "columns": _columns(table, language),
        }
        for table in load_tables().tables
    ]
    trail = [{"label": gettext("Register"), "href": reverse("register:home")}, {"label": gettext("Exports")}]
    return render(request, "exports/tables.html", {"tables": tables, "trail": trail})


@require_GET
def download(request: HttpRequest, table: str, form: str) -> HttpResponseBase:
    """Send a table, narrowed by the filters of the address; `mark=no` leaves out the byte order mark of a CSV file.

    With the tag of an earlier download nothing is sent until the register has changed. Raises `Http404` for another
    form of file.
    """
    if form not in set(ExportFormat):
        raise Http404
    node, chosen = node_of(request), ExportFormat(form)
    wanted = export_filter({name: request.GET.getlist(name) for name in request.GET if name != MARK})
    tag = get_revision(node).tag_of(__version__, node.settings.origin, request.get_full_path())
    texts = export_table(node, table, chosen, wanted, mark=request.GET.get(MARK) != "no")
    response: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if response is None:
        response = stream(request, node, texts, CONTENT_TYPES[chosen])
        response.headers["Content-Disposition"] = f'attachment; filename="{node.settings.name}-{table}.{form}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


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


def _codes(column: Column) -> str:
    return ", ".join(column.codes) if len(column.codes) <= MOST_CODES else ""
