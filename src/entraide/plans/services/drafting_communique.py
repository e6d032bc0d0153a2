"""Drafting the short communiqué of a plan's outcome from what the register holds."""

from entraide.kernel.ids import MechanismId, MeetingId, PlanId
from entraide.kernel.languages import choose_text
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.domain.communique import Counts, Outcome, compose_communique
from entraide.plans.domain.negotiation import PlanState
from entraide.plans.models import Plan
from entraide.plans.selectors.plan_text import get_plan_row, latest_versions
from entraide.programme.api import (
    CommitmentView,
    MeetingView,
    get_meeting,
    list_commitments,
    list_instruments,
    load_wording,
)
from entraide.programme.domain.facts import PersonInPost
from entraide.programme.domain.periods import previous_period
from entraide.programme.domain.terms import ActionKind, CommitmentStatus, InstrumentKind, PersonRole


def draft_communique(node: Node, plan_id: PlanId, language: str) -> str:
    """Return a communiqué of the plan's outcome in `language` (in English where it has no wording).

    It tells the conference the plan is linked to, the plan of the period before that was reviewed there, the requests
    counted for it, the signature once both sides signed, and the domains of the clauses. Raises `NoSuchPlan`.
    """
    with node.active():
        plan = get_plan_row(plan_id)
        return compose_communique(_outcome(plan, language), load_wording(language))


def _outcome(plan: Plan, language: str) -> Outcome:
    meeting = get_meeting(MeetingId(plan.meeting_id)) if plan.meeting_id else None
    reviewed = _reviewed_period(plan, meeting)
    past = (
        list_commitments(mechanism_id=MechanismId(plan.mechanism_id), period=previous_period(plan.period))
        if reviewed
        else ()
    )
    reports = [item.latest_progress for item in past if item.latest_progress]
    signed = plan.state == PlanState.SIGNED
    signed_on = max((row.statement["signed_on"] for row in plan.signatures.all()), default="")
    return Outcome(
        organisations=tuple((party["state"], party["organisation"]) for party in plan.parties),
        signed_period=plan.period if signed else "",
        digest=plan.digest if signed else "",
        date=meeting.date if meeting else PartialDate(signed_on) if signed_on else None,
        place=meeting.place if meeting else "",
        series=_series_name(meeting, language),
        ordinal=meeting.ordinal if meeting else None,
        chairs=_chairs(meeting),
        reviewed_period=reviewed,
        done=tuple(item.domain for item in past if item.status is CommitmentStatus.DONE or _has_answers(item)),
        counts=Counts(
            sum(report.answered_in_time for report in reports),
            sum(report.answered_late for report in reports),
            sum(report.still_open for report in reports),
        ),
        pledged=tuple(row.domain for row in latest_versions(plan.id, plan.version)),
    )


def _has_answers(commitment: CommitmentView) -> bool:
    report = commitment.latest_progress
    return report is not None and report.answered_in_time + report.answered_late > 0


def _chairs(meeting: MeetingView | None) -> tuple[PersonInPost, ...]:
    return tuple(person for person in meeting.people if person.role is PersonRole.CO_CHAIR) if meeting else ()


def _series_name(meeting: MeetingView | None, language: str) -> str:
    return choose_text(meeting.series.names, language).text if meeting and meeting.series else ""


def _reviewed_period(plan: Plan, meeting: MeetingView | None) -> str:
    """Return the period of the plan that the conference reviewed, empty when none is recorded as reviewed there."""
    if meeting is None:
        return ""
    for instrument in list_instruments(meeting_id=meeting.id):
        reviewed = [a for a in instrument.actions if a.kind is ActionKind.REVIEWED and a.meeting_id == meeting.id]
        if instrument.kind is InstrumentKind.PLAN and reviewed and instrument.id != plan.instrument_id:
            return instrument.period
    return ""
