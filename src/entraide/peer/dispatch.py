"""What a partner may ask, without a server around it: a path and a body in, a status and a body out."""

import structlog

from entraide.channel.api import receive_batch, receive_pairing_step, receive_statements
from entraide.channel.domain.posts import ErrorAnswer
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node, PeerResponse

log = structlog.get_logger(__name__)

MAX_SMALL = 1024 * 1024
MAX_BATCH = 6 * 1024 * 1024
LIMITS = {
    "/peer/v1/batches": MAX_BATCH,
    "/peer/v1/evidences": MAX_SMALL,
    "/peer/v1/pairing": 64 * 1024,
}
_SERVICES = {
    "/peer/v1/batches": receive_batch,
    "/peer/v1/evidences": receive_statements,
    "/peer/v1/pairing": receive_pairing_step,
}


def dispatch(node: Node, path: str, body: bytes) -> PeerResponse:
    """Return the answer of `node` to a POST of `body`; an error of the tree becomes its status, code and remedy.

    A defect becomes a bare 500: the partner sends again later, and only the kind of the exception is logged.
    """
    service = _SERVICES.get(path)
    if service is None:
        return error_response(
            404, "peer.no_such_path", "There is nothing at this path.", "Check the protocol's version."
        )
    try:
        return PeerResponse(200, service(node, body))
    except EntraideError as error:
        return error_response(error.http_status, error.code, str(error), error.remedy_text)
    except Exception as error:  # noqa: BLE001 - a partner learns nothing of a defect but that it may try again
        log.error("peer_defect", path=path, error=type(error).__name__)  # noqa: TRY400 - no text
        return error_response(500, "peer.defect", "The node could not do this.", "Send it again later.")


def error_response(status: int, code: str, message: str, remedy: str) -> PeerResponse:
    """Return an error in the form that every partner reads: JSON with code, message and remedy, in English."""
    return PeerResponse(status, ErrorAnswer(code, message, remedy).to_bytes())
