"""What a partner's messages do here. Each handler verifies first, applies once, and says accepted or why not.

The channel calls them in its own transaction. Codes of rejection reveal nothing but what the sender itself sent.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from django.db import transaction as database_transaction

from entraide.channel.api import Handled, HandlingResult, ReceivedMessage
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.kernel.wire import Message
from entraide.requests.domain.lifecycle import ActOutOfTurn
from entraide.requests.domain.messages import (
    RequestAcknowledged,
    RequestAnswered,
    RequestProgressed,
    RequestReleased,
    RequestWithdrawn,
)
from entraide.requests.services.receiving import (
    BadMessage,
    accept_acknowledgement,
    accept_answer,
    accept_progress,
    accept_request,
    accept_withdrawal,
)

Value = TypeVar("Value", bound=Message)
Accept = Callable[[Node, ReceivedMessage[Value]], None]


def _handled(message: type[Value], accept: Accept[Value]) -> Handled[Value]:
    """Return the handler that applies `accept` to each message of a class in a savepoint of its own."""

    def handle(node: Node, messages: Sequence[ReceivedMessage[Value]]) -> Sequence[HandlingResult]:
        return [_handle(node, message, accept) for message in messages]

    return Handled(message, handle)


def _handle(node: Node, message: ReceivedMessage[Value], accept: Accept[Value]) -> HandlingResult:
    try:
        with database_transaction.atomic(using=node.database):
            accept(node, message)
    except BadMessage as error:
        return HandlingResult.rejected(error.why)
    except ActOutOfTurn:
        return HandlingResult.rejected("out_of_turn")
    except EntraideError as error:
        return HandlingResult.rejected(error.code)
    return HandlingResult.accepted()


HANDLERS: Final = (
    _handled(RequestReleased, accept_request),
    _handled(RequestAcknowledged, accept_acknowledgement),
    _handled(RequestProgressed, accept_progress),
    _handled(RequestAnswered, accept_answer),
    _handled(RequestWithdrawn, accept_withdrawal),
)
"""One handler per class of messages; composition gives them to the node."""
