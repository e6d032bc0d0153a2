"""Sending a plan's text among the parties until all agree to the same version."""

from entraide.access.api import Actor, Role, SamePerson, require_role
from entraide.journal.api import list_entries
from entraide.kernel.ids import MessageId, PlanId
from entraide.kernel.node import Node
from entraide.plans.domain.errors import ChangedMeanwhile, EmptyPlan, NothingToSend, UnsentChanges
from entraide.plans.domain.messages import ClauseSent, PlanAgreed, PlanAmended, PlanProposed
from entraide.plans.domain.open_plan import (
    Agreement,
    ClauseRecord,
    OpenPlan,
    after_agreement,
    after_amendment,
    after_proposal,
    changes_in,
    clauses_at,
    digest_at,
)
from entraide.plans.domain.plan_text import PlanParty, clean
from entraide.plans.selectors.opening import get_open_plan, other_plan_exists
from entraide.plans.services.drafting import require_negotiator
from entraide.plans.services.recording import record
from entraide.plans.services.saving import create_agreement, save_plan, send
from entraide.programme.domain.errors import PlanExists
from entraide.storage.api import transaction

WRITING = ("plan_drafted", "clause_edited", "clause_added", "clause_removed")


def propose_plan(node: Node, *, actor: Actor, plan_id: PlanId) -> tuple[MessageId, ...]:
    """Send the draft to the other parties' nodes and return the messages' ids; the next party has the turn.

    Raises `EmptyPlan`, `PlanExists` when another party proposed one meanwhile, `WrongState`, `RoleMissing`.
    """
    by = require_negotiator(actor)
    with transaction(node):
        draft = get_open_plan(node, plan_id, lock=True)
        plan = after_proposal(draft, node.clock.now())
        records = clauses_at(plan, plan.version)
        if not records:
            raise EmptyPlan
        if other_plan_exists(node, plan, drafts=True):
            raise PlanExists(period=plan.period)
        digest = digest_at(plan, plan.version)
        save_plan(plan)
        record(node, "plan_proposed", plan.id, by, version=plan.version, digest=digest)
        return send(node, plan, _proposal(plan, records, digest))


def send_amendments(node: Node, *, actor: Actor, plan_id: PlanId) -> tuple[MessageId, ...]:
    """Send this party's changed, added and removed clauses as a new version, and return the messages' ids.

    Raises `NothingToSend`, `NotYourTurn`, `WrongState`, `RoleMissing`.
    """
    by = require_negotiator(actor)
    with transaction(node):
        before = get_open_plan(node, plan_id, lock=True)
        changes = changes_in(before, before.version + 1)
        plan = after_amendment(before, before.own, before.version, changes, node.clock.now())
        if not changes:
            raise NothingToSend
        digest = digest_at(plan, plan.version)
        save_plan(plan)
        amended = PlanAmended(
            plan=plan.id,
            drafter=plan.drafter,
            digest=digest,
            base_version=before.version,
            agreed=tuple(sorted(before.negotiation.agreed)),
            version=plan.version,
            clauses=tuple(map(_clause_sent, changes)),
        )
        record(node, "plan_amended", plan.id, by, version=plan.version, digest=digest, clauses=len(changes))
        return send(node, plan, amended)


def agree_plan(node: Node, *, actor: Actor, plan_id: PlanId, seen: int | None = None) -> tuple[MessageId, ...]:
    """Agree to the present version for this party; when all have, the text is frozen. Returns the messages' ids.

    `seen` is the version that the page showed. Raises `UnsentChanges` when this node has changes that the others have
    not seen, `ChangedMeanwhile`, `AlreadyAgreed`, `WrongState`, `RoleMissing`, and `SamePerson` for whoever drafted or
    edited for this party: an approver agrees, and drafting and agreeing are four eyes.
    """
    require_role(actor, Role.approver)
    with transaction(node):
        before = get_open_plan(node, plan_id, lock=True)
        require_settled(node, before, actor, seen)
        agreement = Agreement(before.own, before.version, digest_at(before, before.version))
        plan = after_agreement(before, agreement, node.clock.now())
        create_agreement(node, plan.id, agreement)
        save_plan(plan)
        tell = {"version": plan.version, "digest": agreement.digest, "party": plan.own}
        record(node, "plan_agreed", plan.id, actor.user_id, **tell)
        return send(node, plan, PlanAgreed(plan.id, plan.drafter, agreement.digest, plan.version))


def require_settled(node: Node, plan: OpenPlan, actor: Actor, seen: int | None) -> None:
    """Raise `UnsentChanges`, `SamePerson` or `ChangedMeanwhile` unless `actor` may decide on the version they saw."""
    if plan.has_changes and plan.version:
        raise UnsentChanges
    for act in WRITING:
        if list_entries(node, kind=f"plans.{act}", subject=plan.id, actor=actor.user_id, limit=1):
            raise SamePerson
    if seen is not None and seen != plan.version:
        raise ChangedMeanwhile(version=plan.version)


def _proposal(plan: OpenPlan, records: tuple[ClauseRecord, ...], digest: str) -> PlanProposed:
    return PlanProposed(
        plan=plan.id,
        digest=digest,
        version=plan.version,
        period=plan.period,
        titles=plan.titles,
        languages=plan.languages,
        authentic=plan.authentic,
        parties=tuple(map(PlanParty.of, plan.parties)),
        clauses=tuple(map(_clause_sent, records)),
    )


def _clause_sent(record: ClauseRecord) -> ClauseSent:
    return ClauseSent(
        id=record.clause_id,
        position=record.position,
        removed=record.removed,
        domain=record.domain,
        texts=clean(record.texts),
        lead_units=clean(record.lead_units),
    )
