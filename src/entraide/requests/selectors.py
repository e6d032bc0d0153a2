"""Typed reads of requests. Lists, timelines and counts use plain columns; opening a content needs a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from entraide.access.api import Actor, ReasonMissing, Role, has_reason, require_role
from entraide.channel.api import list_message_evidences
from entraide.directory.api import Partner, get_partner, list_partners
from entraide.kernel.ids import MessageId, PartnerId, RequestId, UserId
from entraide.kernel.node import Node
from entraide.requests.adapters.records import open_content
from entraide.requests.adapters.vocabulary import REQUEST_FORMS, load_form
from entraide.requests.domain.clocks import Clock, Event, derive_clocks
from entraide.requests.domain.counting import AnsweredCounts
from entraide.requests.domain.errors import NoSuchRequest
from entraide.requests.domain.lifecycle import Act, Direction, State, derive_shown_state, list_acts
from entraide.requests.domain.timeline import (
    DELIVERED,
    EvidenceFacts,
    TimelineItem,
    derive_timeline,
    is_delivery,
    merge_delivery,
)
from entraide.requests.models import Answer, Clearance, Request, RequestEvent, SafeguardFinding

DRAFTING = (State.DRAFT, State.STOPPED, State.AWAITING_APPROVAL)
ENDED = (State.CLOSED.value, State.WITHDRAWN.value)
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RequestSummary:
    """One line of a list: nothing of what the request says."""

    id: RequestId
    direction: Direction
    partner_id: PartnerId
    partner: Partner
    reference: str
    form_id: str
    state: State
    urgent: bool
    domain: str
    created_at: datetime
    changed_at: datetime
    due_at: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A part of a list with the number of all that match."""

    requests: tuple[RequestSummary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ClearanceSummary:
    """Who cleared a finding and who confirmed, by post."""

    cleared_by: str
    cleared_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    decision_reference: str


@dataclass(frozen=True, slots=True)
class FoundBySafeguard:
    """A finding of the last check, and its clearance on the same facts; `key` names it to a clearance."""

    key: str
    code: str
    rule_id: str
    outcome: str
    message: str
    params: Mapping[str, str]
    source: str
    source_status: str
    clearable: str
    missing: bool
    by_policy: bool
    lifted_by: str
    clearance: ClearanceSummary | None


@dataclass(frozen=True, slots=True)
class AnswerSummary:
    """An answer without its content: `state` is draft, approved (sent from here) or received."""

    id: UUID
    state: str
    outcome: str
    drafter_id: UserId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """All that a page shows of a request before its content is opened."""

    summary: RequestSummary
    form_version: int
    form_digest: str
    drafter_id: UserId | None
    partner_reference: str
    acts: tuple[Act, ...]
    clocks: tuple[Clock, ...]
    timeline: tuple[TimelineItem, ...]
    findings: tuple[FoundBySafeguard, ...]
    answers: tuple[AnswerSummary, ...]
    checked_on: date | None
    outcome: str
    expires_on: date | None
    preserved_until: date | None
    erased_at: datetime | None

    @property
    def draft_answer(self) -> AnswerSummary | None:
        """The answer that waits for approval."""
        return next((answer for answer in self.answers if answer.state == "draft"), None)


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that needs a person: `what` is a code of an act; `due` may be None (a draft waits for its drafter)."""

    request: RequestSummary
    what: str
    due: datetime | None
    overdue: bool


def list_requests(
    node: Node,
    *,
    direction: Direction | None = None,
    state: State | None = None,
    due: str = "",
    partner_id: PartnerId | None = None,
    offset: int = 0,
    limit: int = 25,
) -> RequestPage:
    """Return requests, most recently changed first; `due` is `overdue`, `week` (due within 7 days) or empty for all."""
    now = node.clock.now()
    with node.active():
        rows = Request.objects.order_by("-changed_at", "id")
        if direction is not None:
            rows = rows.filter(direction=direction.value)
        if state is not None:
            rows = rows.filter(state=state.value)
        if partner_id is not None:
            rows = rows.filter(partner_id=partner_id)
        if due:
            rows = rows.filter(next_due_at__lt=now if due == "overdue" else now + SOON).order_by("next_due_at", "id")
        return RequestPage(tuple(_summaries(rows[offset : offset + limit], now)), rows.count())


def get_request(node: Node, request_id: RequestId) -> RequestDetail:
    """Return what is known of a request without opening it; raises `NoSuchRequest`."""
    now = node.clock.now()
    with node.active():
        request = _row(request_id)
        evidences = list_evidence_facts(request)
        events = merge_delivery(Direction(request.direction), _events(request), evidences)
        clocks = derive_clocks(
            load_form(request.form_id), events, now, urgent=request.urgent, preserved_until=request.preserved_until
        )
        running = [] if request.state in ENDED else clocks
        return RequestDetail(
            summary=_summary(
                request, get_partner(PartnerId(request.partner_id)), now, any(map(is_delivery, evidences))
            ),
            form_version=request.form_version,
            form_digest=request.form_digest,
            drafter_id=UserId(request.drafter_id) if request.drafter_id else None,
            partner_reference=request.partner_reference,
            acts=list_acts(Direction(request.direction), State(request.state)),
            clocks=tuple(clocks),
            timeline=tuple(derive_timeline(_shown_events(request, events), evidences, running)),
            findings=tuple(_findings(request)),
            answers=tuple(_answers(request)),
            checked_on=request.checked_on,
            outcome=request.outcome,
            expires_on=request.expires_on,
            preserved_until=request.preserved_until,
            erased_at=request.erased_at,
        )


def read_content(node: Node, *, actor: Actor, request_id: RequestId) -> dict[str, Any]:
    """Return what a request says. Raises `NoSuchRequest`, `RoleMissing`, `ReasonMissing` or `RequestErased`.

    The drafter reads their own draft; everybody else has given a reason first (`access.api.record_reason`), which is
    journaled: who, when, why (EU Directive 2016/680, article 25).
    """
    with node.active():
        request = _row(request_id)
        _require_reason(node, actor, request)
        return open_content(node, request, request.content).content


def read_answer(node: Node, *, actor: Actor, request_id: RequestId, answer_id: UUID) -> dict[str, Any]:
    """Return what an answer says; raises as `read_content` does."""
    with node.active():
        request = _row(request_id)
        _require_reason(node, actor, request)
        answer = Answer.objects.filter(id=answer_id, request=request).first()
        if answer is None:
            raise NoSuchRequest
        return open_content(node, request, answer.content, f"answer/{answer.id}").content


def may_read(node: Node, *, actor: Actor, request_id: RequestId) -> bool:
    """Return whether `actor` may open the content now, or has to give a reason first."""
    with node.active():
        return _needs_no_reason(actor, _row(request_id)) or has_reason(node, actor=actor, subject=request_id)


def list_due(node: Node, *, actor: Actor, at: datetime, limit: int = 100) -> list[DueItem]:
    """Return what needs `actor` at the moment `at`, the most pressing first.

    A case officer: incoming requests to acknowledge, decide and answer, own drafts that were stopped or lie open,
    answers to close. An approver: releases and answers to approve. Others: nothing.
    """
    wanted: list[Q] = []
    if actor.has_role(Role.case_officer):
        incoming = [State.RECEIVED.value, State.ACKNOWLEDGED.value, State.IN_EXECUTION.value]
        wanted.append(Q(direction=Direction.INCOMING.value, state__in=incoming))
        wanted.append(Q(drafter_id=actor.user_id, state__in=[State.DRAFT.value, State.STOPPED.value]))
        wanted.append(Q(direction=Direction.OUTGOING.value, state=State.ANSWERED.value))
    if actor.has_role(Role.approver):
        wanted.append(Q(state=State.AWAITING_APPROVAL.value))
        wanted.append(Q(direction=Direction.INCOMING.value, answers__state="draft"))
    if not wanted:
        return []
    condition = wanted[0]
    for item in wanted[1:]:
        condition |= item
    with node.active():
        rows = (
            Request.objects.filter(condition).distinct().order_by(F("next_due_at").asc(nulls_last=True), "id")[:limit]
        )
        drafted = set(Answer.objects.filter(state="draft").values_list("request_id", flat=True))
        return [
            DueItem(row, _what_is_due(row, actor, row.id in drafted), row.due_at, row.overdue)
            for row in _summaries(rows, at)
        ]


def count_answers(
    node: Node, *, domain: str, since: datetime, until: datetime, partner_id: PartnerId | None = None
) -> AnsweredCounts:
    """Return how many requests of a cooperation domain, received in [since, until), were answered in time or late.

    A request counts in the domain of its offence and in that of its form. Both directions count; withdrawn requests
    do not. Refused and executed count alike, and no person can be derived.
    """
    now = node.clock.now()
    forms = [form_id for form_id in REQUEST_FORMS if load_form(form_id).domain == domain]
    with node.active():
        rows = Request.objects.filter(
            Q(domain=domain) | Q(form_id__in=forms), started_at__gte=since, started_at__lt=until
        )
        rows = rows.exclude(state=State.WITHDRAWN.value)
        if partner_id is not None:
            rows = rows.filter(partner_id=partner_id)
        unanswered = rows.filter(answered_at=None)
        return AnsweredCounts(
            in_time=rows.filter(answered_at__lte=F("answer_due_at")).count(),
            late=rows.filter(answered_at__gt=F("answer_due_at")).count(),
            open=unanswered.count(),
            overdue=unanswered.filter(answer_due_at__lt=now).count(),
        )


def _what_is_due(row: RequestSummary, actor: Actor, drafted: bool) -> str:  # noqa: FBT001 - one plain fact
    if drafted and actor.has_role(Role.approver):
        return "approve_answer"
    return _DUE[row.state]


_DUE = {
    State.DRAFT: "complete",
    State.STOPPED: "mend",
    State.AWAITING_APPROVAL: "approve",
    State.RECEIVED: "acknowledge",
    State.ACKNOWLEDGED: "decide",
    State.IN_EXECUTION: "answer",
    State.ANSWERED: "read_answer",
}


def _require_reason(node: Node, actor: Actor, request: Request) -> None:
    require_role(actor, Role.case_officer, Role.approver, Role.auditor)
    if not _needs_no_reason(actor, request) and not has_reason(node, actor=actor, subject=request.id):
        raise ReasonMissing


def _needs_no_reason(actor: Actor, request: Request) -> bool:
    return request.drafter_id == actor.user_id and request.state in {state.value for state in DRAFTING}


def _row(request_id: RequestId) -> Request:
    request = Request.objects.filter(id=request_id).first()
    if request is None:
        raise NoSuchRequest
    return request


def _summaries(rows: QuerySet[Request], now: datetime) -> list[RequestSummary]:
    partners = {partner.id: partner for partner in list_partners()}
    found = list(rows)
    delivered = _delivered(found)
    return [_summary(row, partners[PartnerId(row.partner_id)], now, row.message_id in delivered) for row in found]


def _delivered(rows: list[Request]) -> set[UUID]:
    """The messages of released requests among `rows` whose delivery is evidenced; one read for the whole list."""
    ids = [MessageId(row.message_id) for row in rows if row.message_id and row.state == State.RELEASED]
    messages = list_message_evidences(ids) if ids else {}
    return {
        message_id
        for message_id, message in messages.items()
        if any(evidence.kind.value == DELIVERED for evidence in message.evidences)
    }


def _summary(row: Request, partner: Partner, now: datetime, delivered: bool = False) -> RequestSummary:  # noqa: FBT001, FBT002
    direction = Direction(row.direction)
    return RequestSummary(
        id=RequestId(row.id),
        direction=direction,
        partner_id=PartnerId(row.partner_id),
        partner=partner,
        reference=row.reference,
        form_id=row.form_id,
        state=derive_shown_state(direction, State(row.state), delivered),
        urgent=row.urgent,
        domain=row.domain,
        created_at=row.created_at,
        changed_at=row.changed_at,
        due_at=row.next_due_at,
        overdue=row.next_due_at is not None and row.next_due_at < now,
    )


def _events(request: Request) -> list[Event]:
    rows = RequestEvent.objects.filter(request=request).order_by("at", "id")
    return [Event(row.kind, row.at, row.by, row.code) for row in rows]


def _shown_events(request: Request, events: list[Event]) -> list[Event]:
    """A receipt derived from an evidence is shown as the evidence, not twice."""
    outgoing = request.direction == Direction.OUTGOING
    return [event for event in events if not (outgoing and event.kind == "received")]


def list_evidence_facts(request: Request) -> list[EvidenceFacts]:
    """Return the channel's evidences of the message with the request and of those with its answers."""
    about = {MessageId(request.message_id): "request"} if request.message_id else {}
    for answer in Answer.objects.filter(request=request):
        if answer.message_id is not None:
            about[MessageId(answer.message_id)] = "answer"
    return [
        EvidenceFacts(item.kind.value, item.at, item.post or item.by, item.code, about[message_id])
        for message_id, message in list_message_evidences(about).items()
        for item in message.evidences
    ]


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


def _answers(request: Request) -> list[AnswerSummary]:
    return [
        AnswerSummary(
            row.id,
            row.state,
            row.outcome,
            UserId(row.drafter_id) if row.drafter_id else None,
            row.approved_at or row.created_at,
        )
        for row in Answer.objects.filter(request=request).order_by("created_at")
    ]
