"""A partner and the exchange with it, together."""

from dataclasses import dataclass

from entraide.channel.domain.errors import NoExchange
from entraide.channel.models import Exchange
from entraide.directory.api import Partner, find_partner, get_partner
from entraide.kernel.ids import PartnerId
from entraide.kernel.node import Node
from entraide.storage.api import find_object


@dataclass(frozen=True, slots=True)
class Partnership:
    """What the directory knows of a partner, and the row of the exchange with it."""

    partner: Partner
    exchange: Exchange


def find_partnership(node: Node, partner_id: PartnerId) -> Partnership:
    """Return the partnership with `partner_id`; raises `NoExchange`."""
    with node.active():
        exchange = _find_exchange(node, partner_id)
        if exchange is None:
            raise NoExchange
        return Partnership(get_partner(node, partner_id), exchange)


def find_by_name(node: Node, name: object) -> Partnership | None:
    """Return the partnership with the node called `name`, or None; anything may be asked."""
    if not isinstance(name, str):
        return None
    with node.active():
        partner = find_partner(node, name)
        exchange = None if partner is None else _find_exchange(node, partner.id)
        return None if partner is None or exchange is None else Partnership(partner, exchange)


def lock_exchange(node: Node, partnership: Partnership) -> Exchange:
    """Return the exchange's row as it is now, locked until the running transaction ends; raises `NoExchange`."""
    exchange = find_object(node.database, Exchange, where={"id": partnership.exchange.id}, lock="UPDATE")
    if exchange is None:
        raise NoExchange
    return exchange


def _find_exchange(node: Node, partner_id: PartnerId) -> Exchange | None:
    return find_object(node.database, Exchange, where={"partner_id": partner_id})
