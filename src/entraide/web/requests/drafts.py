"""Drafting: choose type and partner, fill in the form, see what the check finds, submit."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entraide.access.api import Actor, Role
from entraide.directory.api import Authority, Party, list_authorities, list_parties_to_ask
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PartyId, RequestId
from entraide.kernel.node import Node
from entraide.requests.api import (
    Label,
    RequestDetail,
    check_request,
    code_sets,
    create_draft,
    get_request,
    list_forms,
    load_form,
    open_request,
    submit_for_approval,
    update_draft,
)
from entraide.requests.domain.completeness import find_problems
from entraide.requests.domain.first_answers import Known, derive_first_answers
from entraide.requests.domain.forms import FieldKind, Form
from entraide.requests.domain.lifecycle import Act, State
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import show_error
from entraide.web.http import node_of
from entraide.web.requests.fields import AuthorityChoices, show_form
from entraide.web.requests.forms import NewRequestForm
from entraide.web.requests.lists import READERS, trail
from entraide.web.requests.opening import based_on, reader_words, reason_required
from entraide.web.requests.parsing import parse_content
from entraide.web.requests.presenting import authority_name, read_findings
from entraide.web.templatetags.parties import party_title


@require_http_methods(["GET", "POST"])
@role_required(Role.case_officer)
def start_draft(request: HttpRequest) -> HttpResponse:
    """Choose the type of request and whom to ask; opens a draft with what the directory already knows."""
    node, actor, words = node_of(request), actor_from(request), reader_words(request)
    parties = list_parties_to_ask(node)
    form = NewRequestForm(
        request.POST or None,
        types=[(form_id, _described(words.form(form_id))) for form_id in list_forms(node)],
        parties=[(party.id, _named(party)) for party in parties],
    )
    if request.method == "POST" and form.is_valid():
        party_id = PartyId(form.cleaned_data["party"])
        form_id = form.cleaned_data["form_id"]
        content = _first_content(node, actor, form_id, party_id)
        request_id = create_draft(node, actor=actor, form_id=form_id, party_id=party_id, content=content)
        return redirect("requests:edit", request_id)
    context = {"form": form, "parties": parties, "trail": trail(here=_("New request"))}
    return render(request, "requests/new.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@role_required(Role.case_officer)
@reason_required
def edit_draft(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Fill in the form; every button keeps the draft first, complete or not."""
    node, actor, subject = node_of(request), actor_from(request), RequestId(request_id)
    detail = get_request(node, subject)
    form = load_form(node, detail.summary.form_id)
    if request.method == "POST":
        return _save(request, detail, form)
    if Act.EDITED not in detail.acts:
        messages.info(request, _("This request has left the draft; it can be read, not changed."))
        return redirect("requests:detail", request_id)
    content = open_request(node, actor=actor, request_id=subject).content
    words = reader_words(request)
    problems = find_problems(form, content, code_sets(node), node.clock.now()) if "problems" in request.GET else ()
    shown = show_form(
        form,
        content,
        words,
        authorities=authority_choices(node, detail.summary.sides.requested.id, form.id),
        problems=problems,
        add_row_to=request.GET.get("add", ""),
    )
    context = {
        "detail": detail,
        "form_label": words.form(form.id),
        "shown": shown,
        "based_on": detail.summary.changed_at.isoformat(),
        "trail": _trail(detail, _("Form")),
    }
    return render(request, "requests/edit.html", context)


@require_GET
@role_required(*READERS)
def show_check(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show what the last check found, each finding explained with its source and what can be done."""
    node, words = node_of(request), reader_words(request)
    detail, actor = get_request(node, RequestId(request_id)), actor_from(request)
    may_mend = actor.has_role(Role.case_officer) and Act.EDITED in detail.acts
    findings = read_findings(detail.findings, words)
    context = {
        "detail": detail,
        "form_name": words.form(detail.summary.form_id).text,
        "stopping": [item for item in findings if item.finding.outcome not in {"permit", "warn"}],
        "warnings": [item for item in findings if item.finding.outcome == "warn"],
        "incomplete": _incomplete(detail),
        "may_mend": may_mend,
        "may_submit": may_mend and Act.SUBMITTED in detail.acts,
        "may_clear": actor.has_role(Role.approver) and Act.FINDING_CLEARED in detail.acts,
        "is_drafter": detail.drafter_id == actor.user_id,
        "trail": _trail(detail, _("Check")),
    }
    return render(request, "requests/check.html", context)


@require_POST
@role_required(Role.case_officer)
def submit(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Check once more and hand over to an approver, or show what stops the request."""
    node, actor, subject = node_of(request), actor_from(request), RequestId(request_id)
    try:
        submission = submit_for_approval(node, actor=actor, request_id=subject)
    except EntraideError as error:
        show_error(request, error)
        return redirect("requests:detail", request_id)
    if submission.state is State.AWAITING_APPROVAL:
        messages.success(request, _("Nothing stops the request. It waits for an approver, who must be somebody else."))
        return redirect("requests:detail", request_id)
    if not submission.check.completeness.allows:
        count = len(submission.check.completeness.reasons)
        messages.error(
            request,
            ngettext(
                "The request is stopped: {count} point of the form must be mended.",
                "The request is stopped: {count} points of the form must be mended.",
                count,
            ).format(count=count),
        )
        return redirect(f"{reverse('requests:edit', args=[request_id])}?problems=1")
    messages.error(request, _("This node does not carry the request as it stands; the reasons follow."))
    return redirect("requests:check", request_id)


def authority_choices(node: Node, party_id: PartyId, form_id: str) -> AuthorityChoices:
    """Return the authorities to choose from: own and the asked party's, competent for this type first."""

    def listed(authorities: list[Authority]) -> list[tuple[str, str]]:
        ordered = sorted(authorities, key=lambda item: form_id not in item.request_types)
        return [(str(item.id), authority_name(item)) for item in ordered]

    return {
        "sending": listed(list_authorities(node, own=True)),
        "receiving": listed(list_authorities(node, party_id=party_id)),
    }


def _save(request: HttpRequest, detail: RequestDetail, form: Form) -> HttpResponse:
    node, actor, request_id = node_of(request), actor_from(request), detail.summary.id
    content = parse_content(form, request.POST)
    try:
        update_draft(node, actor=actor, request_id=request_id, content=content, based_on=based_on(request))
    except EntraideError as error:
        show_error(request, error)
        return redirect("requests:detail", request_id)
    here = reverse("requests:edit", args=[request_id])
    added = form.by_id.get(request.POST.get("add", ""))
    if added is not None and added.kind is FieldKind.ROWS:
        return redirect(f"{here}?add={added.id}#{added.id}-{len(content.get(added.id, []))}")
    if request.POST.get("remove"):
        return redirect(here)
    if request.POST.get("act") == "check":
        return _check(request, request_id, form, content)
    messages.success(request, _("The draft is kept."))
    return redirect(here)


def _check(request: HttpRequest, request_id: RequestId, form: Form, content: Mapping[str, Any]) -> HttpResponse:
    node = node_of(request)
    problems = find_problems(form, content, code_sets(node), node.clock.now())
    check_request(node, actor=actor_from(request), request_id=request_id)
    if problems:
        return redirect(f"{reverse('requests:edit', args=[request_id])}?problems=1")
    return redirect("requests:check", request_id)


def _described(label: Label) -> str:
    return format_html('<span>{}<br><span class="fine">{}</span></span>', label.text, label.help)


def _named(party: Party) -> str:
    """A party with its State, for two ministries of one State may have one name, and that it is asked on paper."""
    title = party_title(party)
    return _("{party}, on paper").format(party=title) if party.on_paper else title


def _first_content(node: Node, actor: Actor, form_id: str, party_id: PartyId) -> dict[str, Any]:
    """What need not be asked: who drafts, the authorities when there is one on each side, what the form proposes."""
    choices = authority_choices(node, party_id, form_id)
    only = {side: listed[0][0] for side, listed in choices.items() if len(listed) == 1}
    known = {Known.POST: actor.post, **{Known(side): authority for side, authority in only.items()}}
    own = [item for item in list_authorities(node, own=True) if str(item.id) == only.get("sending")]
    if own:
        known |= {Known.HOURS: own[0].hours, Known.TIME_ZONE: own[0].time_zone}
    return derive_first_answers(load_form(node, form_id), known, node.clock.now().date())


def _incomplete(detail: RequestDetail) -> bool:
    stops = [item for item in detail.timeline if item.name == "stopped"]
    return detail.summary.state is State.STOPPED and bool(stops) and stops[-1].code == "incomplete"


def _trail(detail: RequestDetail, here: str) -> list[dict[str, str]]:
    return trail(detail.summary.reference, here, reverse("requests:detail", args=[detail.summary.id]))
