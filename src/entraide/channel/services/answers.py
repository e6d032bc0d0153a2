"""Reading a partner's answers."""

from entraide.kernel.canonical import NotCanonical, parse_canonical
from entraide.kernel.node import PeerResponse


def partner_code(response: PeerResponse) -> str:
    """Return the code in a partner's error answer, or an empty text when it has none."""
    try:
        code = parse_canonical(response.body)["code"]
    except (NotCanonical, KeyError, TypeError):
        return ""
    return code[:80] if isinstance(code, str) and code.isascii() else ""
