"""Drafting the short communiqué of a plan's outcome from what the register holds."""

from collections.abc import Sequence
from dataclasses import replace

from entraide.kernel.ids import PlanId
from entraide.kernel.languages import choose_text
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.domain.communique import Counts, Outcome, compose_communique
from entraide.plans.domain.negotiation import PlanState
from entraide.plans.domain.open_plan import OpenPlan, clauses_at
from entraide.plans.selectors.opening import get_open_plan
from entraide.programme.api import (
    CommitmentView,
    MeetingView,
    get_meeting,
    list_commitments,
    list_instruments,
    load_wording,
)
from entraide.programme.domain.periods import previous_period
from entraide.programme.domain.terms import ActionKind, CommitmentStatus, InstrumentKind, PersonRole


def draft_communique(node: Node, plan_id: PlanId, language: str) -> str:
    """Return a communiqué of the plan's outcome in `language` (in English where it has no wording).

    It tells the conference the plan is linked to, the plan of the period before that was reviewed there, the requests
    counted for it, the signature once all parties signed, and the domains of the clauses. Raises `NoSuchPlan`.
    """
    plan = get_open_plan(node, plan_id)
    return compose_communique(_outcome(node, plan, language), load_wording(language))


def _outcome(node: Node, plan: OpenPlan, language: str) -> Outcome:
    meeting = get_meeting(node, plan.meeting_id) if plan.meeting_id else None
    reviewed = _reviewed_period(node, plan, meeting)
    past = _past(node, plan) if reviewed else ()
    signed = plan.state is PlanState.SIGNED
    outcome = Outcome(
        organisations=tuple((party.state, dict(party.organisation)) for party in plan.parties),
        signed_period=plan.period if signed else "",
        digest=plan.digest if signed else "",
        date=_last_signature(plan),
        reviewed_period=reviewed,
        done=tuple(item.domain for item in past if _is_done(item)),
        counts=_counts(past),
        pledged=tuple(clause.domain for clause in clauses_at(plan, plan.version)),
    )
    if meeting is None:
        return outcome
    return replace(
        outcome,
        date=meeting.date,
        place=meeting.place,
        series=_series_name(meeting, language),
        ordinal=meeting.ordinal,
        chairs=tuple(person for person in meeting.people if person.role is PersonRole.CO_CHAIR),
    )


def _last_signature(plan: OpenPlan) -> PartialDate | None:
    days = [item.statement["signed_on"] for item in plan.signatures]
    return PartialDate(max(days)) if days else None


def _counts(past: Sequence[CommitmentView]) -> Counts:
    reports = [item.latest_progress for item in past if item.latest_progress]
    return Counts(
        sum(report.answered_in_time for report in reports),
        sum(report.answered_late for report in reports),
        sum(report.still_open for report in reports),
    )


def _past(node: Node, plan: OpenPlan) -> tuple[CommitmentView, ...]:
    return list_commitments(node, mechanism_id=plan.mechanism_id, period=previous_period(plan.period))


def _is_done(commitment: CommitmentView) -> bool:
    return commitment.status is CommitmentStatus.DONE or _has_answers(commitment)


def _has_answers(commitment: CommitmentView) -> bool:
    report = commitment.latest_progress
    return report is not None and report.answered_in_time + report.answered_late > 0


def _series_name(meeting: MeetingView, language: str) -> str:
    return choose_text(meeting.series.names, language).text if meeting.series else ""


def _reviewed_period(node: Node, plan: OpenPlan, meeting: MeetingView | None) -> str:
    """Return the period of the plan that the conference reviewed, empty when none is recorded as reviewed there."""
    if meeting is None:
        return ""
    for instrument in list_instruments(node, meeting_id=meeting.id):
        reviewed = [a for a in instrument.actions if a.kind is ActionKind.REVIEWED and a.meeting_id == meeting.id]
        if instrument.kind is InstrumentKind.PLAN and reviewed and instrument.id != plan.instrument_id:
            return instrument.period
    return ""
