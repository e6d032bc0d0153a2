"""Tables of the exchange. What must never happen twice is a unique constraint, never a look before a write."""

from entraide.channel.models.evidence import EvidenceStatement, WitnessedCheckpoint
from entraide.channel.models.exchange import Exchange
from entraide.channel.models.inbox import InboxMessage, ReceivedBatch
from entraide.channel.models.outbox import Batch, OutboxMessage
from entraide.channel.models.pairing import Pairing

__all__ = [
    "Batch",
    "EvidenceStatement",
    "Exchange",
    "InboxMessage",
    "OutboxMessage",
    "Pairing",
    "ReceivedBatch",
    "WitnessedCheckpoint",
]
