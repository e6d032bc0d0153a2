"""What several reads need: one row, its summary, its history, its evidences."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from entraide.channel.api import list_message_evidences
from entraide.directory.api import NoSuchPartner, NoSuchParty, Partner, Party, find_parties, find_partner
from entraide.kernel.ids import MessageId, PartyId, RequestId
from entraide.kernel.node import Node
from entraide.requests.domain.clocks import Event
from entraide.requests.domain.counting import Pair
from entraide.requests.domain.errors import NoSuchRequest
from entraide.requests.domain.lifecycle import Direction, State
from entraide.requests.domain.sides import Sides, derive_direction
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


def direction_of(node: Node, request: Request) -> Direction:
    """Return which side of a request this node is."""
    return derive_direction(node.settings.name, request.requesting)


def read_sides(node: Node, request: Request) -> Sides:
    """Return who asks whom; raises `NoSuchParty` when the directory has lost one of them."""
    parties = find_parties(node, [request.requesting, request.requested])
    return make_sides(node, request, parties)


def make_sides(node: Node, request: Request, parties: Mapping[PartyId, Party]) -> Sides:
    """Return who asks whom, of `parties`; raises `NoSuchParty`."""
    try:
        asking, asked = parties[PartyId(request.requesting)], parties[PartyId(request.requested)]
    except KeyError as error:
        raise NoSuchParty from error
    return Sides(asking, asked, PartyId(node.settings.name))


def list_summaries(node: Node, rows: QuerySet[Request], now: datetime) -> list[RequestSummary]:
    """Return the summaries of `rows`, with two reads besides theirs; a third one for parties on paper."""
    with node.active():
        found = list(rows)
        parties = find_parties(node, {party_id for row in found for party_id in (row.requesting, row.requested)})
        delivered = _delivered(node, found)
    return [
        RequestSummary.of(row, make_sides(node, row, parties), now, delivered=row.message_id in delivered)
        for row in found
    ]


def count_one_sided(node: Node, rows: QuerySet[Request]) -> Counter[Pair]:
    """Return by pair how many of these requests this node's journal alone knows.

    Of a released one no evidence says that the other party has it; with a party on paper nothing is evidenced at all.
    """
    own = node.settings.name
    on_paper = Q(requesting__startswith=f"{own}/") | Q(requested__startswith=f"{own}/")
    with node.active():
        papers = rows.filter(on_paper).order_by().values_list("requesting", "requested").annotate(Count("id"))
        found = Counter({Pair(PartyId(asking), PartyId(asked)): count for asking, asked, count in papers})
        released = list(rows.filter(requesting=own, state=State.RELEASED.value).exclude(on_paper))
        delivered = _delivered(node, released)
    for row in released:
        found[Pair(PartyId(row.requesting), PartyId(row.requested))] += row.message_id not in delivered
    return found


def _delivered(node: Node, rows: list[Request]) -> set[UUID]:
    """The messages of released requests among `rows` whose delivery is evidenced; one read for the whole list."""
    ids = [MessageId(row.message_id) for row in rows if row.message_id and row.state == State.RELEASED]
    messages = list_message_evidences(node, ids) if ids else {}
    return {
        message_id
        for message_id, message in messages.items()
        if any(evidence.kind.value == DELIVERED for evidence in message.evidences)
    }


def find_partner_of(node: Node, sides: Sides) -> Partner:
    """Return the partner whose node speaks for the other party; raises `NoSuchPartner` where it is on paper."""
    partner = None if sides.on_paper else find_partner(node, sides.other.node)
    if partner is None:
        raise NoSuchPartner
    return partner


def list_events(node: Node, request: Request) -> list[Event]:
    """Return the history of a request as facts, in the order of time."""
    with node.active():
        rows = RequestEvent.objects.filter(request=request).order_by("at", "id")
        return [Event(row.kind, row.at, row.by, row.code) for row in rows]


def list_evidence_facts(node: Node, request: Request, answers: Iterable[Answer]) -> list[EvidenceFacts]:
    """Return the channel's evidences of the message with the request and of those with its `answers`."""
    with node.active():
        about = {MessageId(request.message_id): "request"} if request.message_id else {}
        for answer in answers:
            if answer.message_id is not None:
                about[MessageId(answer.message_id)] = "answer"
        return [
            EvidenceFacts(item.kind.value, item.at, item.post or item.by, item.code, about[message_id])
            for message_id, message in list_message_evidences(node, about).items()
            for item in message.evidences
        ]
