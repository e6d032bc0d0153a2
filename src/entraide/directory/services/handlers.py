"""What a partner's messages do in the directory.

Composition registers this with the channel, which calls it inside its transaction; the directory lies below the channel
and knows the message, not who carries it.
"""

from entraide.directory.domain.messages import AuthoritiesAnnounced
from entraide.directory.services.authorities import import_authorities
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PartnerId
from entraide.kernel.node import Node


def handle_authorities(node: Node, partner_id: PartnerId, message: AuthoritiesAnnounced) -> str | None:
    """Take over a partner's announced authorities; return None, or the code of the error that rejects the message."""
    try:
        import_authorities(node, partner_id=partner_id, authorities=message.authorities)
    except EntraideError as error:
        return error.code
    return None
