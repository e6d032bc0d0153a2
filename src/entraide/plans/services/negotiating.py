"""Sending a plan's text back and forth until both sides agree to the same version."""

from entraide.access.api import Actor, Role, SamePerson, require_role
from entraide.channel.api import submit_message
from entraide.journal.api import list_entries
from entraide.kernel.ids import MessageId, PartnerId, PlanId, ThreadId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.wire import Message
from entraide.plans.domain.errors import ChangedMeanwhile, EmptyPlan, NothingToSend, UnsentChanges
from entraide.plans.domain.messages import ClauseSent, PlanAgreed, PlanAmended, PlanProposed
from entraide.plans.domain.negotiation import Negotiation, PlanState, agree, amend, propose
from entraide.plans.domain.plan_text import PlanParty, clean, plan_digest
from entraide.plans.models import ClauseVersion, Plan, PlanAgreement, PlanMove
from entraide.plans.selectors.plan_text import (
    get_plan_row,
    has_working_copy,
    latest_versions,
    negotiation_of,
    text_of,
)
from entraide.plans.services.drafting import require_negotiator
from entraide.plans.services.recording import record
from entraide.programme.domain.errors import PlanExists
from entraide.storage.api import transaction

WRITING = ("plan_drafted", "clause_edited", "clause_added", "clause_removed")


def propose_plan(node: Node, *, actor: Actor, plan_id: PlanId) -> MessageId:
    """Send the draft to the partner, whose turn it then is, and return the message's id.

    Raises `EmptyPlan`, `PlanExists` when the partner proposed one meanwhile, `WrongState`, `RoleMissing`.
    """
    by = require_negotiator(actor)
    with transaction(node):
        plan = get_plan_row(plan_id, lock=True)
        after = propose(negotiation_of(plan), plan.own_state)
        rows = latest_versions(plan.id, after.version)
        if not rows:
            raise EmptyPlan
        if Plan.objects.filter(mechanism_id=plan.mechanism_id, period=plan.period).exclude(id=plan.id).exists():
            raise PlanExists(period=plan.period)
        digest = move_to(node, plan, after)
        proposal = PlanProposed(
            plan=plan.id,
            digest=digest,
            version=after.version,
            period=plan.period,
            titles=plan.titles,
            languages=tuple(plan.languages),
            authentic=tuple(plan.authentic),
            parties=tuple(PlanParty.from_json(party) for party in plan.parties),
            clauses=tuple(_clause_sent(row) for row in rows),
        )
        record(node, "plan_proposed", plan.id, by, version=after.version, digest=digest)
        return send(node, plan, proposal)


def send_amendments(node: Node, *, actor: Actor, plan_id: PlanId) -> MessageId:
    """Send this side's changed, added and removed clauses as a new version, and return the message's id.

    Raises `NothingToSend`, `NotYourTurn`, `WrongState`, `RoleMissing`.
    """
    by = require_negotiator(actor)
    with transaction(node):
        plan = get_plan_row(plan_id, lock=True)
        before = negotiation_of(plan)
        after = amend(before, plan.own_state, before.version)
        rows = ClauseVersion.objects.filter(clause__plan=plan, version=after.version).order_by("position", "clause_id")
        if not rows:
            raise NothingToSend
        digest = move_to(node, plan, after)
        clauses = tuple(_clause_sent(row) for row in rows)
        amendment = PlanAmended(plan.id, digest, before.version, after.version, clauses)
        record(node, "plan_amended", plan.id, by, version=after.version, digest=digest, clauses=len(rows))
        return send(node, plan, amendment)


def agree_plan(node: Node, *, actor: Actor, plan_id: PlanId, seen: int | None = None) -> MessageId:
    """Agree to the present version for this side; when both have, the text is frozen. Returns the message's id.

    `seen` is the version that the page showed. Raises `UnsentChanges` when this side has changes that the other has
    not seen, `ChangedMeanwhile`, `AlreadyAgreed`, `WrongState`, `RoleMissing`, and `SamePerson` for whoever drafted or
    edited for this side: an approver agrees, and drafting and agreeing are four eyes.
    """
    require_role(actor, Role.approver)
    with transaction(node):
        plan = get_plan_row(plan_id, lock=True)
        if has_working_copy(plan) and plan.version:
            raise UnsentChanges
        _require_other_eyes(plan, actor)
        if seen is not None and seen != plan.version:
            raise ChangedMeanwhile(version=plan.version)
        after = agree(negotiation_of(plan), plan.own_state, plan.version)
        digest = plan_digest(text_of(plan))
        store_agreement(node, plan, plan.own_state, plan.version, digest)
        move_to(node, plan, after)
        record(node, "plan_agreed", plan.id, actor.user_id, version=plan.version, digest=digest, side=plan.own_state)
        return send(node, plan, PlanAgreed(plan.id, digest, plan.version))


def _require_other_eyes(plan: Plan, actor: Actor) -> None:
    """Raise `SamePerson` when the journal says that `actor` wrote any part of this side's text."""
    for act in WRITING:
        if list_entries(kind=f"plans.{act}", subject=plan.id, actor=actor.user_id, limit=1):
            raise SamePerson


def move_to(node: Node, plan: Plan, after: Negotiation) -> str:
    """Write where the negotiation stands after a move and return the digest of its text, frozen once both agreed."""
    plan.state, plan.version, plan.turn = after.state.value, after.version, after.turn
    plan.updated_at = node.clock.now()
    digest = plan_digest(text_of(plan))
    if after.state in {PlanState.AGREED, PlanState.SIGNED}:
        plan.digest = plan.digest or digest
    plan.save()
    return digest


def store_agreement(node: Node, plan: Plan, state: str, version: int, digest: str) -> None:
    """Keep one side's agreement to a version."""
    PlanAgreement.objects.create(
        id=new_uuid(node), plan=plan, state=state, version=version, digest=digest, created_at=node.clock.now()
    )


def send(node: Node, plan: Plan, message: Message) -> MessageId:
    """Submit a message of this plan's thread to the partner, within the running transaction."""
    message_id = submit_message(
        node, partner_id=PartnerId(plan.partner_id), message=message, thread_id=ThreadId(plan.id)
    )
    store_move(node, plan, message_id, message, plan.own_state)
    return message_id


def store_move(node: Node, plan: Plan, message_id: MessageId, message: Message, state: str) -> None:
    """Keep which message moved the plan, sent or received; a message that comes twice is kept once."""
    PlanMove.objects.get_or_create(
        message_id=message_id,
        defaults={
            "id": new_uuid(node),
            "plan": plan,
            "act": message.message_type.removeprefix("plans."),
            "state": state,
            "version": plan.version,
            "created_at": node.clock.now(),
        },
    )


def _clause_sent(row: ClauseVersion) -> ClauseSent:
    return ClauseSent(row.clause_id, row.position, row.removed, row.domain, clean(row.texts), clean(row.lead_units))
