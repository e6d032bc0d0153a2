"""The short form on which a reader reports an error in a fact: no login, no script, no service of others."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.publication.api import ReportsClosed, receive_report, takes_reports
from entraide.publication.domain.error_reports import (
    FormOutOfTime,
    NotAnAddress,
    NothingReported,
    ReportTooLong,
)
from entraide.web.errors import add_error
from entraide.web.http import node_of
from entraide.web.register.described import Described, describe_fact, kind_with_page
from entraide.web.reports.forms import TRAP, ReportForm, open_form, read_form

FIELDS: dict[type[EntraideError], str] = {NothingReported: "wrong", NotAnAddress: "source_url"}
"""Where on the form an error belongs; any other stands above it."""
MENDED = (FormOutOfTime, NothingReported, NotAnAddress, ReportTooLong)
"""Errors that the reader mends on the form."""


@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest, table: str, fact_id: UUID) -> HttpResponse:
    """Show the form, take what it says, and lead back to the fact.

    Raises a `NotFound` where there is no such fact, `ReportsClosed`, `TooManyReports`.
    """
    node = node_of(request)
    fact = describe_fact(node, kind_with_page(table), fact_id)
    if not takes_reports(node):
        raise ReportsClosed
    given = request.POST.copy() if request.method == "POST" else None
    form = ReportForm(given, initial={"form": open_form(node)})
    if request.method == "POST" and form.is_valid() and _received(request, node, fact, form):
        messages.success(
            request, gettext("Thank you. The report waits for an officer; this page will say what was done.")
        )
        return redirect(f"{fact.path}#error-reports")
    if given is not None:
        given["form"] = open_form(node)  # the next attempt is another form, with its own time
    context = {
        "fact": fact,
        "form": form,
        "trap": TRAP,
        "trapped": request.POST.get(TRAP, ""),
        "trail": [
            {"label": gettext("Register"), "href": reverse("register:home")},
            {"label": fact.title, "href": fact.path},
            {"label": gettext("Report an error")},
        ],
    }
    return render(request, "reports/new.html", context, status=400 if form.errors else 200)


def _received(request: HttpRequest, node: Node, fact: Described, form: ReportForm) -> bool:
    """Keep the report, or show on the form why not."""
    if request.POST.get(TRAP):
        form.add_error(None, gettext("A field that must stay empty was filled in. Empty it and send the form again."))
        return False
    try:
        report_id = read_form(node, form.cleaned_data["form"])
        receive_report(node, report_id=report_id, fact_kind=fact.kind.fact, fact_id=fact.id, reported=form.reported())
    except MENDED as error:
        add_error(form, error, FIELDS.get(type(error)))
        return False
    return True
