"""What a person decides where sources disagree, one contradiction at a time or alike ones at once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from entraide.access.api import Role
from entraide.communiques.api import (
    ProposalKind,
    get_proposal,
    list_proposals,
    reject_contradictions,
    reject_proposal,
    settle_contradictions,
    settle_proposal,
)
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import SourceId
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import show_error
from entraide.web.http import node_of
from entraide.web.proposals.contradictions import TAKE, present_contradictions
from entraide.web.proposals.failing import fail, forget_failed, review_address, told_error
from entraide.web.proposals.forms import SettleAllForm
from entraide.web.proposals.views import next_key


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def settle(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Settle one contradiction: show one value and keep the other beside it, or reject the new one as misread.

    Raises `Http404` for a proposal that is no contradiction.
    """
    node, actor = node_of(request), actor_from(request)
    proposal = get_proposal(node, proposal_id)
    if proposal.kind != ProposalKind.CONTRADICTION:
        raise Http404
    back = reverse("proposals:review", args=[proposal.source_id])
    if request.method == "GET":
        return redirect(f"{back}#{proposal.key}")
    contradiction = present_contradictions(node, proposal.source_id).get(proposal.id)
    if contradiction is None:
        messages.warning(request, _("This contradiction has been settled already."))
        return redirect(f"{back}#{proposal.key}")
    form = contradiction.form(request.POST)
    try:
        if request.POST.get("act") == "reject":
            reject_proposal(node, actor=actor, proposal_id=proposal.id, reason=request.POST.get("reason", ""))
        elif not form.is_valid():
            return fail(request, proposal.source_id, proposal.key, [])
        else:
            settle_proposal(
                node,
                actor=actor,
                proposal_id=proposal.id,
                take=form.cleaned_data["take"] == TAKE,
                note=form.cleaned_data["note"],
                seen=form.cleaned_data["seen"],
            )
    except EntraideError as error:
        return fail(request, proposal.source_id, proposal.key, [told_error(error, proposal.kind, [])])
    forget_failed(request)
    return redirect(review_address(proposal.source_id, next_key(proposal, list_proposals(node, proposal.source_id))))


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def settle_alike(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Settle a source's waiting contradictions in one field alike; what the register refuses stays with its reason."""
    if request.method == "GET":
        return redirect("proposals:review", source_id=source_id)
    node, actor, source = node_of(request), actor_from(request), SourceId(source_id)
    family = request.POST.get("settle", "")
    form = SettleAllForm(request.POST, prefix=f"all-{family}")
    if not form.is_valid():
        messages.error(request, _("Say what is to be done with them."))
        return redirect("proposals:review", source_id=source_id)
    decision, note, fields = form.cleaned_data["decision"], form.cleaned_data["note"], {form.cleaned_data["family"]}
    try:
        if decision == SettleAllForm.REJECT:
            done = reject_contradictions(node, actor=actor, source_id=source, reason=note, fields=fields)
        else:
            take = {SettleAllForm.KEEP: False, SettleAllForm.TAKE: True}.get(decision)
            done = settle_contradictions(node, actor=actor, source_id=source, take=take, note=note, fields=fields)
    except EntraideError as error:
        show_error(request, error)
        return redirect("proposals:review", source_id=source_id)
    text = ngettext("%(number)s contradiction was settled.", "%(number)s contradictions were settled.", done.settled)
    messages.success(request, text % {"number": done.settled})
    if done.left:
        show_error(request, done.left[0][1])
    return redirect("proposals:review", source_id=source_id)
