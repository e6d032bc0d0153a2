"""What a partner's messages do in the directory.

A message of the type below carries the partner's own authorities; composition registers it with the channel, which
calls it inside its transaction. The shapes of the message and of the result are the channel's, named here by what is
read from them, because the directory lies below the channel.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from entraide.directory.domain.errors import BadAuthority
from entraide.directory.services.authorities import import_authorities
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PartnerId
from entraide.kernel.node import Node

AUTHORITIES_MESSAGE = ("directory.authorities", 1)


class CarriesAuthorities(Protocol):
    """The parts of a received message that the directory reads."""

    @property
    def partner_id(self) -> PartnerId:
        """Who sent it."""
        ...

    @property
    def payload(self) -> Mapping[str, Any]:
        """What it says."""
        ...


def handle_authorities(node: Node, message: CarriesAuthorities) -> str | None:
    """Take over a partner's announced authorities; return None, or the code of the error that rejects the message."""
    try:
        authorities = message.payload.get("authorities")
        if not isinstance(authorities, list):
            raise BadAuthority(why="the message holds no list")
        import_authorities(node, partner_id=message.partner_id, authorities=authorities)
    except EntraideError as error:
        return error.code
    return None
