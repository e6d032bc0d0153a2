"""The acts that move a plan: propose, amend, discard changes, agree, sign, also on paper; and the signatory's key."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from entraide.access.api import Actor, Role
from entraide.directory.api import PaperFact
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PartyId, PlanId
from entraide.kernel.node import Node
from entraide.plans.api import (
    PlanState,
    PlanView,
    agree_plan,
    discard_changes,
    find_signatory,
    get_plan,
    group_digest,
    list_clauses,
    propose_plan,
    record_paper_agreement,
    record_paper_signature,
    register_signatory,
    send_amendments,
    sign_plan,
)
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error, show_error
from entraide.web.http import node_of
from entraide.web.plans.forms import PaperForm, SignatoryForm, SignForm
from entraide.web.plans.readers import NEGOTIATORS
from entraide.web.plans.views import plan_trail


@require_POST
@role_required(*NEGOTIATORS)
def propose(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Send the draft to the other parties."""
    return _move(
        request,
        plan_id,
        lambda node, actor, plan: propose_plan(node, actor=actor, plan_id=plan),
        gettext("The plan is on its way to the other parties; the next one has the turn now."),
    )


@require_POST
@role_required(*NEGOTIATORS)
def send(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Send this party's amendments."""
    return _move(
        request,
        plan_id,
        lambda node, actor, plan: send_amendments(node, actor=actor, plan_id=plan),
        gettext("The amendments are on their way to the other parties; the next one has the turn now."),
    )


@require_POST
@role_required(*NEGOTIATORS)
def discard(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Throw away changes that were not sent."""
    return _move(
        request,
        plan_id,
        lambda node, actor, plan: discard_changes(node, actor=actor, plan_id=plan),
        gettext("Your changes are discarded; the text is the one that the other parties have seen."),
    )


@require_POST
@role_required(Role.approver)
def agree(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Agree for this party to the version that the page showed."""
    given = request.POST.get("version", "")
    seen = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else None
    return _move(
        request,
        plan_id,
        lambda node, actor, plan: agree_plan(node, actor=actor, plan_id=plan, seen=seen),
        gettext("You have agreed for your party. When all parties have, the text is frozen and can be signed."),
    )


@role_required(Role.approver)
def sign(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show the frozen text with its digest, and sign it with the passphrase of the signatory's key."""
    node, actor = node_of(request), actor_from(request)
    plan = get_plan(node, PlanId(plan_id))
    signatory = find_signatory(node, actor)
    if signatory is None:
        messages.warning(request, gettext("Register your signatory's key first."))
        return redirect("plans:signatory")
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_plan(node, actor=actor, plan_id=plan.id, passphrase=form.cleaned_data["passphrase"])
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, gettext("The plan is signed for your party; the signature is on its way."))
            return redirect("plans:plan", plan.id)
    context = {
        "form": form,
        "plan": plan,
        "clauses": list_clauses(node, plan.id),
        "signatory": signatory,
        "digest": group_digest(plan.digest),
        "trail": plan_trail(plan, gettext("Sign")),
    }
    return render(request, "plans/sign.html", context)


@role_required(Role.approver)
def paper(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Record what a party on paper agreed to or signed, with the fingerprint of its scan where there is one."""
    node, actor = node_of(request), actor_from(request)
    plan = get_plan(node, PlanId(plan_id))
    initial = {"version": plan.negotiation.version}
    form = PaperForm(request.POST or None, parties=plan.paper_to_record, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _record_paper(node, actor, plan, form)
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(
                request, gettext("What the party did on paper is recorded, and told to the other parties.")
            )
            return redirect("plans:plan", plan.id)
    trail = plan_trail(plan, gettext("On paper"))
    return render(request, "plans/paper.html", {"form": form, "plan": plan, "trail": trail})


@role_required(Role.approver)
def register(request: HttpRequest) -> HttpResponse:
    """Register a signatory's key, opened by a passphrase that its owner alone knows."""
    actor = actor_from(request)
    form = SignatoryForm(request.POST or None, initial={"post": actor.post})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            register_signatory(node_of(request), actor=actor, passphrase=values["passphrase"], post=values["post"])
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, gettext("Your signatory's key is registered."))
            return redirect("plans:plans")
    trail = [{"label": gettext("Plans"), "href": reverse("plans:plans")}, {"label": gettext("Signatory's key")}]
    context = {"form": form, "signatory": find_signatory(node_of(request), actor), "trail": trail}
    return render(request, "plans/signatory.html", context)


def _record_paper(node: Node, actor: Actor, plan: PlanView, form: PaperForm) -> None:
    values = form.cleaned_data
    party_id, fact = PartyId(values["party"]), PaperFact(values["post"], values["signed_on"], values["scan"])
    if plan.state is PlanState.AGREED:
        record_paper_signature(node, actor=actor, plan_id=plan.id, party_id=party_id, fact=fact)
    else:
        seen = values["version"]
        record_paper_agreement(node, actor=actor, plan_id=plan.id, party_id=party_id, fact=fact, seen=seen)


def _move(request: HttpRequest, plan_id: UUID, act: Callable[[Node, Actor, PlanId], object], done: str) -> HttpResponse:
    try:
        act(node_of(request), actor_from(request), PlanId(plan_id))
    except EntraideError as error:
        show_error(request, error)
    else:
        messages.success(request, done)
    return redirect("plans:plan", plan_id)
