"""A signed plan enters the public register on each node, with the signed text itself as the source."""

from collections.abc import Sequence

from entraide.access.api import Actor
from entraide.kernel.ids import InstrumentId, MeetingId, PlanId, UserId
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.models import Plan
from entraide.plans.selectors.plan_text import get_plan_row, latest_versions
from entraide.plans.services.recording import record
from entraide.programme.api import (
    find_plan_instrument,
    list_recorded_clauses,
    mark_signed_here,
    place_instrument,
    require_registrar,
    store_action,
    store_commitment,
    store_instrument,
    store_meeting,
)
from entraide.programme.domain.facts import MeetingFacts, PersonInPost
from entraide.programme.domain.periods import previous_period
from entraide.programme.domain.terms import ActionKind, CommitmentStatus, InstrumentKind, SourceOfCommitment
from entraide.storage.api import transaction


def enter_register(node: Node, plan: Plan) -> InstrumentId:
    """Make a signed plan an instrument with its signature and its commitments, within the running transaction.

    An instrument that a communiqué announced for the same mechanism and period becomes this one. Doing it twice
    changes nothing.
    """
    instrument_id = find_plan_instrument(plan.mechanism_id, plan.period)
    if instrument_id is None:
        instrument_id = store_instrument(
            node,
            None,
            mechanism_id=plan.mechanism_id,
            kind=InstrumentKind.PLAN,
            titles=plan.titles,
            period=plan.period,
            meeting_id=plan.meeting_id,
            languages=plan.authentic,
            plan_id=plan.id,
        )
    else:
        mark_signed_here(instrument_id, plan_id=plan.id, languages=plan.authentic)
    statements = [row.statement for row in plan.signatures.order_by("state")]
    store_action(
        node,
        None,
        instrument_id=instrument_id,
        kind=ActionKind.SIGNED,
        date=PartialDate(max(statement["signed_on"] for statement in statements)),
        meeting_id=plan.meeting_id,
        signatories=[
            PersonInPost(name="", post=statement["post"], state=statement["state"]) for statement in statements
        ],
    )
    plan.instrument_id = instrument_id
    plan.save(update_fields=["instrument"])
    _enter_commitments(node, plan, instrument_id)
    record(node, "plan_published", plan.id, None, instrument=instrument_id, digest=plan.digest)
    return instrument_id


def record_conference(
    node: Node, *, actor: Actor, plan_id: PlanId, facts: MeetingFacts, people: Sequence[PersonInPost] = ()
) -> MeetingId:
    """Record the conference at which the plan is signed and last year's is reviewed, and return the meeting's id.

    The plan of the year before, if the register has it, gets the action `reviewed`. Raises `MeetingExists`,
    `OrdinalWithoutSeries`, `NoSuchPlan`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        plan = get_plan_row(plan_id, lock=True)
        meeting_id = store_meeting(node, by, mechanism_id=plan.mechanism_id, facts=facts, people=people)
        link_conference(node, by, plan, meeting_id, facts.date)
        return meeting_id


def attach_conference(node: Node, *, actor: Actor, plan_id: PlanId, meeting_id: MeetingId) -> None:
    """Link a plan to a recorded meeting as the conference at which it is signed; raises `NoSuchPlan`, `RoleMissing`."""
    by = require_registrar(actor)
    with transaction(node):
        plan = get_plan_row(plan_id, lock=True)
        link_conference(node, by, plan, meeting_id, None)


def link_conference(node: Node, by: UserId | None, plan: Plan, meeting_id: MeetingId, date: PartialDate | None) -> None:
    """Tie a plan, its instrument and the review of the plan before it to a meeting, within the running transaction."""
    plan.meeting_id = meeting_id
    plan.save(update_fields=["meeting"])
    if plan.instrument_id is not None:
        place_instrument(plan.instrument_id, meeting_id)
    previous = find_plan_instrument(plan.mechanism_id, previous_period(plan.period))
    if previous is not None:
        store_action(
            node,
            by,
            instrument_id=previous,
            kind=ActionKind.REVIEWED,
            date=date,
            meeting_id=meeting_id,
            signatories=(),
        )
    record(node, "conference_linked", plan.id, by, meeting=meeting_id)


def _enter_commitments(node: Node, plan: Plan, instrument_id: InstrumentId) -> None:
    known = list_recorded_clauses(instrument_id)
    for row in latest_versions(plan.id, plan.version):
        if row.clause_id in known:
            continue
        store_commitment(
            node,
            None,
            mechanism_id=plan.mechanism_id,
            domain=row.domain,
            status=CommitmentStatus.PLEDGED,
            texts=row.texts,
            instrument_id=instrument_id,
            meeting_id=plan.meeting_id,
            period=plan.period,
            lead_units=row.lead_units,
            source=SourceOfCommitment.SIGNED_TEXT,
            clause_id=row.clause_id,
            position=row.position,
        )
