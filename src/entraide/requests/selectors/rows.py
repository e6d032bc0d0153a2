"""What several reads need: one row, its summary, its history, its evidences."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from entraide.channel.api import list_message_evidences
from entraide.directory.api import list_partners
from entraide.kernel.ids import MessageId, PartnerId, RequestId
from entraide.kernel.node import Node
from entraide.requests.domain.clocks import Event
from entraide.requests.domain.errors import NoSuchRequest
from entraide.requests.domain.lifecycle import Direction, State
from entraide.requests.domain.timeline import (
    DELIVERED,
    EvidenceFacts,
)
from entraide.requests.models import Answer, Request, RequestEvent
from entraide.requests.selectors.views import RequestSummary


def get_row(node: Node, request_id: RequestId) -> Request:
    """Return the row of a request; raises `NoSuchRequest`."""
    with node.active():
        request = Request.objects.filter(id=request_id).first()
    if request is None:
        raise NoSuchRequest
    return request


def list_summaries(node: Node, rows: QuerySet[Request], now: datetime) -> list[RequestSummary]:
    """Return the summaries of `rows`, with two reads besides theirs."""
    with node.active():
        partners = {partner.id: partner for partner in list_partners(node)}
        found = list(rows)
        delivered = _delivered(node, found)
    return [
        RequestSummary.of(row, partners[PartnerId(row.partner_id)], now, delivered=row.message_id in delivered)
        for row in found
    ]


def count_undelivered(node: Node, rows: QuerySet[Request]) -> int:
    """Return how many of these released requests no evidence says the partner has."""
    with node.active():
        found = list(rows.filter(direction=Direction.OUTGOING.value, state=State.RELEASED.value))
        delivered = _delivered(node, found)
    return sum(row.message_id not in delivered for row in found)


def _delivered(node: Node, rows: list[Request]) -> set[UUID]:
    """The messages of released requests among `rows` whose delivery is evidenced; one read for the whole list."""
    ids = [MessageId(row.message_id) for row in rows if row.message_id and row.state == State.RELEASED]
    messages = list_message_evidences(node, ids) if ids else {}
    return {
        message_id
        for message_id, message in messages.items()
        if any(evidence.kind.value == DELIVERED for evidence in message.evidences)
    }


def list_events(node: Node, request: Request) -> list[Event]:
    """Return the history of a request as facts, in the order of time."""
    with node.active():
        rows = RequestEvent.objects.filter(request=request).order_by("at", "id")
        return [Event(row.kind, row.at, row.by, row.code) for row in rows]


def list_evidence_facts(node: Node, request: Request) -> list[EvidenceFacts]:
    """Return the channel's evidences of the message with the request and of those with its answers."""
    with node.active():
        about = {MessageId(request.message_id): "request"} if request.message_id else {}
        for answer in Answer.objects.filter(request=request):
            if answer.message_id is not None:
                about[MessageId(answer.message_id)] = "answer"
        return [
            EvidenceFacts(item.kind.value, item.at, item.post or item.by, item.code, about[message_id])
            for message_id, message in list_message_evidences(node, about).items()
            for item in message.evidences
        ]
