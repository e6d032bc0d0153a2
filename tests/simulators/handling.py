"""Handing one message to a node's handlers as the channel does, without sending it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.channel.api import HandlerTable, HandlingResult, ReceivedMessage
from entraide.channel.domain.envelope import parse_envelope
from entraide.channel.models import OutboxMessage
from entraide.channel.services.records import open_record
from entraide.kernel.ids import MessageId, PartnerId, ThreadId, new_uuid
from entraide.kernel.node import Node
from entraide.storage.api import transaction


@dataclass(frozen=True)
class Incoming:
    """A message whose seal was opened and whose payload nobody has read yet."""

    type: str
    payload: Any
    thread_id: UUID
    version: int = 1


def open_last_sent(node: Node, message_type: str) -> Incoming:
    """The last message of `message_type` that `node` submitted, as its partner opens it."""
    with node.active():
        row = OutboxMessage.objects.filter(type=message_type).order_by("submitted_at").last()
        assert row is not None
        envelope = parse_envelope(open_record(node, row.id, secret=row.secret, sealed=row.sealed)[1])
    return Incoming(envelope.type, envelope.payload, envelope.thread_id)


def hand_over(node: Node, partner_id: PartnerId, message: Incoming) -> str:
    """Hand one message to the handler of its type and return the code of its rejection."""
    assert isinstance(node.handlers, HandlerTable)
    handled = node.handlers.find(message.type, message.version)
    assert handled is not None
    value = handled.read(message.payload)
    if isinstance(value, HandlingResult):
        return value.code
    received = ReceivedMessage(
        message_id=MessageId(new_uuid(node)),
        partner_id=partner_id,
        thread_id=ThreadId(message.thread_id),
        received_at=node.clock.now(),
        value=value,
    )
    with transaction(node):
        (result,) = handled.handle(node, [received])
    return result.code
