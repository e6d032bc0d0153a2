"""Sending: one batch on its way per partner, sent again until its receipt is recorded; evidence pushed; back-off
kept.
"""

from dataclasses import dataclass, field
from datetime import datetime

import structlog

from entraide.access.api import Actor, Role, require_role
from entraide.channel.adapters.waiting import Summary, list_summaries, look_again
from entraide.channel.domain.delivery import OPENS_AFTER, Attempts, derive_next_attempt, is_due, jitter_from
from entraide.channel.domain.errors import BadStatement, NoExchange, PartnerAway, PartnerRefused
from entraide.channel.domain.posts import Receipt
from entraide.channel.domain.receipts import require_receipt
from entraide.channel.models import Batch, Exchange
from entraide.channel.services.answers import partner_code
from entraide.channel.services.batching import BatchOnItsWay, expire_waiting, take_next_batch, witness_own_log
from entraide.channel.services.evidences import mark_pushed, record_statement, write_push
from entraide.channel.services.partners import Partnership, find_partnership
from entraide.channel.services.receiving import apply_blocked
from entraide.channel.services.waking import wake_delivery
from entraide.directory.api import PartnerStatus
from entraide.journal.api import append_entry, record_cosignature
from entraide.kernel.codecs import Malformed
from entraide.kernel.errors import EntraideError, Unavailable
from entraide.kernel.ids import LogId, PartnerId, new_uuid
from entraide.kernel.node import Node
from entraide.storage.api import (
    transaction,
    update_rows,
)

log = structlog.get_logger(__name__)
BATCHES_PATH = "/peer/v1/batches"
EVIDENCES_PATH = "/peer/v1/evidences"
POST_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one pass did, summed over partners. `failures` are the codes of partners that were away or refused."""

    batches: int = 0
    messages: int = 0
    statements: int = 0
    applied: int = 0
    expired: int = 0
    failures: dict[PartnerId, str] = field(default_factory=dict)

    @property
    def is_idle(self) -> bool:
        """Whether the pass found nothing to do."""
        return not (self.batches or self.statements or self.applied or self.expired or self.failures)


def deliver_pending(node: Node) -> DeliveryReport:
    """Do everything that is due now, for every partner in turn, and say what was done; never waits for a back-off.

    Expires what is late, tries blocked messages again, sends what waits, pushes evidence. A partner that fails is left
    for its next attempt and does not stop the others.
    """
    report = DeliveryReport(expired=expire_waiting(node))
    for partner_id, waiting in list_due(node).items():
        report = merge_reports(report, deliver_to(node, partner_id, retries=waiting.retries))
    return report


def deliver_to(node: Node, partner_id: PartnerId, *, retries: bool = True) -> DeliveryReport:
    """Do everything that is due for one partner; see `deliver_pending`.

    Without `retries` nothing in its inbox is tried again.
    """
    partnership = find_partnership(node, partner_id)
    applied = apply_blocked(node, partnership) if retries else 0
    batches = messages = statements = 0
    lease = new_uuid(node)
    try:
        if partnership.partner.status is PartnerStatus.active and _may_be_tried(
            partnership.exchange, at=node.clock.now()
        ):
            witness_own_log(node, partnership)
            to_push = True
            batch = take_next_batch(node, partnership, lease=lease)
            while batch is not None:
                _send_batch(node, partnership, batch)
                batches, messages = batches + 1, messages + batch.n1 - batch.n0
                # Looking first spares a write transaction for nothing after the last batch.
                more, to_push = look_again(node, partner_id)
                batch = take_next_batch(node, partnership, lease=lease) if more else None
            statements = _push_statements(node, partnership) if to_push else 0
    except EntraideError as error:
        _note_failure(node, partnership, error)
        return DeliveryReport(batches, messages, statements, applied, 0, {partner_id: _code_of(error)})
    return DeliveryReport(batches, messages, statements, applied)


def list_due_partners(node: Node) -> list[PartnerId]:
    """Return the partners for whom something waits and who may be tried now; reads only."""
    return list(list_due(node))


def list_due(node: Node) -> dict[PartnerId, Summary]:
    """Return what waits for the partners that are due; see `list_due_partners`."""
    now = node.clock.now()
    with node.active():
        return {
            waiting.partner_id: waiting
            for waiting in list_summaries(node, at=now)
            if waiting.retries or ((waiting.outgoing or waiting.statements) and _may_be_tried(waiting, at=now))
        }


def try_partner_now(node: Node, *, actor: Actor, partner_id: PartnerId) -> None:
    """Forget a partner's back-off, so that the worker tries it at once.

    Raises `RoleMissing` (operator) or `NoExchange`.
    """
    require_role(actor, Role.operator)
    with transaction(node):
        if not Exchange.objects.filter(partner_id=partner_id).update(failures=0, next_attempt_at=None):
            raise NoExchange
        append_entry(node, kind="channel.partner_tried", subject=partner_id, content={}, actor=actor.user_id)
    wake_delivery(node)


def merge_reports(first: DeliveryReport, second: DeliveryReport) -> DeliveryReport:
    """Return the sum of two reports."""
    return DeliveryReport(
        first.batches + second.batches,
        first.messages + second.messages,
        first.statements + second.statements,
        first.applied + second.applied,
        first.expired + second.expired,
        {**first.failures, **second.failures},
    )


def _send_batch(node: Node, partnership: Partnership, batch: BatchOnItsWay) -> None:
    answer = _post(node, partnership, BATCHES_PATH, batch.sealed)
    try:
        receipt = Receipt.from_bytes(answer)
    except Malformed as error:
        raise BadStatement(why="the receipt is malformed") from error
    record_receipt(node, partnership, batch, receipt)


def record_receipt(node: Node, partnership: Partnership, batch: BatchOnItsWay, receipt: Receipt) -> None:
    """Record the partner's receipt of `batch`: cosignature, evidence, states; the sealed bytes are deleted.

    Recording it a second time changes nothing. Raises `BadStatement` or another `VerificationFailed` when the receipt
    is not of this batch or not the partner's.
    """
    with transaction(node):
        statement = record_statement(node, partnership, receipt.statement)
        require_receipt(statement, batch.n0, batch.n1, batch.root)
        log_id = LogId(partnership.exchange.outgoing_log_id)
        record_cosignature(node, log_id, receipt.cosignature, partnership.partner.keys)
        now = node.clock.now()
        here = node.database
        update_rows(
            here, Batch, where={"id": batch.id, "evidenced_at": None}, values={"sealed": b"", "evidenced_at": now}
        )
        succeeded = {"failures": 0, "next_attempt_at": None, "last_error": "", "last_success_at": now}
        update_rows(
            here,
            Exchange,
            where={"id": partnership.exchange.id},
            values={**succeeded, "lease": None, "leased_until": None},
        )


def _push_statements(node: Node, partnership: Partnership) -> int:
    pushed = 0
    while True:
        with node.active():
            body, ids = write_push(node, partnership)
        if not ids:
            return pushed
        _post(node, partnership, EVIDENCES_PATH, body)
        mark_pushed(node, ids)
        pushed += len(ids)


def _post(node: Node, partnership: Partnership, path: str, body: bytes) -> bytes:
    partner = partnership.partner
    response = node.transport.post(partner.origin, path, body, timeout=POST_SECONDS)
    if response.status == 200:
        return response.body
    code = partner_code(response)
    if response.status >= 500 or not code:
        raise PartnerAway(origin=partner.origin, why=f"status {response.status}")
    raise PartnerRefused(partner_code=code)


def _note_failure(node: Node, partnership: Partnership, error: EntraideError) -> None:
    """Remember a failed attempt and when to try again; journal what changes for people, not every attempt."""
    code = _code_of(error)
    log.warning("delivery_failed", partner=partnership.partner.name, code=code)
    with transaction(node):
        exchange = Exchange.objects.select_for_update().get(id=partnership.exchange.id)
        attempts = derive_next_attempt(
            Attempts(exchange.failures), at=node.clock.now(), jitter=jitter_from(node.random.draw(2))
        )
        Exchange.objects.filter(id=exchange.id).update(
            failures=attempts.failures,
            next_attempt_at=attempts.next_attempt_at,
            last_error=code,
            last_failure_at=node.clock.now(),
            lease=None,
            leased_until=None,
        )
        opens = attempts.failures == OPENS_AFTER
        if opens or (code != exchange.last_error and not isinstance(error, Unavailable)):
            append_entry(
                node,
                kind="channel.partner_away" if isinstance(error, Unavailable) else "channel.delivery_refused",
                subject=partnership.partner.id,
                content={"code": code, "failures": attempts.failures},
            )


def _code_of(error: EntraideError) -> str:
    return str(error.params["partner_code"]) if isinstance(error, PartnerRefused) else error.code


def _may_be_tried(state: Exchange | Summary, *, at: datetime) -> bool:
    return is_due(Attempts(state.failures, state.next_attempt_at), at=at)
