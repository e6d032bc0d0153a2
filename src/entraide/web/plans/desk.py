"""What the plans area puts on a desk: plans by whose turn it is."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from entraide.access.api import Actor, Role
from entraide.directory.api import get_partner
from entraide.kernel.node import Node
from entraide.plans.api import (
    PlanState,
    PlanView,
    list_plans,
)
from entraide.web.account.items import DeskItem
from entraide.web.language import reader_language, text_here


def plan_items(node: Node, actor: Actor) -> Iterable[DeskItem]:
    """Yield the plans in negotiation to those who draft, agree and sign."""
    del node
    if actor.has_role(Role.desk_officer, Role.approver):
        for plan in list_plans():
            yield from _plan(plan, actor)


def _plan(plan: PlanView, actor: Actor) -> Iterable[DeskItem]:
    partner = get_partner(plan.partner_id).name_in(reader_language())
    waiting = _what_waits(plan, actor)
    if waiting:
        text, here = waiting
        yield DeskItem(
            area=_("Plans"),
            title=text_here(plan.titles).text or _("Plan of %(period)s") % {"period": plan.period},
            text=text,
            href=f"/plans/{plan.id}/",
            side="" if here else partner,
            badge=plan.period,
            tone="calm",
        )


def _what_waits(plan: PlanView, actor: Actor) -> tuple[str, bool] | None:
    """Return what a plan waits for and whether on this side; None when for nothing that `actor` can do or chase."""
    if plan.state is PlanState.SIGNED:
        return None
    if plan.state is PlanState.AGREED:
        return _signature(plan, actor)
    if plan.state is PlanState.DRAFT:
        return _("The draft is not proposed to the partner yet."), True
    if plan.own_turn:
        return _("The partner's version is here: amend it or agree to it."), True
    return _("The partner has the text: it can amend it or agree to it."), False


def _signature(plan: PlanView, actor: Actor) -> tuple[str, bool]:
    if not plan.can_sign:
        return _("You have signed; the other side has not yet."), False
    if actor.has_role(Role.approver):
        return _("Both sides agree to this text: it can be signed."), True
    return _("Both sides agree to this text: it waits for the signature of your side."), True
