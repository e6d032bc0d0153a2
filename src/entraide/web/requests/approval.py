"""Four eyes: the approver reads the whole request before it leaves, and clears or upholds what a safeguard stopped."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from entraide.access.api import Role
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import RequestId
from entraide.requests.api import (
    approve_release,
    clear_finding,
    confirm_clearance,
    get_request,
    load_form,
    open_request,
    return_to_drafter,
)
from entraide.requests.domain.lifecycle import Act
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import show_error
from entraide.web.http import node_of
from entraide.web.requests.lists import trail
from entraide.web.requests.opening import based_on, reader_words, reason_required
from entraide.web.requests.presenting import read_content, read_findings


@require_http_methods(["GET", "POST"])
@role_required(Role.approver)
@reason_required
def approve(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Read the whole request, then release it or send it back."""
    node, actor, subject = node_of(request), actor_from(request), RequestId(request_id)
    if request.method == "POST":
        return _decide(request, subject)
    detail, words = get_request(node, subject), reader_words(request)
    if Act.RELEASED not in detail.acts:
        messages.info(request, _("This request does not wait for an approval."))
        return redirect("requests:detail", request_id)
    form = load_form(node, detail.summary.form_id)
    content = open_request(node, actor=actor, request_id=subject).content
    context = {
        "detail": detail,
        "form_name": words.form(form.id).text,
        "sections": read_content(form, content, words),
        "findings": read_findings(detail.findings, words),
        "is_drafter": detail.drafter_id == actor.user_id,
        "based_on": detail.summary.changed_at.isoformat(),
        "trail": trail(detail.summary.reference, _("Approval"), reverse("requests:detail", args=[request_id])),
    }
    return render(request, "requests/approve.html", context)


def _decide(request: HttpRequest, request_id: RequestId) -> HttpResponse:
    node, actor = node_of(request), actor_from(request)
    try:
        if request.POST.get("act") == "return":
            return_to_drafter(node, actor=actor, request_id=request_id)
            messages.info(request, _("The request is back with its drafter."))
        else:
            left = approve_release(node, actor=actor, request_id=request_id, based_on=based_on(request))
            done = _("The request is signed and released; it leaves as soon as the partner answers.")
            on_paper = _("The request is signed and released; print it and take it to the party on paper.")
            messages.success(request, done if left else on_paper)
    except EntraideError as error:
        show_error(request, error)
    return redirect("requests:detail", request_id)


@require_POST
@role_required(Role.approver)
def clear(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Clear one finding, or confirm a colleague's clearance."""
    node, actor, subject = node_of(request), actor_from(request), RequestId(request_id)
    key, seen = request.POST.get("finding_key", ""), request.POST.get("seen")
    try:
        if request.POST.get("act") == "confirm":
            confirm_clearance(node, actor=actor, request_id=subject, finding_key=key, seen=seen)
            messages.success(request, _("The clearance is confirmed; the drafter can submit the request again."))
        else:
            clear_finding(
                node,
                actor=actor,
                request_id=subject,
                finding_key=key,
                reason=request.POST.get("reason", ""),
                decision_reference=request.POST.get("decision_reference", ""),
                seen=seen,
            )
            messages.success(request, _("The finding is cleared; a second approver must confirm."))
    except EntraideError as error:
        show_error(request, error)
    return redirect("requests:check", request_id)
