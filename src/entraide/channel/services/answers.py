"""Reading a partner's answers."""

from entraide.channel.domain.posts import ErrorAnswer
from entraide.kernel.codecs import Malformed
from entraide.kernel.node import PeerResponse


def partner_code(response: PeerResponse) -> str:
    """Return the code in a partner's error answer, or an empty text when it has none."""
    try:
        return ErrorAnswer.from_bytes(response.body).code
    except Malformed:
        return ""
