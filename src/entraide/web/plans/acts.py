"""The acts that move a plan: propose, send amendments, discard them, agree, sign; and the signatory's key."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from entraide.access.api import Actor, Role
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PlanId
from entraide.kernel.node import Node
from entraide.plans.api import (
    agree_plan,
    discard_changes,
    find_signatory,
    get_plan,
    group_digest,
    list_clauses,
    propose_plan,
    register_signatory,
    send_amendments,
    sign_plan,
)
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error, show_error
from entraide.web.http import node_of
from entraide.web.plans.forms import SignatoryForm, SignForm
from entraide.web.plans.readers import NEGOTIATORS
from entraide.web.plans.views import plan_trail


@require_POST
@role_required(*NEGOTIATORS)
def propose(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Send the draft to the partner."""
    return _move(
        request,
        plan_id,
        lambda node, actor, plan: propose_plan(node, actor=actor, plan_id=plan),
        gettext("The plan is on its way to the partner, whose turn it is now."),
    )


@require_POST
@role_required(*NEGOTIATORS)
def send(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Send this side's amendments."""
    return _move(
        request,
        plan_id,
        lambda node, actor, plan: send_amendments(node, actor=actor, plan_id=plan),
        gettext("The amendments are on their way to the partner, whose turn it is now."),
    )


@require_POST
@role_required(*NEGOTIATORS)
def discard(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Throw away changes that were not sent."""
    return _move(
        request,
        plan_id,
        lambda node, actor, plan: discard_changes(node, actor=actor, plan_id=plan),
        gettext("Your changes are discarded; the text is the one that the other side has seen."),
    )


@require_POST
@role_required(Role.approver)
def agree(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Agree for this side to the version that the page showed."""
    given = request.POST.get("version", "")
    seen = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else None
    return _move(
        request,
        plan_id,
        lambda node, actor, plan: agree_plan(node, actor=actor, plan_id=plan, seen=seen),
        gettext("You have agreed for your side. When both sides have, the text is frozen and can be signed."),
    )


@role_required(Role.approver)
def sign(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show the frozen text with its digest, and sign it with the passphrase of the signatory's key."""
    plan = get_plan(PlanId(plan_id))
    actor = actor_from(request)
    signatory = find_signatory(actor)
    if signatory is None:
        messages.warning(request, gettext("Register your signatory's key first."))
        return redirect("plans:signatory")
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_plan(node_of(request), actor=actor, plan_id=plan.id, passphrase=form.cleaned_data["passphrase"])
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, gettext("The plan is signed for your side; the signature is on its way."))
            return redirect("plans:plan", plan.id)
    context = {
        "form": form,
        "plan": plan,
        "clauses": list_clauses(plan.id),
        "signatory": signatory,
        "digest": group_digest(plan.digest),
        "trail": plan_trail(plan, gettext("Sign")),
    }
    return render(request, "plans/sign.html", context)


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
    context = {"form": form, "signatory": find_signatory(actor), "trail": trail}
    return render(request, "plans/signatory.html", context)


def _move(request: HttpRequest, plan_id: UUID, act: Callable[[Node, Actor, PlanId], object], done: str) -> HttpResponse:
    try:
        act(node_of(request), actor_from(request), PlanId(plan_id))
    except EntraideError as error:
        show_error(request, error)
    else:
        messages.success(request, done)
    return redirect("plans:plan", plan_id)
