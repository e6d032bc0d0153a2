"""Lists, what is due, and counts: plain columns only."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from entraide.access.api import Actor, Role
from entraide.kernel.ids import PartyId
from entraide.kernel.node import Node
from entraide.requests.adapters.vocabulary import list_forms, load_form
from entraide.requests.domain.counting import AnsweredCounts, Pair
from entraide.requests.domain.lifecycle import Direction, State
from entraide.requests.models import Answer, Request
from entraide.requests.selectors.rows import count_one_sided, list_summaries
from entraide.requests.selectors.views import DueItem, RequestPage, RequestSummary

SOON = timedelta(days=7)


def list_requests(
    node: Node,
    *,
    direction: Direction | None = None,
    state: State | None = None,
    due: str = "",
    party_id: PartyId | None = None,
    offset: int = 0,
    limit: int = 25,
) -> RequestPage:
    """Return requests, most recently changed first; `party_id` is the other side.

    `due` is `overdue`, `week` (due within 7 days) or empty for all.
    """
    now = node.clock.now()
    with node.active():
        rows = Request.objects.order_by("-changed_at", "id")
        if direction is not None:
            rows = rows.filter(_on_side(node, direction))
        if state is not None:
            rows = rows.filter(state=state.value)
        if party_id is not None:
            rows = rows.filter(Q(requesting=party_id) | Q(requested=party_id))
        if due:
            rows = rows.filter(next_due_at__lt=now if due == "overdue" else now + SOON).order_by("next_due_at", "id")
        return RequestPage(tuple(list_summaries(node, rows[offset : offset + limit], now)), rows.count())


def list_due(node: Node, *, actor: Actor, at: datetime, limit: int = 100) -> list[DueItem]:
    """Return what needs `actor` at the moment `at`, the most pressing first.

    A case officer: incoming requests to acknowledge, decide and answer, own drafts that were stopped or lie open,
    answers to close. An approver: releases and answers to approve. Others: nothing.
    """
    wanted: list[Q] = []
    if actor.has_role(Role.case_officer):
        incoming = [State.RECEIVED.value, State.ACKNOWLEDGED.value, State.IN_EXECUTION.value]
        wanted.append(_on_side(node, Direction.INCOMING) & Q(state__in=incoming))
        wanted.append(Q(drafter_id=actor.user_id, state__in=[State.DRAFT.value, State.STOPPED.value]))
        wanted.append(_on_side(node, Direction.OUTGOING) & Q(state=State.ANSWERED.value))
    if actor.has_role(Role.approver):
        wanted.append(Q(state=State.AWAITING_APPROVAL.value))
        drafted_answers = Answer.objects.filter(state="draft").values("request_id")
        wanted.append(_on_side(node, Direction.INCOMING) & Q(id__in=drafted_answers))
    if not wanted:
        return []
    condition = wanted[0]
    for item in wanted[1:]:
        condition |= item
    with node.active():
        rows = Request.objects.filter(condition).order_by(F("next_due_at").asc(nulls_last=True), "id")[:limit]
        drafted = set(Answer.objects.filter(state="draft").values_list("request_id", flat=True))
        return [
            DueItem(row, _what_is_due(row, actor, row.id in drafted), row.due_at, row.overdue)
            for row in list_summaries(node, rows, at)
        ]


def count_answers(node: Node, *, domain: str, since: datetime, until: datetime) -> dict[Pair, AnsweredCounts]:
    """Return what `count_answers_in` returns for one domain."""
    return count_answers_in(node, domains=(domain,), since=since, until=until)


def count_answers_in(
    node: Node, *, domains: Collection[str], since: datetime, until: datetime
) -> dict[Pair, AnsweredCounts]:
    """Return how many requests of a cooperation domain, received in [since, until), were answered in time or late.

    They are counted by who asked whom; a pair without a request is left out. A request counts in the domain of its
    offence and in that of its form, once where several of `domains` are its own; withdrawn ones do not count. Refused
    and executed count alike, and no person can be derived.
    """
    now = node.clock.now()
    forms = [form_id for form_id in list_forms(node) if load_form(node, form_id).domain in domains]
    unanswered = Q(answered_at=None)
    with node.active():
        rows = Request.objects.filter(
            Q(domain__in=domains) | Q(form_id__in=forms), started_at__gte=since, started_at__lt=until
        )
        rows = rows.exclude(state=State.WITHDRAWN.value)
        one_sided = count_one_sided(node, rows)
        counted = (
            rows.order_by()
            .values_list("requesting", "requested")
            .annotate(
                in_time=Count("id", filter=Q(answered_at__lte=F("answer_due_at"))),
                late=Count("id", filter=Q(answered_at__gt=F("answer_due_at"))),
                still_open=Count("id", filter=unanswered),
                overdue=Count("id", filter=unanswered & Q(answer_due_at__lt=now)),
            )
        )
        found = {}
        for asking, asked, in_time, late, still_open, overdue in counted:
            pair = Pair(PartyId(asking), PartyId(asked))
            found[pair] = AnsweredCounts(in_time, late, still_open, overdue, one_sided[pair])
    return found


def _on_side(node: Node, direction: Direction) -> Q:
    """The requests that this node's own party asked, or is asked."""
    own = node.settings.name
    return Q(requesting=own) if direction is Direction.OUTGOING else ~Q(requesting=own)


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
