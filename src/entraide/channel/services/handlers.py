"""What the channel itself does with messages: a partner's authorities, and the head of its own log."""

from collections.abc import Sequence
from typing import Final

from entraide.channel.domain.errors import BadWitness
from entraide.channel.domain.handling import Handled, HandlingResult, ReceivedMessage
from entraide.channel.domain.messages import HeadTold
from entraide.channel.models import WitnessedCheckpoint
from entraide.directory.api import get_partner, handle_authorities
from entraide.directory.domain.messages import AuthoritiesAnnounced
from entraide.journal.api import parse_checkpoint, verify_checkpoint
from entraide.journal.domain.notes import own_origin
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node


def handle_partner_authorities(
    node: Node, messages: Sequence[ReceivedMessage[AuthoritiesAnnounced]]
) -> list[HandlingResult]:
    """Take over each announced list of a partner's authorities."""
    return [HandlingResult(handle_authorities(node, message.partner_id, message.value) or "") for message in messages]


def handle_witnesses(node: Node, messages: Sequence[ReceivedMessage[HeadTold]]) -> list[HandlingResult]:
    """Keep each head that a partner tells of its own log; one that contradicts an earlier one is rejected with a code.

    1. The note is a checkpoint of the partner's own log, signed with its keys of that day.
    2. It is not smaller than what was witnessed before, and of equal size only with an equal root.
    """
    return [_witness(node, message) for message in messages]


def _witness(node: Node, message: ReceivedMessage[HeadTold]) -> HandlingResult:
    partner = get_partner(node, message.partner_id)
    try:
        signed = parse_checkpoint(message.value.checkpoint)
        verify_checkpoint(
            signed,
            origin=own_origin(partner.name),
            author=partner.name,
            history=partner.keys,
            stored_at=message.received_at,
        )
        last = WitnessedCheckpoint.objects.filter(partner_id=partner.id).order_by("-size").first()
        if last is not None and signed.size < last.size:
            raise BadWitness(why="its log is shorter than it was before")
        if last is not None and signed.size == last.size:
            if signed.root != bytes(last.root):
                raise BadWitness(why="its log has two histories")
            return HandlingResult.accepted()
    except EntraideError as error:
        return HandlingResult.rejected(error.code)
    WitnessedCheckpoint.objects.create(
        id=new_uuid(node),
        partner_id=partner.id,
        size=signed.size,
        root=signed.root,
        note=signed.text,
        at=node.clock.now(),
    )
    return HandlingResult.accepted()


HANDLERS: Final = (
    Handled(AuthoritiesAnnounced, handle_partner_authorities),
    Handled(HeadTold, handle_witnesses),
)
"""The channel's own handlers, for composition like everybody's."""
