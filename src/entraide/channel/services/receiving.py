"""Receiving a batch: verified step by step, stored durably, applied, receipted."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import IntegrityError
from django.db import transaction as database_transaction

from entraide.channel.domain.batch import SealedBatch, parse_batch, parse_header, sealing_info, sealing_key_id
from entraide.channel.domain.envelope import SALT_BYTES, Envelope, message_leaf, parse_envelope
from entraide.channel.domain.errors import (
    NotForThisNode,
    PartnerSuspended,
    SealBroken,
    SuiteBelowFloor,
    UnknownSender,
    UnreadableBatch,
)
from entraide.channel.domain.evidence import Fate, Statement, StatementKind
from entraide.channel.domain.posts import Receipt
from entraide.channel.models import Exchange, InboxMessage, ReceivedBatch
from entraide.channel.services.applying import Fates, apply_waiting
from entraide.channel.services.evidences import issue_deliveries, issue_statement, receipts_of
from entraide.channel.services.partners import Partnership, find_by_name, lock_exchange
from entraide.channel.services.records import seal_record
from entraide.channel.services.refusals import journal_refusal
from entraide.channel.services.waking import wake_delivery
from entraide.directory.api import PartnerStatus
from entraide.journal.api import (
    SignedCheckpoint,
    append_entry,
    cosign_checkpoint,
    mirror_leaves,
    parse_checkpoint,
)
from entraide.kernel.errors import EntraideError, VerificationFailed
from entraide.kernel.ids import LogId, new_uuid
from entraide.kernel.node import Node
from entraide.keys.api import decrypt, derive_message_key
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


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """One message of a batch after its seal was opened and its leaf recomputed."""

    position: int
    salt: bytes
    data: bytes
    leaf: bytes
    envelope: Envelope


def receive_batch(node: Node, body: bytes) -> bytes:
    """Verify, store and apply a batch; return its receipt (canonical JSON). The same batch gets the same receipt again.

    1. The bytes are a batch of a known version within the limits of size (`parse_batch`).
    2. It is addressed to this node and a sealing key of it that is accepted today, by a partner that is active.
    3. Its suite is one of those agreed at pairing.
    4. If these bytes were stored before, nothing is verified again: 8 and 9 complete what is missing, or the recorded
       receipt is returned.
    5. The sealed secret opens with the `info` that binds suite, nodes, key and position; every message opens under its
       own key; every envelope is canonical. The leaves are recomputed from salts and envelopes.
    6. The author's checkpoint is for this log and ends at n1, both its signatures hold, the leaves follow the mirror
       without a gap and lead to the signed root (`mirror_leaves`).
    7. Leaves, checkpoint and messages are stored in one transaction: from here on the batch is durable. A short batch
       is applied and receipted in it too (8 and 9) when nothing fails there; its receipt leaves after the commit.
    8. Handlers apply the messages in order per thread.
    9. The checkpoint is cosigned, the evidence is signed, both are recorded as the receipt, in the transaction of 8.

    Raises an error of the tree with its code when a step from 1 to 7 fails; nothing is stored then but an entry that
    says so.
    """
    with node.active():
        partnership = None
        try:
            batch = parse_batch(body)
            partnership = _find_sender(node, batch)
            known = _find_received(node, partnership, batch, body)
            messages = _open_messages(node, partnership, batch) if known is None else []
            received = known or _store(node, partnership, batch, messages, body)
        except EntraideError as error:
            journal_refusal(node, partnership or _claimed_sender(node, body), error)
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


def _find_sender(node: Node, batch: SealedBatch) -> Partnership:
    header = batch.header
    partnership = find_by_name(node, header.author)
    if partnership is None:
        raise UnknownSender(name=header.author[:60])
    if header.reader != node.settings.name or _find_key(node, header.key_id) is None:
        raise NotForThisNode(name=header.reader[:60])
    if partnership.partner.status is not PartnerStatus.active:
        raise PartnerSuspended(name=partnership.partner.name)
    if header.suite not in partnership.exchange.suites:
        raise SuiteBelowFloor(suite=header.suite[:60])
    return partnership


def _find_key(node: Node, key_id: str) -> bytes | None:
    """Return this node's sealing key of that id, unless it ended too long ago."""
    keys = node.keyring.history.openable(node.clock.now())
    return next((public.sealing for public in keys if sealing_key_id(public) == key_id), None)


def _claimed_sender(node: Node, body: bytes) -> Partnership | None:
    """Return the partner that an unusable batch claims to come from, if it can be read that far."""
    try:
        return find_by_name(node, parse_header(body)[0].author)
    except EntraideError:
        return None


def _find_received(node: Node, partnership: Partnership, batch: SealedBatch, body: bytes) -> ReceivedBatch | None:
    digest = hashlib.sha256(body).digest()
    where = {"partner_id": partnership.partner.id, "n0": batch.header.n0, "digest": digest}
    return find_object(node.database, ReceivedBatch, where=where)


def _open_messages(node: Node, partnership: Partnership, batch: SealedBatch) -> list[OpenedMessage]:
    header = batch.header
    info = sealing_info(
        suite=header.suite, author=header.author, reader=header.reader, key_id=header.key_id, n0=header.n0
    )
    opened = []
    try:
        secret = node.keyring.open_secret(header.sealed_secret, info, sealed_to=_find_key(node, header.key_id) or b"")
        for position, sealed in enumerate(batch.messages, start=header.n0):
            plain = decrypt(derive_message_key(secret, position), sealed, info)
            salt, data = plain[:SALT_BYTES], plain[SALT_BYTES:]
            if len(salt) != SALT_BYTES:
                raise UnreadableBatch(why="a message has no salt")
            opened.append(OpenedMessage(position, salt, data, message_leaf(salt, data), parse_envelope(data)))
    except VerificationFailed as error:
        raise SealBroken(where=f"{partnership.partner.name} {header.n0}-{header.n1}") from error
    return opened


def _store(
    node: Node, partnership: Partnership, batch: SealedBatch, messages: list[OpenedMessage], body: bytes
) -> ReceivedBatch:
    """Mirror the leaves and keep the messages, in one transaction (steps 6 and 7)."""
    try:
        with transaction(node):
            stored = _store_once(node, partnership, batch, messages, body)
            if len(messages) <= MOST_IN_ONE_COMMIT:
                _try_to_apply(node, partnership, stored, messages)
            return stored
    except IntegrityError as error:
        # The same batch arrived twice at once, or its author sealed the same messages again: the first one counts.
        with node.active():
            first = ReceivedBatch.objects.filter(
                partner_id=partnership.partner.id, n0=batch.header.n0, n1=batch.header.n1
            ).first()
        if first is None:
            raise UnreadableBatch(why="it holds a message that was received before") from error
        return first


def _try_to_apply(node: Node, partnership: Partnership, stored: ReceivedBatch, messages: list[OpenedMessage]) -> None:
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


def _store_once(
    node: Node, partnership: Partnership, batch: SealedBatch, messages: list[OpenedMessage], body: bytes
) -> ReceivedBatch:
    header, partner = batch.header, partnership.partner
    checkpoint = _checkpoint_of(batch)
    leaves = [message.leaf for message in messages]
    first = header.n0
    if first == 1:
        # Leaf 0 is the transcript of the pairing, which this node knows by itself.
        first, leaves = 0, [bytes(partnership.exchange.transcript), *leaves]
    exchange = lock_exchange(node, partnership)
    mirror_leaves(node, LogId(partnership.exchange.incoming_log_id), first, leaves, checkpoint, partner.keys)
    now = node.clock.now()
    _fill_inbox(node, partnership, messages, now)
    values: dict[str, Any] = {
        "id": new_uuid(node),
        "partner_id": partner.id,
        "n0": header.n0,
        "n1": header.n1,
        "digest": hashlib.sha256(body).digest(),
        "checkpoint": header.checkpoint,
        "received_at": now,
        "receipt": None,
    }
    insert_row(node.database, ReceivedBatch, **values)
    stored = ReceivedBatch(**values)
    # Whoever sends is there: what waits for this partner is tried at once.
    if exchange.failures:
        revived = {"failures": 0, "next_attempt_at": None, "last_error": ""}
        update_rows(node.database, Exchange, where={"id": exchange.id}, values=revived)
        database_transaction.on_commit(lambda: wake_delivery(node), using=node.database)
    append_entry(
        node,
        kind="channel.batch_received",
        subject=partner.id,
        content={"n0": header.n0, "n1": header.n1, "root": checkpoint.root.hex()},
    )
    return stored


def _checkpoint_of(batch: SealedBatch) -> SignedCheckpoint:
    try:
        checkpoint = parse_checkpoint(batch.header.checkpoint.decode())
    except UnicodeDecodeError as error:
        raise UnreadableBatch(why="its checkpoint is no text") from error
    if checkpoint.size != batch.header.n1:
        raise UnreadableBatch(why="its checkpoint does not end where its messages do")
    return checkpoint


def _fill_inbox(node: Node, partnership: Partnership, messages: list[OpenedMessage], now: datetime) -> None:
    """Store each message under a record key of its own."""
    shared = {
        "partner_id": partnership.partner.id,
        "received_at": now,
        "state": InboxMessage.State.STORED,
        "code": "",
        "failures": 0,
        "next_attempt_at": None,
        "ended_at": None,
    }
    names = ("id", "position", "message_id", "thread_id", "type", "version", "submitted_at", "secret", "sealed")
    rows = []
    for message in messages:
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
    node: Node, partnership: Partnership, received: ReceivedBatch, messages: list[OpenedMessage]
) -> bytes:
    """Apply what waits and record the receipt, in one transaction (steps 8 and 9)."""
    with transaction(node):
        locked = find_object(node.database, ReceivedBatch, where={"id": received.id}, lock="UPDATE") or received
        if locked.receipt is not None:
            return bytes(locked.receipt)
        return _apply_locked(node, partnership, locked, messages)


def _apply_locked(
    node: Node, partnership: Partnership, received: ReceivedBatch, messages: list[OpenedMessage]
) -> bytes:
    known = {message.position: message.envelope for message in messages}
    fates = apply_waiting(node, partnership.partner.id, known=known)
    others = receipts_of(partnership.partner.id, fates, but=(received.n0, received.n1))
    issue_deliveries(node, partnership, others)
    receipt = _write_receipt(node, partnership, received, fates)
    update_rows(node.database, ReceivedBatch, where={"id": received.id}, values={"receipt": receipt})
    return receipt


def _write_receipt(node: Node, partnership: Partnership, received: ReceivedBatch, fates: Fates) -> bytes:
    checkpoint = parse_checkpoint(bytes(received.checkpoint).decode())
    statement = Statement(
        kind=StatementKind.RECEIPT,
        author=partnership.partner.name,
        reader=node.settings.name,
        n0=received.n0,
        n1=received.n1,
        at=node.clock.now(),
        received_at=received.received_at,
        root=checkpoint.root,
        exceptions=_exceptions(received, fates),
    )
    cosignature = cosign_checkpoint(node, checkpoint, partnership.partner.keys)
    return Receipt(cosignature, issue_statement(node, partnership.partner.id, statement, push=False)).to_bytes()


def _exceptions(received: ReceivedBatch, fates: Fates) -> Fates:
    """Return the fate of every message of the batch that was not delivered; unless all were now, from the inbox."""
    if all(fates.get(p, (Fate.WAITING, ""))[0] is Fate.DELIVERED for p in range(received.n0, received.n1)):
        return {}
    state = InboxMessage.State
    rows = InboxMessage.objects.filter(
        partner_id=received.partner_id, position__gte=received.n0, position__lt=received.n1
    ).exclude(state=state.APPLIED)
    return {
        position: (Fate.REJECTED if row_state == state.REJECTED else Fate.WAITING, code)
        for position, row_state, code in rows.values_list("position", "state", "code")
    }
