"""How much anybody may send to a page: a body beyond the limit is passed over, never kept, and answered with one line.

Django keeps a whole body in a temporary file before it looks at the request, so the limit stands before Django. What is
beyond it is still taken from the connection for a while, because a browser shows no answer while it is sending.
"""

from entraide.documents.domain.errors import LARGEST_BYTES
from entraide.kernel.errors import BadInput
from entraide.kernel.text import N_
from entraide.peer.asgi import AsgiApplication, Message, Receive, Scope, Send

LARGEST_BODY = LARGEST_BYTES + 1024 * 1024
"""Bytes: the largest file that is read, and the form around it."""
PASSED_OVER = 512 * 1024 * 1024
"""Bytes that are taken and dropped before the connection is given up."""
TOO_LARGE = "entraide.body_too_large"
"""Key of the scope that tells the middleware."""


class BodyTooLarge(BadInput):
    """More was sent than any form of this site takes."""

    code = "config.body_too_large"
    message = N_("What was sent is larger than {limit} MB and was not kept.")
    remedy = N_("Choose a smaller file, such as the communiqué alone.")
    http_status = 413


def bound_bodies(application: AsgiApplication, *, largest: int = LARGEST_BODY) -> AsgiApplication:
    """Return `application` behind the limit: a body beyond `largest` bytes is cut there, and the scope says so."""

    async def bounded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        scope = {**scope, TOO_LARGE: not declared.isdigit() or int(declared) > largest}
        taken = 0

        async def receive_bounded() -> Message:
            nonlocal taken
            message = await receive()
            body = message.get("body", b"")
            if message["type"] != "http.request" or not isinstance(body, bytes):
                return message
            taken += len(body)
            if taken > PASSED_OVER:
                return {"type": "http.disconnect"}
            if taken > largest:
                scope[TOO_LARGE] = True
            return {**message, "body": b""} if scope[TOO_LARGE] else message

        await application(scope, receive_bounded, send)

    return bounded
