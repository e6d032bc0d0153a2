"""Typed reads of the exchange, in the database of the node that is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from entraide.channel.domain.delivery import Attempts, Circuit, decide_circuit
from entraide.channel.domain.evidence import Evidence, EvidenceKind, Statement, derive_evidences, parse_statement
from entraide.channel.domain.pairing import OPEN_STATES, PairingId, PairingState, derive_digits, parse_card
from entraide.channel.models import Batch, EvidenceStatement, Exchange, InboxMessage, OutboxMessage, Pairing
from entraide.directory.api import Partner, get_partner, list_partners
from entraide.journal.api import get_head
from entraide.kernel.ids import LogId, MessageId, PartnerId
from entraide.kernel.node import Node
from entraide.keys.api import key_fingerprint


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """How the exchange with one partner stands. Sizes are leaves of the directed logs, counts are messages."""

    partner: Partner
    fingerprint: str
    suites: tuple[str, ...]
    outgoing_size: int
    outgoing_root: bytes
    incoming_size: int
    incoming_root: bytes
    waiting: int
    on_its_way: int
    blocked: int
    rejected: int
    circuit: Circuit
    failures: int
    next_attempt_at: datetime | None
    last_error: str
    last_success_at: datetime | None


@dataclass(frozen=True, slots=True)
class PairingView:
    """One pairing for its page. `digits` are there once both sides are revealed; `organisation` by language."""

    id: PairingId
    state: PairingState
    code: str
    initiated_here: bool
    origin: str
    partner_name: str
    partner_state: str
    organisation: dict[str, str]
    fingerprint: str
    digits: str
    partner_confirmed: bool
    started_at: datetime
    partner_id: PartnerId | None

    @property
    def is_open(self) -> bool:
        """Whether a person can still confirm or abort it."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class MessageView:
    """Where one message stands, and its evidences in order of time."""

    message_id: MessageId
    partner_id: PartnerId
    state: str
    code: str
    evidences: tuple[Evidence, ...]


def list_exchanges(node: Node) -> list[ExchangeView]:
    """Return the exchange with each partner, by the partner's name."""
    with node.active():
        exchanges = {row.partner_id: row for row in Exchange.objects.all()}
        return [
            _exchange_view(node, partner, exchanges[partner.id])
            for partner in list_partners(node)
            if partner.id in exchanges
        ]


def list_pairings(node: Node, *, open_only: bool = False) -> list[PairingView]:
    """Return pairings, the newest first; at most 100."""
    with node.active():
        rows = Pairing.objects.order_by("-started_at", "-id")
        if open_only:
            rows = rows.filter(state__in=OPEN_STATES)
        return [_pairing_view(row) for row in rows[:100]]


def find_pairing(node: Node, pairing_id: PairingId) -> PairingView | None:
    """Return one pairing, or None."""
    with node.active():
        row = Pairing.objects.filter(id=pairing_id).first()
        return None if row is None else _pairing_view(row)


def list_evidences(node: Node, message_id: MessageId) -> list[Evidence]:
    """Return the evidences of a message that the node sent or received, by time; empty for an unknown one."""
    views = list_message_evidences(node, [message_id])
    return list(views[message_id].evidences) if message_id in views else []


def list_message_evidences(node: Node, message_ids: Iterable[MessageId]) -> dict[MessageId, MessageView]:
    """Return where each message of the node stands, with its evidences; unknown ones are left out."""
    ids = list(message_ids)
    views = {}
    with node.active():
        for sent in OutboxMessage.objects.filter(id__in=ids).defer("sealed", "secret"):
            views[MessageId(sent.id)] = _sent_view(sent)
        for received in InboxMessage.objects.filter(message_id__in=ids).defer("sealed", "secret"):
            views[MessageId(received.message_id)] = _received_view(node, received)
    return views


def _sent_view(row: OutboxMessage) -> MessageView:
    exchange = Exchange.objects.get(partner_id=row.partner_id)
    own = exchange.own_name
    evidences = [Evidence(EvidenceKind.SUBMISSION_ACCEPTED, row.submitted_at, own)]
    state = OutboxMessage.State
    if row.state == state.EXPIRED and row.ended_at is not None:
        evidences.append(Evidence(EvidenceKind.NON_DELIVERY, row.ended_at, own, row.code))
    elif row.position is not None:
        evidences += derive_evidences(row.position, _statements(PartnerId(row.partner_id), row.position, outgoing=True))
    if row.state in {state.PENDING, state.SENT}:
        evidences += _relay_failures(exchange)
    return MessageView(MessageId(row.id), PartnerId(row.partner_id), row.state, row.code, tuple(evidences))


def _relay_failures(exchange: Exchange) -> list[Evidence]:
    """While the partner is away: that the last attempt failed, and with which code."""
    if exchange.failures == 0 or exchange.last_failure_at is None:
        return []
    return [Evidence(EvidenceKind.RELAY_FAILED, exchange.last_failure_at, exchange.own_name, exchange.last_error)]


def _received_view(node: Node, row: InboxMessage) -> MessageView:
    partner_id = PartnerId(row.partner_id)
    evidences = (
        Evidence(EvidenceKind.SUBMISSION_ACCEPTED, row.submitted_at, get_partner(node, partner_id).name),
        *derive_evidences(row.position, _statements(partner_id, row.position, outgoing=False)),
    )
    return MessageView(MessageId(row.message_id), partner_id, row.state, row.code, evidences)


def _statements(partner_id: PartnerId, position: int, *, outgoing: bool) -> list[Statement]:
    rows = EvidenceStatement.objects.filter(partner_id=partner_id, outgoing=outgoing, n0__lte=position, n1__gt=position)
    return [parse_statement(bytes(content)) for content in rows.values_list("content", flat=True)]


def _exchange_view(node: Node, partner: Partner, row: Exchange) -> ExchangeView:
    state = OutboxMessage.State
    sent = OutboxMessage.objects.filter(partner_id=partner.id).aggregate(
        waiting=Count("id", filter=Q(state=state.PENDING)), rejected=Count("id", filter=Q(state=state.REJECTED))
    )
    batch = Batch.objects.filter(partner_id=partner.id, evidenced_at=None).values_list("n0", "n1").first()
    outgoing, incoming = get_head(LogId(row.outgoing_log_id)), get_head(LogId(row.incoming_log_id))
    return ExchangeView(
        partner=partner,
        fingerprint=key_fingerprint(partner.keys.at(node.clock.now())),
        suites=tuple(row.suites),
        outgoing_size=outgoing.size,
        outgoing_root=outgoing.root,
        incoming_size=incoming.size,
        incoming_root=incoming.root,
        waiting=sent["waiting"],
        on_its_way=0 if batch is None else batch[1] - batch[0],
        blocked=InboxMessage.objects.filter(partner_id=partner.id, state=InboxMessage.State.BLOCKED).count(),
        rejected=sent["rejected"],
        circuit=decide_circuit(Attempts(row.failures, row.next_attempt_at), at=node.clock.now()),
        failures=row.failures,
        next_attempt_at=row.next_attempt_at,
        last_error=row.last_error,
        last_success_at=row.last_success_at,
    )


def _pairing_view(row: Pairing) -> PairingView:
    card = None if row.card is None else parse_card(row.card)
    return PairingView(
        id=PairingId(row.id),
        state=PairingState(row.state),
        code=row.code,
        initiated_here=row.initiated_here,
        origin=row.origin,
        partner_name="" if card is None else card.name,
        partner_state="" if card is None else card.state,
        organisation={} if card is None else dict(card.organisation),
        fingerprint="" if card is None else key_fingerprint(card.keys),
        digits="" if row.transcript is None else derive_digits(bytes(row.transcript)),
        partner_confirmed=row.partner_signature is not None,
        started_at=row.started_at,
        partner_id=None if row.partner_id is None else PartnerId(row.partner_id),
    )
