"""Reports of errors on the desk: each beside its fact, answered by an officer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entraide.access.api import Role, require_role
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.publication.api import (
    ErrorReportView,
    Outcome,
    answer_report,
    get_report,
    list_answered_reports,
    list_contacts_left,
    list_corrections,
    list_open_reports,
    list_reports_on,
    read_contact,
    set_aside_reports,
)
from entraide.publication.domain.error_reports import AnswerReasonMissing, CorrectionMissing, OriginalMissing
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error, show_error
from entraide.web.http import node_of
from entraide.web.reports.forms import AnswerForm
from entraide.web.reports.presenting import describe_reported, summarise_act, tell_answer

SHOWN = 200
ANSWERED = 50
FIELDS: dict[type[EntraideError], str] = {
    AnswerReasonMissing: "reason",
    CorrectionMissing: "act",
    OriginalMissing: "original",
}


@require_safe
@role_required(Role.desk_officer, Role.auditor)
def list_reports(request: HttpRequest) -> HttpResponse:
    """List the reports that wait, the oldest first, and the latest answers."""
    node = node_of(request)
    waiting = list_open_reports(node, limit=SHOWN + 1)
    answered = list_answered_reports(node, limit=ANSWERED)
    facts = describe_reported(node, [*waiting[:SHOWN], *answered])
    context = {
        "waiting": [(item, facts.get(item.fact_id)) for item in waiting[:SHOWN]],
        "more": len(waiting) > SHOWN,
        "answered": [(item, facts.get(item.fact_id), tell_answer(node, item)) for item in answered],
        "may_answer": actor_from(request).has_role(Role.desk_officer),
        "trail": _trail(),
    }
    return render(request, "reports/list.html", context)


@require_POST
@role_required(Role.desk_officer)
def set_aside(request: HttpRequest) -> HttpResponse:
    """Set aside those that were chosen, in one act that can be undone as a whole."""
    chosen = [UUID(text) for text in request.POST.getlist("report") if _is_id(text)]
    done = set_aside_reports(node_of(request), actor=actor_from(request), report_ids=chosen[:SHOWN])
    messages.success(
        request,
        ngettext("%(number)s report is set aside.", "%(number)s reports are set aside.", done) % {"number": done},
    )
    return redirect("reports:list")


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.desk_officer, Role.auditor)
def answer(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Show a report beside its fact, and let an officer answer it; raises `NoSuchErrorReport`, `RoleMissing`."""
    node = node_of(request)
    if request.method == "POST":
        require_role(actor_from(request), Role.desk_officer)
    report = get_report(node, report_id)
    form = _form(request, node, report)
    if request.method == "POST" and form.is_valid() and _answered(request, node, report, form):
        messages.success(request, gettext("The report is answered; the page of the fact says so."))
        return redirect("reports:list")
    return _show(request, node, report, form)


@require_POST
@role_required(Role.desk_officer)
def show_contact(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Show how to reach who reported, for a reason that is journaled; raises `NoSuchErrorReport`."""
    node = node_of(request)
    report = get_report(node, report_id)
    contact = ""
    try:
        contact = read_contact(
            node, actor=actor_from(request), report_id=report_id, reason=request.POST.get("reason", "")
        )
    except EntraideError as error:
        show_error(request, error)
        return redirect("reports:answer", report_id)
    return _show(request, node, report, _form(request, node, report, empty=True), contact=contact)


def _form(request: HttpRequest, node: Node, report: ErrorReportView, *, empty: bool = False) -> AnswerForm:
    acts = [(str(item.act.id), summarise_act(node, item)) for item in list_corrections(node, report)]
    others = [
        (str(item.id), f"{item.received_at:%Y-%m-%d} · {item.reported.wrong[:80]}")
        for item in list_reports_on(node, report.fact_id)
        if item.id != report.id
    ]
    data = request.POST if request.method == "POST" and not empty else None
    return AnswerForm(data, acts=acts, others=others)


def _answered(request: HttpRequest, node: Node, report: ErrorReportView, form: AnswerForm) -> bool:
    given = form.cleaned_data
    try:
        answer_report(
            node,
            actor=actor_from(request),
            report_id=report.id,
            outcome=Outcome(given["outcome"]),
            reason=given["reason"],
            act_id=UUID(given["act"]) if given["act"] else None,
            original_id=UUID(given["original"]) if given["original"] else None,
        )
    except EntraideError as error:
        add_error(form, error, FIELDS.get(type(error)))
        return False
    return True


def _show(
    request: HttpRequest, node: Node, report: ErrorReportView, form: AnswerForm, *, contact: str = ""
) -> HttpResponse:
    fact = describe_reported(node, [report]).get(report.fact_id)
    context = {
        "report": report,
        "fact": fact,
        "form": form,
        "told": tell_answer(node, report),
        "contact": contact,
        "contact_left": bool(list_contacts_left(node, [report.id])),
        "may_answer": actor_from(request).has_role(Role.desk_officer) and report.is_open,
        "amended_at": f"/upkeep/{fact.kind.table}/{fact.id}/" if fact else "",
        "trail": [*_trail(reverse("reports:list")), {"label": gettext("Report")}],
    }
    return render(request, "reports/answer.html", context, status=400 if form.errors else 200)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _trail(href: str = "") -> list[dict[str, str]]:
    own = {"label": gettext("Reports of errors")}
    return [
        {"label": gettext("What needs me"), "href": reverse("account:desk")},
        own | ({"href": href} if href else {}),
    ]
