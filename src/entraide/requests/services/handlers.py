"""What a partner's messages do here. Each handler verifies first, applies once, and says accepted or why not.

The channel calls them in its own transaction. Codes of rejection reveal nothing but what the sender itself sent.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.db import transaction as database_transaction

from entraide.channel.api import Handler, HandlingResult, ReceivedMessage
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.requests.domain.lifecycle import ActOutOfTurn
from entraide.requests.services.receiving import (
    BadMessage,
    accept_acknowledgement,
    accept_answer,
    accept_progress,
    accept_request,
    accept_withdrawal,
)

Accept = Callable[[Node, ReceivedMessage], None]


def _handle_each(accept: Accept) -> Handler:
    """Return the handler that applies `accept` to each message in a savepoint of its own."""

    def handle(node: Node, messages: Sequence[ReceivedMessage]) -> Sequence[HandlingResult]:
        return [_handle(node, message, accept) for message in messages]

    return handle


def _handle(node: Node, message: ReceivedMessage, accept: Accept) -> HandlingResult:
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


HANDLERS: Final[Mapping[tuple[str, int], Handler]] = {
    ("requests.released", 1): _handle_each(accept_request),
    ("requests.acknowledged", 1): _handle_each(accept_acknowledgement),
    ("requests.progressed", 1): _handle_each(accept_progress),
    ("requests.answered", 1): _handle_each(accept_answer),
    ("requests.withdrawn", 1): _handle_each(accept_withdrawal),
}
"""One handler per message type and version; composition registers them with the channel."""
