"""Receiving a batch: loaded, judged by `domain.receiving`, stored durably, applied, receipted."""

from collections.abc import Sequence
from typing import Any, cast

import structlog
from django.db import IntegrityError
from django.db import transaction as database_transaction

from entraide.channel.domain.batch import sealing_key_id
from entraide.channel.domain.errors import UnreadableBatch
from entraide.channel.domain.evidence import Fate, Fates
from entraide.channel.domain.posts import Receipt
from entraide.channel.domain.receipts import StoredRange, derive_receipt, is_all_delivered
from entraide.channel.domain.receiving import (
    AcceptedBatch,
    AdmittedBatch,
    ClaimedBatch,
    OpenedMessage,
    Reader,
    Sender,
    SignedBatch,
    claimed_author,
)
from entraide.channel.models import Exchange, InboxMessage, ReceivedBatch
from entraide.channel.services.applying import apply_waiting
from entraide.channel.services.evidences import issue_deliveries, issue_statement, receipts_of
from entraide.channel.services.partners import Partnership, find_by_name, lock_exchange
from entraide.channel.services.records import seal_record
from entraide.channel.services.refusals import journal_refusal
from entraide.channel.services.waking import wake_delivery
from entraide.directory.api import PartnerStatus
from entraide.journal.api import (
    append_entry,
    cosign_checkpoint,
    keep_mirrored,
    lock_mirror,
    parse_checkpoint,
)
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import LogId, new_uuid
from entraide.kernel.node import Node
from entraide.storage.api import (
    find_object,
    insert_row,
    insert_rows,
    transaction,
    update_rows,
)

log = structlog.get_logger(__name__)
# Above it, storing and applying are two transactions: nobody's act waits for a whole batch.
MOST_IN_ONE_COMMIT = 16


def receive_batch(node: Node, body: bytes) -> bytes:
    """Verify, store and apply a batch; return its receipt (canonical JSON). The same batch gets the same receipt again.

    1. The bytes are a batch of a known version within the limits of size.
    2. It is addressed to this node and a sealing key of it that is accepted today, by a partner that is active.
    3. Its suite is one of those agreed at pairing.
    4. If these bytes were stored before, nothing is verified again: 8 and 9 complete what is missing, or the recorded
       receipt is returned.
    5. The sealed secret opens with the `info` that binds suite, nodes, key and position; every message opens under its
       own key; every envelope is canonical. The leaves are recomputed from salts and envelopes.
    6. The author's checkpoint is for this log and ends at n1, both its signatures hold, the leaves follow the mirror
       without a gap and lead to the signed root.
    7. Leaves, checkpoint and messages are stored in one transaction: from here on the batch is durable. A short batch
       is applied and receipted in it too (8 and 9) when nothing fails there; its receipt leaves after the commit.
    8. Handlers apply the messages in order per thread.
    9. The checkpoint is cosigned, the evidence is signed, both are recorded as the receipt, in the transaction of 8.

    What 1 to 6 say is decided in `domain.receiving`. Raises an error of the tree with its code when a step from 1 to 7
    fails; nothing is stored then but an entry that says so.
    """
    with node.active():
        try:
            claimed = ClaimedBatch.read(body)
            found = find_by_name(node, claimed.author)
            admitted = claimed.admit(_sender(found), _reader(node))
            partnership = cast(Partnership, found)  # or `admit` would have raised
            received, messages = _take(node, partnership, admitted)
        except EntraideError as error:
            journal_refusal(node, find_by_name(node, claimed_author(body)), error)
            raise
        if received.receipt is not None:
            return bytes(received.receipt)
        return _apply_and_receipt(node, partnership, received, messages)


def apply_blocked(node: Node, partnership: Partnership) -> int:
    """Try again what waits in the inbox of a partner, state what became of it, and return how many messages moved."""
    with transaction(node):
        fates = apply_waiting(node, partnership.partner.id, known={})
        issue_deliveries(node, partnership, receipts_of(partnership.partner.id, fates))
    return len(fates)


def _sender(partnership: Partnership | None) -> Sender | None:
    if partnership is None:
        return None
    partner, exchange = partnership.partner, partnership.exchange
    return Sender(
        name=partner.name,
        is_active=partner.status is PartnerStatus.active,
        suites=tuple(exchange.suites),
        keys=partner.keys,
        transcript=bytes(exchange.transcript),
    )


def _reader(node: Node) -> Reader:
    openable = node.keyring.history.openable(node.clock.now())
    return Reader(node.settings.name, {sealing_key_id(keys): keys.sealing for keys in openable})


def _take(
    node: Node, partnership: Partnership, admitted: AdmittedBatch
) -> tuple[ReceivedBatch, tuple[OpenedMessage, ...]]:
    """Return what is stored of a batch and its messages as far as they were opened: a known one is not opened again."""
    where = {"partner_id": partnership.partner.id, "n0": admitted.header.n0, "digest": admitted.digest}
    known = find_object(node.database, ReceivedBatch, where=where)
    if known is not None:
        return known, ()
    signed = admitted.open(node.keyring).verify_head(node.clock.now())
    return _store(node, partnership, signed), signed.messages


def _store(node: Node, partnership: Partnership, signed: SignedBatch) -> ReceivedBatch:
    """Mirror the leaves and keep the messages, in one transaction (the end of step 6, and 7)."""
    try:
        with transaction(node):
            stored = _store_once(node, partnership, signed)
            if len(signed.messages) <= MOST_IN_ONE_COMMIT:
                _try_to_apply(node, partnership, stored, signed.messages)
            return stored
    except IntegrityError as error:
        # The same batch arrived twice at once, or its author sealed the same messages again: the first one counts.
        with node.active():
            first = ReceivedBatch.objects.filter(
                partner_id=partnership.partner.id, n0=signed.header.n0, n1=signed.header.n1
            ).first()
        if first is None:
            raise UnreadableBatch(why="it holds a message that was received before") from error
        return first


def _try_to_apply(
    node: Node, partnership: Partnership, stored: ReceivedBatch, messages: Sequence[OpenedMessage]
) -> None:
    """Do steps 8 and 9 within the transaction of 7: one wait for the disk instead of two.

    Whatever fails here is undone and leaves what was stored: it is durable as it would be without this attempt, and
    the steps are done after it, in a transaction of their own.
    """
    try:
        with transaction(node):
            stored.receipt = _apply_locked(node, partnership, stored, messages)
    except Exception as error:  # noqa: BLE001 - done again below, where it is raised
        log.warning("apply_deferred", error=type(error).__name__)
        stored.receipt = None


def _store_once(node: Node, partnership: Partnership, signed: SignedBatch) -> ReceivedBatch:
    log_id = LogId(partnership.exchange.incoming_log_id)
    exchange = lock_exchange(node, partnership)
    accepted = signed.follow(lock_mirror(node, log_id, signed.checkpoint.size))
    keep_mirrored(node, log_id, accepted.mirror, accepted.growth, accepted.checkpoint, accepted.author_keys)
    _fill_inbox(node, partnership, accepted)
    stored = _keep_batch(node, partnership, accepted)
    # Whoever sends is there: what waits for this partner is tried at once.
    if exchange.failures:
        revived = {"failures": 0, "next_attempt_at": None, "last_error": ""}
        update_rows(node.database, Exchange, where={"id": exchange.id}, values=revived)
        database_transaction.on_commit(lambda: wake_delivery(node), using=node.database)
    append_entry(
        node,
        kind="channel.batch_received",
        subject=partnership.partner.id,
        content={"n0": accepted.n0, "n1": accepted.n1, "root": accepted.checkpoint.root.hex()},
    )
    return stored


def _keep_batch(node: Node, partnership: Partnership, accepted: AcceptedBatch) -> ReceivedBatch:
    values: dict[str, Any] = {
        "id": new_uuid(node),
        "partner_id": partnership.partner.id,
        "n0": accepted.n0,
        "n1": accepted.n1,
        "digest": accepted.digest,
        "checkpoint": accepted.note,
        "received_at": accepted.received_at,
        "receipt": None,
    }
    insert_row(node.database, ReceivedBatch, **values)
    return ReceivedBatch(**values)


def _fill_inbox(node: Node, partnership: Partnership, accepted: AcceptedBatch) -> None:
    """Store each message under a record key of its own."""
    shared = {
        "partner_id": partnership.partner.id,
        "received_at": accepted.received_at,
        "state": InboxMessage.State.STORED,
        "code": "",
        "failures": 0,
        "next_attempt_at": None,
        "ended_at": None,
    }
    names = ("id", "position", "message_id", "thread_id", "type", "version", "submitted_at", "secret", "sealed")
    rows = []
    for message in accepted.messages:
        envelope = message.envelope
        record = seal_record(node, envelope.message_id, salt=message.salt, envelope=message.data)
        rows.append(
            (
                new_uuid(node),
                message.position,
                envelope.message_id,
                envelope.thread_id,
                envelope.type,
                envelope.version,
                envelope.submitted_at,
                record.secret,
                record.sealed,
            )
        )
    insert_rows(node.database, InboxMessage, shared=shared, names=names, rows=rows)


def _apply_and_receipt(
    node: Node, partnership: Partnership, received: ReceivedBatch, messages: Sequence[OpenedMessage]
) -> bytes:
    """Apply what waits and record the receipt, in one transaction (steps 8 and 9)."""
    with transaction(node):
        locked = find_object(node.database, ReceivedBatch, where={"id": received.id}, lock="UPDATE") or received
        if locked.receipt is not None:
            return bytes(locked.receipt)
        return _apply_locked(node, partnership, locked, messages)


def _apply_locked(
    node: Node, partnership: Partnership, received: ReceivedBatch, messages: Sequence[OpenedMessage]
) -> bytes:
    known = {message.position: message.envelope for message in messages}
    fates = apply_waiting(node, partnership.partner.id, known=known)
    others = receipts_of(partnership.partner.id, fates, but=(received.n0, received.n1))
    issue_deliveries(node, partnership, others)
    receipt = _write_receipt(node, partnership, received, fates)
    update_rows(node.database, ReceivedBatch, where={"id": received.id}, values={"receipt": receipt})
    return receipt


def _write_receipt(node: Node, partnership: Partnership, received: ReceivedBatch, fates: Fates) -> bytes:
    partner, checkpoint = partnership.partner, parse_checkpoint(bytes(received.checkpoint).decode())
    stored = StoredRange(
        author=partner.name,
        reader=node.settings.name,
        n0=received.n0,
        n1=received.n1,
        root=checkpoint.root,
        received_at=received.received_at,
    )
    left = {} if is_all_delivered(received.n0, received.n1, fates) else _list_left(received)
    statement = derive_receipt(stored, left, at=node.clock.now())
    cosignature = cosign_checkpoint(node, checkpoint, partner.keys)
    return Receipt(cosignature, issue_statement(node, partner.id, statement, push=False)).to_bytes()


def _list_left(received: ReceivedBatch) -> Fates:
    """Return the fate of every message of the batch that was not delivered, from the inbox."""
    state = InboxMessage.State
    rows = InboxMessage.objects.filter(
        partner_id=received.partner_id, position__gte=received.n0, position__lt=received.n1
    ).exclude(state=state.APPLIED)
    return {
        position: (Fate.REJECTED if row_state == state.REJECTED else Fate.WAITING, code)
        for position, row_state, code in rows.values_list("position", "state", "code")
    }
