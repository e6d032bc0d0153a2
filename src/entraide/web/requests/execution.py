"""Opening, printing, acknowledging, answering, closing, withdrawing."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from entraide.access.api import Actor, Role
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import RequestId
from entraide.kernel.node import Node
from entraide.requests.api import (
    RequestDetail,
    acknowledge,
    approve_answer,
    close,
    code_sets,
    draft_answer,
    get_request,
    load_form,
    open_request,
    start_execution,
    withdraw,
)
from entraide.requests.domain.answers import derive_sent_answer
from entraide.requests.domain.completeness import find_problems
from entraide.requests.domain.first_answers import derive_first_answers
from entraide.requests.domain.lifecycle import Act
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import show_error
from entraide.web.http import node_of
from entraide.web.requests.fields import show_form
from entraide.web.requests.lists import READERS, trail
from entraide.web.requests.opening import based_on, reader_words, reason_required
from entraide.web.requests.parsing import parse_content
from entraide.web.requests.presenting import read_answer, read_content

Do = Callable[[Node, Actor, RequestId], None]

ACTS: dict[str, tuple[Do, str | Promise]] = {
    "start": (
        lambda node, actor, request_id: start_execution(node, actor=actor, request_id=request_id),
        gettext_lazy("The request is in execution; the partner is told."),
    ),
    "close": (
        lambda node, actor, request_id: close(node, actor=actor, request_id=request_id),
        gettext_lazy("The request is closed on this side."),
    ),
    "withdraw": (
        lambda node, actor, request_id: withdraw(node, actor=actor, request_id=request_id),
        gettext_lazy("The request is withdrawn."),
    ),
}


@require_http_methods(["GET", "POST"])
@role_required(*READERS)
@reason_required
def read(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Read the request and its answers, on the screen or on paper."""
    node, subject, words = node_of(request), RequestId(request_id), reader_words(request)
    detail = get_request(node, subject)
    opened = open_request(node, actor=actor_from(request), request_id=subject)
    form = load_form(node, detail.summary.form_id)
    context = {
        "detail": detail,
        "form": form,
        "form_name": words.form(form.id).text,
        "sections": read_content(form, opened.content, words),
        "released": [item for item in detail.timeline if item.name == Act.RELEASED],
        "answers": [
            (answer, read_answer(load_form(node, "answer"), opened.answers[answer.id], words))
            for answer in detail.answers
            if answer.id in opened.answers
        ],
        "trail": _trail(detail, _("Content")),
    }
    return render(request, "requests/read.html", context)


@require_POST
@role_required(Role.case_officer, Role.approver)
def act(request: HttpRequest, request_id: UUID, name: str) -> HttpResponse:
    """Start the execution, close or withdraw."""
    do, done = ACTS[name]
    try:
        do(node_of(request), actor_from(request), RequestId(request_id))
    except EntraideError as error:
        show_error(request, error)
    else:
        messages.success(request, str(done))
    return redirect("requests:detail", request_id)


@require_POST
@role_required(Role.case_officer)
def acknowledge_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Acknowledge as a human: which desk handles the request."""
    content = parse_content(load_form(node_of(request), "acknowledgement"), request.POST)
    try:
        acknowledge(node_of(request), actor=actor_from(request), request_id=RequestId(request_id), content=content)
    except EntraideError as error:
        show_error(request, error)
    else:
        messages.success(request, _("The request is acknowledged; the partner is told which desk handles it."))
    return redirect("requests:detail", request_id)


@require_http_methods(["GET", "POST"])
@role_required(Role.case_officer)
@reason_required
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Draft the answer; another officer approves it."""
    node, actor, subject = node_of(request), actor_from(request), RequestId(request_id)
    detail, form = get_request(node, subject), load_form(node, "answer")
    if Act.ANSWER_DRAFTED not in detail.acts:
        messages.info(request, _("This request cannot be answered now; acknowledge it first."))
        return redirect("requests:detail", request_id)
    if request.method == "POST":
        content = parse_content(form, request.POST)
        draft_answer(node, actor=actor, request_id=subject, content=content)
        problems = find_problems(form, content, code_sets(node), node.clock.now())
        if request.POST.get("act") == "submit" and not problems:
            messages.success(request, _("The answer waits for an approver, who must be somebody else."))
            return redirect("requests:detail", request_id)
        if not problems or request.POST.get("act") != "submit":
            messages.success(request, _("The draft is kept."))
    else:
        opened = open_request(node, actor=actor, request_id=subject)
        draft = detail.draft_answer
        today = node.clock.now().date()
        content = opened.answers[draft.id] if draft else derive_first_answers(form, {}, today, opened.content)
        problems = ()
    context = {
        "detail": detail,
        "shown": show_form(form, content, reader_words(request), problems=problems),
        "trail": _trail(detail, _("Answer")),
    }
    return render(request, "requests/answer.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "POST"])
@role_required(Role.approver)
@reason_required
def approve_drafted_answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Read the request, the drafted answer and what of it will leave; then approve."""
    node, actor, subject = node_of(request), actor_from(request), RequestId(request_id)
    detail, words = get_request(node, subject), reader_words(request)
    draft = detail.draft_answer
    if draft is None:
        messages.info(request, _("No answer waits for an approval."))
        return redirect("requests:detail", request_id)
    if request.method == "POST":
        try:
            approve_answer(node, actor=actor, request_id=subject, based_on=based_on(request))
        except EntraideError as error:
            show_error(request, error)
            return redirect("requests:approve-answer", request_id)
        messages.success(request, _("The answer is signed and sent."))
        return redirect("requests:detail", request_id)
    opened = open_request(node, actor=actor, request_id=subject)
    form, written = load_form(node, "answer"), opened.answers[draft.id]
    sent = derive_sent_answer(written)
    context = {
        "detail": detail,
        "request_sections": read_content(load_form(node, detail.summary.form_id), opened.content, words),
        "written": read_content(form, written, words),
        "sent": read_answer(form, sent, words) if sent != written else None,
        "is_drafter": draft.drafter_id == actor.user_id,
        "based_on": draft.at.isoformat(),
        "trail": _trail(detail, _("Approval of the answer")),
    }
    return render(request, "requests/approve_answer.html", context)


def _trail(detail: RequestDetail, here: str) -> list[dict[str, str]]:
    return trail(detail.summary.reference, here, reverse("requests:detail", args=[detail.summary.id]))
