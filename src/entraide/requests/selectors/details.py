"""One request with its clocks, timeline, findings and answers, without its content."""

from entraide.kernel.ids import RequestId, UserId
from entraide.kernel.node import Node
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.adapters.vocabulary import load_form
from entraide.requests.domain.clocks import Event, derive_clocks
from entraide.requests.domain.lifecycle import Direction, State
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.timeline import (
    derive_timeline,
    is_delivery,
    merge_delivery,
)
from entraide.requests.models import Answer, Clearance, Request, SafeguardFinding
from entraide.requests.selectors.rows import get_row, list_events, list_evidence_facts, read_sides
from entraide.requests.selectors.views import (
    AnswerSummary,
    ClearanceSummary,
    FoundBySafeguard,
    RequestDetail,
    RequestSummary,
)


def get_request(node: Node, request_id: RequestId) -> RequestDetail:
    """Return what is known of a request without opening it; raises `NoSuchRequest`."""
    now, lifecycle = node.clock.now(), load_lifecycle()
    with node.active():
        request = get_row(node, request_id)
        answers = list(Answer.objects.filter(request=request).order_by("created_at"))
        evidences = list_evidence_facts(node, request, answers)
        sides = read_sides(node, request)
        events = merge_delivery(sides.direction, list_events(node, request), evidences)
        clocks = derive_clocks(
            load_form(node, request.form_id),
            events,
            now,
            urgent=request.urgent,
            preserved_until=request.preserved_until,
        )
        acts = lifecycle.list_acts(sides.direction, State(request.state))
        running = [] if State(request.state) in lifecycle.ends else clocks
        return RequestDetail(
            summary=RequestSummary.of(
                request,
                sides,
                now,
                delivered=any(map(is_delivery, evidences)),
            ),
            form_version=request.form_version,
            form_digest=request.form_digest,
            drafter_id=UserId(request.drafter_id) if request.drafter_id else None,
            partner_reference=request.partner_reference,
            acts=acts,
            may_act={act: lifecycle.who_may(sides.direction, act, on_paper=sides.on_paper) for act in acts},
            clocks=tuple(clocks),
            timeline=tuple(derive_timeline(_shown_events(sides, events), evidences, running)),
            findings=tuple(_findings(request)),
            answers=tuple(_answers(answers)),
            checked_on=request.checked_on,
            outcome=request.outcome,
            facts_digest=request.facts_digest,
            expires_on=request.expires_on,
            preserved_until=request.preserved_until,
            erased_at=request.erased_at,
        )


def _shown_events(sides: Sides, events: list[Event]) -> list[Event]:
    """A receipt derived from an evidence is shown as the evidence, not twice."""
    evidenced = sides.direction is Direction.OUTGOING and not sides.on_paper
    return [event for event in events if not (evidenced and event.kind == "received")]


def _findings(request: Request) -> list[FoundBySafeguard]:
    clearances = {
        row.finding_key: ClearanceSummary(
            row.cleared_by_post, row.cleared_at, row.confirmed_by_post, row.confirmed_at, row.decision_reference
        )
        for row in Clearance.objects.filter(request=request, facts_digest=request.facts_digest)
    }
    return [
        FoundBySafeguard(
            key=row.key,
            code=row.code,
            rule_id=row.rule_id,
            outcome=row.outcome,
            message=row.message,
            params=row.params,
            source=row.source,
            source_status=row.source_status,
            clearable=row.clearable,
            missing=row.missing,
            by_policy=row.by_policy,
            lifted_by=row.lifted_by,
            clearance=clearances.get(row.key),
        )
        for row in SafeguardFinding.objects.filter(request=request)
    ]


def _answers(rows: list[Answer]) -> list[AnswerSummary]:
    return [
        AnswerSummary(
            row.id,
            row.state,
            row.outcome,
            UserId(row.drafter_id) if row.drafter_id else None,
            row.approved_at or row.created_at,
        )
        for row in rows
    ]
