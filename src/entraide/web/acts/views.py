"""Pages of acts: the history of a fact, the latest acts, and undoing: what it would do is shown before it is done."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from entraide.access.api import Role
from entraide.communiques.api import (
    PastAct,
    find_withdrawn,
    list_latest_acts,
    list_past_acts,
    preview_undo,
    restore_acts,
    undo_acts,
)
from entraide.communiques.domain.undoing import NoSuchAct, UndoChanged, UndoPlan
from entraide.journal.api import ActView, list_acts
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.web.account.access import actor_from, role_required
from entraide.web.acts.facts import find_fact
from entraide.web.acts.forms import ReasonForm
from entraide.web.acts.presenting import post_of, present_act, words_of
from entraide.web.errors import add_error
from entraide.web.http import node_of
from entraide.web.register.changes import Touched, present_rows

READERS = (Role.desk_officer, Role.approver, Role.auditor, Role.operator)
WRITERS = (Role.desk_officer, Role.approver, Role.operator)
RESTORERS = (Role.desk_officer, Role.operator)
JOURNAL = frozenset({Role.auditor, Role.operator})
LATEST = 50


@require_GET
@role_required(*READERS)
def show_latest(request: HttpRequest) -> HttpResponse:
    """Show the latest acts on the register, with what each changed."""
    past = list_latest_acts(node_of(request), limit=LATEST)
    return render(request, "acts/latest.html", {**_lines(request, past), "trail": _trail()})


@require_GET
@role_required(*READERS)
def show_history(request: HttpRequest, fact_id: UUID) -> HttpResponse:
    """Show what was ever done to a fact, the latest first."""
    node = node_of(request)
    past = list_past_acts(node, fact_id)
    fact = find_fact(node, fact_id)
    context = {
        **_lines(request, past),
        "fact": fact,
        "withdrawn": None if fact is not None else find_withdrawn(node, fact_id),
        "trail": _trail(gettext("History")),
    }
    return render(request, "acts/history.html", context)


@require_http_methods(["GET", "POST"])
@role_required(*WRITERS)
def undo(request: HttpRequest, act_id: UUID) -> HttpResponse:
    """Show what undoing an act would do, and do it with a reason; raises `NoSuchAct`."""
    return _undo(request, [_act(node_of(request), act_id)])


@require_http_methods(["GET", "POST"])
@role_required(*WRITERS)
def undo_batch(request: HttpRequest, act_id: UUID) -> HttpResponse:
    """The same for all that was done at once with an act; raises `NoSuchAct`."""
    node = node_of(request)
    act = _act(node, act_id)
    together = [item for item in list_acts(node, batch=act.batch) if item.counts] if act.batch else [act]
    return _undo(request, together)


@require_http_methods(["GET", "POST"])
@role_required(*RESTORERS)
def restore(request: HttpRequest, act_id: UUID) -> HttpResponse:
    """Let what was undone count again, with a reason; raises `NoSuchAct`."""
    node = node_of(request)
    act = _act(node, act_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            restore_acts(node, actor=actor_from(request), act_id=act_id, reason=form.cleaned_data["reason"])
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, gettext("What was undone counts again."))
            return redirect("acts:latest")
    undone = list_acts(node, undone_by=act_id)
    context = {
        "form": form,
        "act": act,
        "undone": [(item, words_of(item)) for item in undone],
        "trail": _trail(gettext("Let it count again")),
    }
    return render(request, "acts/restore.html", context, status=400 if form.errors else 200)


def _undo(request: HttpRequest, acts: Sequence[ActView]) -> HttpResponse:
    """Raises what `preview_undo` raises."""
    node, actor = node_of(request), actor_from(request)
    if not acts:
        raise NoSuchAct
    ids = [item.id for item in acts]
    plan = preview_undo(node, actor=actor, act_ids=ids)
    form = ReasonForm(request.POST or None, initial={"digest": plan.digest})
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            undo_acts(node, actor=actor, act_ids=ids, reason=given["reason"], digest=given["digest"])
        except UndoChanged as error:
            form = ReasonForm({"reason": form.cleaned_data["reason"], "digest": plan.digest})
            form.is_valid()
            add_error(form, error)
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, gettext("It is undone; the journal keeps both acts."))
            return redirect(_after(plan))
    return _show_plan(request, plan, form)


def _after(plan: UndoPlan) -> str:
    """Return where to go after undoing: to the history of the fact, or to the latest acts."""
    subject = next((item.subject for item in plan.acts if item.id in plan.asked and item.subject), None)
    facts = {row.place[1] for row in plan.rows}
    return reverse("acts:history", args=[subject]) if subject in facts else reverse("acts:latest")


def _show_plan(request: HttpRequest, plan: UndoPlan, form: ReasonForm) -> HttpResponse:
    node = node_of(request)
    rows = present_rows(node, [(row.place, row.now, row.then) for row in plan.rows])
    context = {
        "form": form,
        "asked": _tell(node, [item for item in plan.acts if item.id in plan.asked]),
        "resting": _tell(node, plan.resting),
        "withdrawn": _of_tone(rows, "bad"),
        "changed": _of_tone(rows, "calm"),
        "back": _of_tone(rows, "good"),
        "trail": _trail(gettext("Undo")),
    }
    return render(request, "acts/undo.html", context, status=400 if form.errors else 200)


def _tell(node: Node, acts: Iterable[ActView]) -> list[tuple[ActView, str, str]]:
    """Return each act with what was done and the post of who did it."""
    return [(item, words_of(item), post_of(node, item)) for item in acts]


def _of_tone(rows: Iterable[Touched], tone: str) -> list[Touched]:
    return [item for item in rows if item.tone == tone]


def _act(node: Node, act_id: UUID) -> ActView:
    found = next(iter(list_acts(node, ids=[act_id])), None)
    if found is None:
        raise NoSuchAct
    return found


def _lines(request: HttpRequest, past: Sequence[PastAct]) -> dict[str, Any]:
    node, actor = node_of(request), actor_from(request)
    by = {item.act.undone_by for item in past if item.act.undone_by}
    undone = {item.id: item for item in list_acts(node, ids=by)}
    lines = [present_act(node, item, {role.value for role in actor.roles}, undone) for item in past]
    last = next((line.act.id for line in lines if line.undoable), None)
    return {"lines": lines, "last": last, "reads_journal": bool(actor.roles & JOURNAL)}


def _trail(here: str = "") -> list[dict[str, str]]:
    latest = {"label": gettext("Latest acts"), "href": reverse("acts:latest")}
    return (
        [latest, {"label": here}] if here else [{"label": gettext("Register"), "href": "/"}, {"label": latest["label"]}]
    )
