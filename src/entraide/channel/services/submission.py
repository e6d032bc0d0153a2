"""Submitting a message: fixed, digested and encrypted inside the transaction of the act that it tells of."""

from datetime import datetime
from itertools import count

from django.db import connections
from django.db import transaction as database_transaction

from entraide.channel.domain.batch import MAX_MESSAGE
from entraide.channel.domain.envelope import SALT_BYTES, Envelope, message_leaf
from entraide.channel.domain.errors import BadMessage, MessageTooLarge, NoExchange
from entraide.channel.models import Exchange, OutboxMessage
from entraide.channel.services.records import seal_record
from entraide.channel.services.waking import wake_delivery
from entraide.journal.api import append_entry
from entraide.kernel.ids import MessageId, PartnerId, ThreadId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.kernel.wire import Message
from entraide.storage.api import find_row, insert_row, joined

# Orders submissions of the same microsecond within this process; across processes the identifier decides.
_ties = count()


def submit_message(
    node: Node,
    *,
    partner_id: PartnerId,
    message: Message,
    thread_id: ThreadId,
    urgent: bool = False,
    expires_at: datetime | None = None,
) -> MessageId:
    """Fix a message for a partner inside the running transaction and return its id; delivery happens after the commit.

    What waits in the same thread becomes urgent with an urgent message, because a thread keeps its order. Raises
    `Malformed` for what the partner would refuse to read, `NotCanonical`, `BadMessage`, `MessageTooLarge` or
    `NoExchange`, and `RuntimeError` outside a transaction: an act and its message are kept together or not at all.
    """
    if not connections[node.database].in_atomic_block:
        raise RuntimeError("submit_message needs a running transaction: use `with transaction(node):`")
    now = node.clock.now()
    if expires_at is not None and expires_at <= now:
        raise BadMessage(why=N_("it is already expired"))
    envelope = Envelope(
        message_id=MessageId(new_uuid(node)),
        thread_id=thread_id,
        type=message.message_type,
        version=message.message_version,
        submitted_at=now,
        payload=message.to_json(),
        urgent=urgent,
        expires_at=expires_at,
    )
    with joined(node):
        if find_row(node.database, Exchange, ("id",), where={"partner_id": partner_id}) is None:
            raise NoExchange
        leaf = _store(node, partner_id, envelope)
        if urgent:
            OutboxMessage.objects.filter(
                partner_id=partner_id, thread_id=thread_id, state=OutboxMessage.State.PENDING, urgent=False
            ).update(urgent=True)
        facts = {"partner": str(partner_id), "thread": str(thread_id), "type": envelope.type, "leaf": leaf.hex()}
        append_entry(node, kind="channel.submission_accepted", subject=envelope.message_id, content=facts)
        database_transaction.on_commit(lambda: wake_delivery(node), using=node.database)
    return envelope.message_id


def _store(node: Node, partner_id: PartnerId, envelope: Envelope) -> bytes:
    data = envelope.to_bytes()
    if len(data) > MAX_MESSAGE:
        raise MessageTooLarge(size=len(data), limit=MAX_MESSAGE)
    salt = node.random.draw(SALT_BYTES)
    leaf = message_leaf(salt, data)
    record = seal_record(node, envelope.message_id, salt=salt, envelope=data)
    insert_row(
        node.database,
        OutboxMessage,
        id=envelope.message_id,
        partner_id=partner_id,
        thread_id=envelope.thread_id,
        type=envelope.type,
        version=envelope.version,
        urgent=envelope.urgent,
        submitted_at=envelope.submitted_at,
        tie=next(_ties),
        expires_at=envelope.expires_at,
        size=len(data) + SALT_BYTES,
        leaf=leaf,
        secret=record.secret,
        sealed=record.sealed,
        state=OutboxMessage.State.PENDING,
        code="",
        position=None,
        ended_at=None,
    )
    return leaf
