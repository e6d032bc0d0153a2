"""Recording by hand what a party on paper did with a request of this ministry."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.access.api import Role
from entraide.directory.api import PaperFact
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import RequestId
from entraide.requests.api import (
    RequestDetail,
    code_sets,
    get_request,
    load_form,
    record_on_paper,
    record_paper_answer,
)
from entraide.requests.domain.completeness import find_problems
from entraide.requests.domain.lifecycle import Act
from entraide.requests.domain.paper import Means
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error
from entraide.web.http import node_of
from entraide.web.requests.fields import show_form
from entraide.web.requests.forms import PaperActForm, PaperForm
from entraide.web.requests.lists import list_recorded, trail
from entraide.web.requests.opening import reader_words
from entraide.web.requests.parsing import parse_content


@require_http_methods(["GET", "POST"])
@role_required(Role.case_officer, Role.approver)
def record(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Record that the party received, acknowledged or began to execute the request."""
    node, actor = node_of(request), actor_from(request)
    detail = get_request(node, RequestId(request_id))
    acts = list_recorded(detail, actor)
    if not acts:
        return _nothing(request, request_id)
    form = PaperActForm(request.POST or None, acts=acts)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        fact, means = _paper(values)
        try:
            record_on_paper(
                node, actor=actor, request_id=detail.summary.id, act=Act(values["act"]), fact=fact, means=means
            )
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, _("What the party did on paper is recorded."))
            return redirect("requests:detail", request_id)
    context = {"form": form, "detail": detail, "trail": _trail(detail)}
    return render(request, "requests/paper.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@role_required(Role.approver)
def record_answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Record the answer that came on paper, question by question, with the paper that it stands on."""
    node, actor = node_of(request), actor_from(request)
    detail, answer = get_request(node, RequestId(request_id)), load_form(node, "answer")
    if not (detail.summary.sides.on_paper and detail.may(actor, Act.ANSWERED)):
        return _nothing(request, request_id)
    form, content = PaperForm(request.POST or None), parse_content(answer, request.POST)
    problems = find_problems(answer, content, code_sets(node), node.clock.now()) if request.method == "POST" else ()
    if request.method == "POST" and form.is_valid() and not problems:
        fact, means = _paper(form.cleaned_data)
        try:
            record_paper_answer(
                node, actor=actor, request_id=detail.summary.id, content=content, fact=fact, means=means
            )
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The answer on paper is recorded and sealed by this node."))
            return redirect("requests:detail", request_id)
    shown = show_form(answer, content, reader_words(request), problems=problems)
    context = {"form": form, "shown": shown, "detail": detail, "trail": _trail(detail)}
    return render(request, "requests/paper.html", context, status=400 if form.errors or problems else 200)


def _paper(values: dict[str, Any]) -> tuple[PaperFact, Means]:
    return PaperFact(values["post"], values["signed_on"], values["scan"]), Means(values["means"])


def _nothing(request: HttpRequest, request_id: UUID) -> HttpResponse:
    messages.info(request, _("Nothing can be recorded by hand here now."))
    return redirect("requests:detail", request_id)


def _trail(detail: RequestDetail) -> list[dict[str, str]]:
    return trail(detail.summary.reference, _("On paper"), reverse("requests:detail", args=[detail.summary.id]))
