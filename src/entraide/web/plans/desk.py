"""What the plans area puts on a desk: plans by whose turn it is."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from entraide.access.api import Actor, Role
from entraide.directory.api import Party
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
    if actor.has_role(Role.desk_officer, Role.approver):
        for plan in list_plans(node):
            yield from _plan(plan, actor)


def _plan(plan: PlanView, actor: Actor) -> Iterable[DeskItem]:
    waiting = _what_waits(plan, actor)
    if waiting:
        text, chased = waiting
        yield DeskItem(
            area=_("Plans"),
            title=text_here(plan.titles).text or _("Plan of %(period)s") % {"period": plan.period},
            text=text,
            href=f"/plans/{plan.id}/",
            side=", ".join(party.name_in(reader_language()) for party in chased),
            badge=plan.period,
            tone="calm",
        )


def _what_waits(plan: PlanView, actor: Actor) -> tuple[str, tuple[Party, ...]] | None:
    """Return what a plan waits for and which other parties are to be chased; None when nobody can do anything now."""
    if plan.state is PlanState.SIGNED:
        return None
    if plan.state is PlanState.AGREED:
        return _signature(plan, actor)
    if plan.state is PlanState.DRAFT:
        return _("The draft is not proposed to the partner yet."), ()
    if plan.own_turn:
        return _("The partner's version is here: amend it or agree to it."), ()
    holder = tuple(party for party in plan.others if party.id == plan.negotiation.turn)
    return _("The partner has the text: it can amend it or agree to it."), holder


def _signature(plan: PlanView, actor: Actor) -> tuple[str, tuple[Party, ...]]:
    if not plan.can_sign:
        missing = tuple(party for party in plan.others if party.id not in plan.negotiation.signed)
        return _("You have signed; not all parties have yet."), missing
    if actor.has_role(Role.approver):
        return _("All parties agree to this text: it can be signed."), ()
    return _("All parties agree to this text: it waits for the signature of yours."), ()
