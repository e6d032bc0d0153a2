"""What the pairing area puts on an operator's desk."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.access.api import Actor, Role
from entraide.channel.api import Circuit, PairingState, list_exchanges, list_pairings
from entraide.kernel.node import Node
from entraide.web.account.items import DeskItem


def pairing_items(node: Node, actor: Actor) -> Iterable[DeskItem]:
    """Yield digits that wait for a comparison, partners that are away, and messages that are held up here."""
    if not actor.has_role(Role.operator):
        return
    for pairing in list_pairings(node, open_only=True):
        if pairing.state is PairingState.COMPARE:
            yield DeskItem(
                area=_("Partners"),
                title=_("Compare digits with {partner}").format(partner=pairing.partner_name),
                text=_("A pairing waits for you."),
                href=reverse("pairing:pairing", args=[pairing.id]),
            )
    for exchange in list_exchanges(node):
        href = reverse("pairing:partner", args=[exchange.partner.id])
        if exchange.circuit is not Circuit.CLOSED:
            yield DeskItem(
                area=_("Partners"),
                title=_("{partner} does not answer").format(partner=exchange.partner.name),
                text=_("What is waiting is sent as soon as it answers."),
                href=href,
            )
        if exchange.blocked:
            yield DeskItem(
                area=_("Partners"),
                title=_("Messages of {partner} are held up here").format(partner=exchange.partner.name),
                text=_("A part of this program failed on them; nothing is lost. Look at the log of the program."),
                href=href,
            )
