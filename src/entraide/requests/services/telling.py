"""Telling the other party of a request what happened: by a message, or not at all where it is on paper."""

from entraide.channel.api import submit_message
from entraide.kernel.ids import MessageId, ThreadId
from entraide.kernel.node import Node
from entraide.kernel.wire import Message
from entraide.requests.domain.case import Case
from entraide.requests.selectors import find_partner_of


def tell(node: Node, case: Case, message: Message) -> MessageId | None:
    """Hand a message about a request to the channel, in the request's own thread and with its urgency.

    Nothing is sent to a party on paper: people print it and take it there, and the journal's entry of the act says so.
    """
    if case.sides.on_paper:
        return None
    return submit_message(
        node,
        partner_id=find_partner_of(node, case.sides).id,
        message=message,
        thread_id=ThreadId(case.thread_id),
        urgent=case.urgent,
    )


def name_message(message_id: MessageId | None) -> dict[str, str]:
    """Return what an entry says of the message that left, if one did."""
    return {} if message_id is None else {"message": str(message_id)}
