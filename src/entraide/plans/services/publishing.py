"""A signed plan enters the public register on each node, with the signed text itself as the source."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from entraide.access.api import Actor
from entraide.journal.api import act
from entraide.kernel.ids import InstrumentId, MeetingId, PlanId, UserId
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.domain.acts import CONFERENCE
from entraide.plans.domain.open_plan import OpenPlan, clauses_at
from entraide.plans.selectors.opening import get_open_plan
from entraide.plans.services.recording import record
from entraide.plans.services.saving import save_plan
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


def enter_register(node: Node, plan: OpenPlan) -> InstrumentId:
    """Make a signed plan an instrument with its signature and its commitments, within the running transaction.

    An instrument that a communiqué announced for the same mechanism and period becomes this one. Doing it twice
    changes nothing.
    """
    instrument_id = find_plan_instrument(node, plan.mechanism_id, plan.period, plan_id=plan.id)
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
    signed = [(plan.party(item.party).state, item.statement) for item in plan.signatures]
    store_action(
        node,
        None,
        instrument_id=instrument_id,
        kind=ActionKind.SIGNED,
        date=PartialDate(max(statement["signed_on"] for _, statement in signed)),
        meeting_id=plan.meeting_id,
        signatories=[PersonInPost(name="", post=statement["post"], state=state) for state, statement in signed],
    )
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
    with act(node, kind=CONFERENCE, by=by, subject=plan_id):
        plan = get_open_plan(node, plan_id, lock=True)
        meeting_id = store_meeting(node, by, mechanism_id=plan.mechanism_id, facts=facts, people=people)
        link_conference(node, by, plan, meeting_id, facts.date)
        return meeting_id


def attach_conference(node: Node, *, actor: Actor, plan_id: PlanId, meeting_id: MeetingId) -> None:
    """Link a plan to a recorded meeting as the conference at which it is signed; raises `NoSuchPlan`, `RoleMissing`."""
    by = require_registrar(actor)
    with act(node, kind=CONFERENCE, by=by, subject=plan_id):
        link_conference(node, by, get_open_plan(node, plan_id, lock=True), meeting_id, None)


def link_conference(
    node: Node, by: UserId | None, plan: OpenPlan, meeting_id: MeetingId, date: PartialDate | None
) -> None:
    """Tie a plan, its instrument and the review of the plan before it to a meeting, within the running transaction."""
    save_plan(replace(plan, meeting_id=meeting_id))
    if plan.instrument_id is not None:
        place_instrument(plan.instrument_id, meeting_id)
    previous = find_plan_instrument(node, plan.mechanism_id, previous_period(plan.period))
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


def _by_state(plan: OpenPlan, units: Mapping[str, str]) -> dict[str, str]:
    """Return leading units of parties as those of their States, as the register has them; one State's are joined."""
    joined: dict[str, list[str]] = {}
    for party in plan.parties:
        if party.id in units:
            joined.setdefault(party.state, []).append(units[party.id])
    return {state: "; ".join(names) for state, names in joined.items()}


def _enter_commitments(node: Node, plan: OpenPlan, instrument_id: InstrumentId) -> None:
    known = list_recorded_clauses(node, instrument_id)
    for row in clauses_at(plan, plan.version):
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
            lead_units=_by_state(plan, row.lead_units),
            source=SourceOfCommitment.SIGNED_TEXT,
            clause_id=row.clause_id,
            position=row.position,
        )
