"""Editing a plan clause by clause, in the working copy of the party whose turn it is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import ClauseId, PlanId
from entraide.plans.api import (
    add_clause,
    edit_clause,
    get_clause,
    get_plan,
    remove_clause,
)
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error, show_error
from entraide.web.http import node_of
from entraide.web.plans.forms import ClauseForm
from entraide.web.plans.readers import NEGOTIATORS
from entraide.web.plans.views import plan_trail


@role_required(*NEGOTIATORS)
def edit(request: HttpRequest, plan_id: UUID, clause_id: UUID) -> HttpResponse:
    """Change a clause; if a colleague changed it meanwhile, the page says so and keeps what was typed."""
    plan = get_plan(node_of(request), PlanId(plan_id))
    clause = get_clause(node_of(request), plan.id, ClauseId(clause_id))
    form = ClauseForm(request.POST or None, languages=plan.languages, parties=plan.parties, clause=clause)
    if request.method == "POST" and form.is_valid():
        try:
            edit_clause(
                node_of(request),
                actor=actor_from(request),
                plan_id=plan.id,
                clause_id=clause.id,
                texts=form.texts,
                domain=form.cleaned_data["domain"],
                lead_units=form.lead_units,
                seen=form.cleaned_data["seen"] or None,
            )
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, gettext("The clause is changed in your working copy."))
            return redirect("plans:plan", plan.id)
    context = {"form": form, "plan": plan, "clause": clause, "trail": plan_trail(plan, gettext("Clause"))}
    return render(request, "plans/clause.html", context)


@role_required(*NEGOTIATORS)
def add(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Add a clause at the end."""
    plan = get_plan(node_of(request), PlanId(plan_id))
    form = ClauseForm(request.POST or None, languages=plan.languages, parties=plan.parties)
    if request.method == "POST" and form.is_valid():
        try:
            add_clause(
                node_of(request),
                actor=actor_from(request),
                plan_id=plan.id,
                domain=form.cleaned_data["domain"],
                texts=form.texts,
                lead_units=form.lead_units,
            )
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, gettext("The clause is added to your working copy."))
            return redirect("plans:plan", plan.id)
    context = {"form": form, "plan": plan, "clause": None, "trail": plan_trail(plan, gettext("New clause"))}
    return render(request, "plans/clause.html", context)


@require_POST
@role_required(*NEGOTIATORS)
def remove(request: HttpRequest, plan_id: UUID, clause_id: UUID) -> HttpResponse:
    """Remove a clause from the working copy."""
    try:
        remove_clause(
            node_of(request), actor=actor_from(request), plan_id=PlanId(plan_id), clause_id=ClauseId(clause_id)
        )
    except EntraideError as error:
        show_error(request, error)
    else:
        messages.success(request, gettext("The clause is removed from your working copy."))
    return redirect("plans:plan", plan_id)
