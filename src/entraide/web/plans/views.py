"""Plans as this node sees them: where each stands, two versions compared, the review, the verification."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from entraide.access.api import Role
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PlanId
from entraide.plans.api import (
    PlanState,
    PlanView,
    compare_versions,
    find_signatory,
    get_plan,
    get_review,
    group_digest,
    list_clauses,
    list_moves,
    list_plans,
    list_signatures,
    list_versions,
    verify_plan,
)
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import error_text
from entraide.web.http import node_of
from entraide.web.plans.readers import READERS
from entraide.web.templatetags.programme import here_in

TONES = {
    PlanState.DRAFT: "neutral",
    PlanState.PROPOSED: "calm",
    PlanState.AMENDED: "calm",
    PlanState.AGREED: "accent",
    PlanState.SIGNED: "good",
}


def plan_trail(plan: PlanView, *rest: str) -> list[dict[str, str]]:
    """Return the way to a page of a plan, for the breadcrumb."""
    trail = [
        {"label": gettext("Plans"), "href": reverse("plans:plans")},
        {"label": here_in(plan.titles), "href": reverse("plans:plan", args=[plan.id])},
    ]
    return [*trail, *({"label": label} for label in rest)] if rest else [trail[0], {"label": here_in(plan.titles)}]


@role_required(*READERS)
def show_plans(request: HttpRequest) -> HttpResponse:
    """List the plans, those whose turn is ours first."""
    plans = sorted(list_plans(node_of(request)), key=lambda plan: not _needs_us(plan))
    rows = [(plan, TONES[plan.state], plan.others, _needs_us(plan)) for plan in plans]
    actor = actor_from(request)
    context = {
        "rows": rows,
        "may_draft": actor.has_role(Role.desk_officer, Role.approver),
        "may_sign": actor.has_role(Role.approver),
    }
    return render(request, "plans/list.html", context)


@role_required(*READERS)
def show_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show a plan clause by clause, with what this person can do now."""
    node, actor = node_of(request), actor_from(request)
    plan = get_plan(node, PlanId(plan_id))
    context = {
        "plan": plan,
        "tone": TONES[plan.state],
        "clauses": list_clauses(node, plan.id),
        "versions": list_versions(node, plan.id),
        "signatures": list_signatures(node, plan.id),
        "signatory": find_signatory(node, actor),
        "steps": _steps(plan),
        "agreed": [party for party in plan.parties if party.id in plan.negotiation.agreed],
        "moves": list_moves(node, plan.id),
        "may_edit": plan.own_turn and actor.has_role(Role.desk_officer, Role.approver),
        "may_agree": plan.can_agree and actor.has_role(Role.approver),
        "may_sign": plan.can_sign and actor.has_role(Role.approver),
        "may_record": bool(plan.paper_to_record) and actor.has_role(Role.approver),
        "is_desk": actor.has_role(Role.desk_officer),
        "trail": plan_trail(plan),
    }
    return render(request, "plans/plan.html", context)


@role_required(*READERS)
def compare(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show two versions side by side, what was removed and what was added marked word by word."""
    node = node_of(request)
    plan = get_plan(node, PlanId(plan_id))
    newest = plan.negotiation.version + (1 if plan.has_changes else 0)
    after = _number(request.GET.get("after"), newest, newest)
    before = _number(request.GET.get("before"), max(0, after - 1), newest)
    context = {
        "plan": plan,
        "before": before,
        "after": after,
        "unsent": newest if plan.has_changes else None,
        "versions": list_versions(node, plan.id),
        "diffs": compare_versions(node, plan.id, before, after),
        "trail": plan_trail(plan, gettext("Compare")),
    }
    return render(request, "plans/compare.html", context)


@role_required(*READERS)
def verify(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Verify the signed plan now, and show the digest and all signatures, or the step that fails."""
    plan = get_plan(node_of(request), PlanId(plan_id))
    verified = failure = None
    try:
        verified = verify_plan(node_of(request), plan.id)
    except EntraideError as error:
        failure = error_text(error)
    context = {
        "plan": plan,
        "verified": verified,
        "failure": failure,
        "digest": group_digest(plan.digest),
        "trail": plan_trail(plan, gettext("Verification")),
    }
    return render(request, "plans/verify.html", context)


@role_required(*READERS)
def review(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show last period's commitments, with their counts, beside the clauses of the draft."""
    plan = get_plan(node_of(request), PlanId(plan_id))
    context = {
        "plan": plan,
        "review": get_review(node_of(request), plan.id),
        "trail": plan_trail(plan, gettext("Review")),
    }
    return render(request, "plans/review.html", context)


def _needs_us(plan: PlanView) -> bool:
    return plan.own_turn or plan.can_agree or plan.can_sign or bool(plan.paper_to_record)


def _steps(plan: PlanView) -> list[dict[str, object]]:
    order = [PlanState.DRAFT, PlanState.PROPOSED, PlanState.AGREED, PlanState.SIGNED]
    labels = [gettext("Draft"), gettext("Negotiation"), gettext("Agreed by all"), gettext("Signed by all")]
    reached = order.index(PlanState.PROPOSED if plan.state is PlanState.AMENDED else plan.state)
    signed = plan.state is PlanState.SIGNED
    return [
        {"label": label, "done": index < reached or signed, "current": index == reached and not signed}
        for index, label in enumerate(labels)
    ]


def _number(text: str | None, default: int, most: int) -> int:
    return min(int(text), most) if text and text.isdigit() and len(text) < 6 else default
