"""The door of the channel."""

from entraide.channel.adapters.http_transport import HttpTransport
from entraide.channel.domain.delivery import Circuit
from entraide.channel.domain.duties import Duty
from entraide.channel.domain.errors import (
    AlreadyPaired,
    BadOrigin,
    NoExchange,
    NoSuchMessage,
    NotForThisNode,
    PairingClosed,
    PartnerAway,
    WrongDigits,
    WrongFingerprint,
)
from entraide.channel.domain.evidence import Evidence, EvidenceKind
from entraide.channel.domain.handling import Handled, HandlerTable, HandlingResult, ReceivedMessage
from entraide.channel.domain.pairing import PairingId, PairingState
from entraide.channel.selectors import (
    ExchangeView,
    MessageView,
    PairingView,
    find_pairing,
    list_evidences,
    list_exchanges,
    list_message_evidences,
    list_pairings,
)
from entraide.channel.services.connections import tidy_connection
from entraide.channel.services.evidences import receive_statements, record_retrieval
from entraide.channel.services.handlers import HANDLERS
from entraide.channel.services.pairing import abort_pairing, confirm_pairing, pairing_digits, start_pairing
from entraide.channel.services.pairing_peer import receive_pairing_step
from entraide.channel.services.receiving import receive_batch
from entraide.channel.services.sending import deliver_pending, try_partner_now
from entraide.channel.services.submission import submit_message
from entraide.channel.services.verification import verify_evidences
from entraide.channel.services.worker import run_delivery, run_housekeeping

__all__ = [
    "HANDLERS",
    "AlreadyPaired",
    "BadOrigin",
    "Circuit",
    "Duty",
    "Evidence",
    "EvidenceKind",
    "ExchangeView",
    "Handled",
    "HandlerTable",
    "HandlingResult",
    "HttpTransport",
    "MessageView",
    "NoExchange",
    "NoSuchMessage",
    "NotForThisNode",
    "PairingClosed",
    "PairingId",
    "PairingState",
    "PairingView",
    "PartnerAway",
    "ReceivedMessage",
    "WrongDigits",
    "WrongFingerprint",
    "abort_pairing",
    "confirm_pairing",
    "deliver_pending",
    "find_pairing",
    "list_evidences",
    "list_exchanges",
    "list_message_evidences",
    "list_pairings",
    "pairing_digits",
    "receive_batch",
    "receive_pairing_step",
    "receive_statements",
    "record_retrieval",
    "run_delivery",
    "run_housekeeping",
    "start_pairing",
    "submit_message",
    "tidy_connection",
    "try_partner_now",
    "verify_evidences",
]
