"""Handing stored messages to their handlers: once each, in order per thread, in the channel's transaction.

A handler that fails blocks its thread and nothing else. The message stays, its thread waits, and the worker tries again
with back-off; a handler that gives an error of the tree (other than `Unavailable`) has rejected the message for good.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from django.db import transaction as database_transaction

from entraide.channel.adapters.waiting import list_for_handlers
from entraide.channel.domain.delivery import Attempts, derive_next_attempt, jitter_from
from entraide.channel.domain.envelope import Envelope, parse_envelope
from entraide.channel.domain.errors import HandlerMissing
from entraide.channel.domain.evidence import Fate, Fates
from entraide.channel.domain.handling import Handled, HandlerTable, HandlingResult, ReceivedMessage
from entraide.channel.models import InboxMessage
from entraide.channel.services.records import open_record
from entraide.kernel.errors import EntraideError, Unavailable
from entraide.kernel.ids import MessageId, PartnerId, ThreadId
from entraide.kernel.node import Node
from entraide.kernel.wire import Message
from entraide.storage.api import update_rows

log = structlog.get_logger(__name__)
UNKNOWN_TYPE = "channel.unknown_type"
HANDLER_FAILED = "channel.handler_failed"
MOST_AT_ONCE = 500


class Waiting(NamedTuple):
    """What applying needs of an inbox row."""

    id: UUID
    partner_id: UUID
    position: int
    message_id: UUID
    thread_id: UUID
    type: str
    version: int
    received_at: datetime
    failures: int


Work = tuple[Waiting, Mapping[str, Any]]
"""An inbox row with the payload of its message."""
Read = tuple[Waiting, ReceivedMessage[Any]]


def apply_waiting(node: Node, partner_id: PartnerId, *, known: Mapping[int, Envelope]) -> Fates:
    """Hand what waits from a partner to its handlers, inside the running transaction; return the fate per position.

    `known` are envelopes that are open already, by position; others are opened from the inbox. Messages behind a
    blocked one of their thread are left alone and not in the result.
    """
    blocked: set[UUID] = set()
    fates: Fates = {}
    chosen = list_for_handlers(node, partner_id, Waiting._fields, at=node.clock.now(), limit=MOST_AT_ONCE)
    work = [(row, _payload_of(node, row, known.get(row.position))) for row in (Waiting(*values) for values in chosen)]
    for run in _runs(work):
        _apply_run(node, [item for item in run if item[0].thread_id not in blocked], blocked, fates)
    return fates


def _runs(work: Sequence[Work]) -> Iterator[list[Work]]:
    """Yield neighbours of one type and version together, so that a handler gets many at once and order is kept."""
    for _, run in groupby(work, key=lambda item: (item[0].type, item[0].version)):
        yield list(run)


def _apply_run(node: Node, run: Sequence[Work], blocked: set[UUID], fates: Fates) -> None:
    """Hand neighbours of one class to their handler; a payload that is none of that class never reaches it."""
    if not run:
        return
    handled = _handlers_of(node).find(run[0][0].type, run[0][0].version)
    if handled is None:
        _finish(node, [(row, HandlingResult.rejected(UNKNOWN_TYPE)) for row, _ in run], fates)
        return
    readable: list[Read] = []
    for row, payload in run:
        value = handled.read(payload)
        if isinstance(value, HandlingResult):
            log.warning("message_malformed", type=row.type, message_id=str(row.message_id), code=value.code)
            _finish(node, [(row, value)], fates)
        else:
            readable.append((row, _received(row, value)))
    if readable:
        _hand_over(node, handled, readable, blocked, fates)


def _hand_over(node: Node, handled: Handled[Any], run: Sequence[Read], blocked: set[UUID], fates: Fates) -> None:
    try:
        results = _call(node, handled, [message for _, message in run])
    except Exception as error:  # noqa: BLE001 - whatever a handler does, no message is lost
        if len(run) == 1:
            _finish_failed(node, run[0][0], error, blocked, fates)
            return
        # Somebody in this run is poisoned: find out who, one by one.
        for item in run:
            if item[0].thread_id not in blocked:
                _hand_over(node, handled, [item], blocked, fates)
    else:
        _finish(node, [(row, result) for (row, _), result in zip(run, results, strict=True)], fates)


def _call(node: Node, handled: Handled[Any], messages: Sequence[ReceivedMessage[Any]]) -> Sequence[HandlingResult]:
    with database_transaction.atomic(using=node.database):
        results = handled.handle(node, messages)
        if len(results) != len(messages):
            message = handled.message
            raise HandlerMissing(type=message.message_type, version=message.message_version, count=len(results))
        return results


def _handlers_of(node: Node) -> HandlerTable:
    if not isinstance(node.handlers, HandlerTable):
        raise HandlerMissing(type="*", version=0, count=0)
    return node.handlers


def _finish(node: Node, ended: Sequence[tuple[Waiting, HandlingResult]], fates: Fates) -> None:
    now = node.clock.now()
    accepted = [row.id for row, result in ended if result.is_accepted]
    applied = {"state": InboxMessage.State.APPLIED, "code": "", "next_attempt_at": None, "ended_at": now}
    if len(accepted) == 1:
        update_rows(node.database, InboxMessage, where={"id": accepted[0]}, values=applied)
    elif accepted:
        InboxMessage.objects.filter(id__in=accepted).update(**applied)
    for row, result in ended:
        if result.is_accepted:
            fates[row.position] = (Fate.DELIVERED, "")
            continue
        InboxMessage.objects.filter(id=row.id).update(
            state=InboxMessage.State.REJECTED, code=result.code[:80], next_attempt_at=None, ended_at=now
        )
        fates[row.position] = (Fate.REJECTED, result.code[:80])


def _finish_failed(node: Node, row: Waiting, error: Exception, blocked: set[UUID], fates: Fates) -> None:
    if isinstance(error, EntraideError) and not isinstance(error, Unavailable | HandlerMissing):
        _finish(node, [(row, HandlingResult.rejected(error.code))], fates)
        return
    # The text of an unknown exception may hold personal data: only its kind is logged.
    say = log.info if isinstance(error, Unavailable) else log.error
    say("handler_failed", type=row.type, message_id=str(row.message_id), error=type(error).__name__)
    code = error.code if isinstance(error, EntraideError) else HANDLER_FAILED
    attempts = derive_next_attempt(Attempts(row.failures), at=node.clock.now(), jitter=jitter_from(node.random.draw(2)))
    InboxMessage.objects.filter(id=row.id).update(
        state=InboxMessage.State.BLOCKED,
        code=code[:80],
        failures=attempts.failures,
        next_attempt_at=attempts.next_attempt_at,
    )
    blocked.add(row.thread_id)
    fates[row.position] = (Fate.WAITING, code[:80])


def _payload_of(node: Node, row: Waiting, known: Envelope | None) -> Mapping[str, Any]:
    if known is None:
        secret, sealed = InboxMessage.objects.values_list("secret", "sealed").get(id=row.id)
        known = parse_envelope(open_record(node, row.message_id, secret=secret, sealed=sealed)[1])
    return known.payload


def _received(row: Waiting, value: Message) -> ReceivedMessage[Any]:
    return ReceivedMessage(
        message_id=MessageId(row.message_id),
        partner_id=PartnerId(row.partner_id),
        thread_id=ThreadId(row.thread_id),
        received_at=row.received_at,
        value=value,
    )
