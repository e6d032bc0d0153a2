"""The peer door as a raw ASGI application: byte limits before a body is read, deadlines while it is.

A half-sent body costs a coroutine, never a thread: only a complete body is handed to one of a few worker threads.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from entraide.channel.api import tidy_connection
from entraide.kernel.node import Node, PeerResponse
from entraide.peer.dispatch import LIMITS, dispatch, error_response

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApplication = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_SECONDS = 20.0
ANSWER_SECONDS = 60.0
THREADS = 4
MOST_WAITING = 32


class _Refusal(Exception):
    """An answer that is given before or while the body is read."""

    def __init__(self, answer: PeerResponse) -> None:
        super().__init__(answer.status)
        self.answer = answer


def build_application(node: Node, *, body_seconds: float = BODY_SECONDS) -> AsgiApplication:
    """Return the ASGI application of the peer door of `node`.

    A body must be complete within `body_seconds`. Statuses: 404 unknown path, 405 not POST, 413 above the limit of the
    path, 408 too slow, 503 too many at once; otherwise those of `dispatch`.
    """
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="peer")
    waiting = 0

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal waiting
        if scope["type"] != "http":
            return
        try:
            body = await _read_request(scope, receive, body_seconds)
            _demand_room(waiting)
            waiting += 1
            try:
                loop = asyncio.get_running_loop()
                work = loop.run_in_executor(pool, _answer, node, str(scope["path"]), body)
                answer = await asyncio.wait_for(asyncio.shield(work), ANSWER_SECONDS)
            except TimeoutError:
                answer = error_response(503, "peer.busy", "The node is busy.", "Send it again later.")
            finally:
                waiting -= 1
        except _Refusal as refusal:
            answer = refusal.answer
        except ConnectionError:
            return
        await _send(send, answer)

    return application


def _answer(node: Node, path: str, body: bytes) -> PeerResponse:
    tidy_connection(node)
    return dispatch(node, path, body)


def _demand_room(waiting: int) -> None:
    if waiting >= MOST_WAITING:
        raise _Refusal(error_response(503, "peer.busy", "The node is busy.", "Send it again later."))


async def _read_request(scope: Scope, receive: Receive, body_seconds: float) -> bytes:
    limit = LIMITS.get(str(scope["path"]))
    if limit is None:
        raise _Refusal(
            error_response(404, "peer.no_such_path", "There is nothing at this path.", "Check the protocol's version.")
        )
    if scope["method"] != "POST":
        raise _Refusal(error_response(405, "peer.post_only", "This path takes POST only.", "Send a POST."))
    declared = dict(scope["headers"]).get(b"content-length", b"")
    if declared.isdigit() and int(declared) > limit:
        raise _too_large(limit)
    try:
        return await asyncio.wait_for(_read_body(receive, limit), body_seconds)
    except TimeoutError as error:
        raise _Refusal(
            error_response(408, "peer.too_slow", "The body took too long.", "Send it again over a better line.")
        ) from error


async def _read_body(receive: Receive, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        part = bytes(message.get("body", b""))
        size += len(part)
        if size > limit:
            raise _too_large(limit)
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _too_large(limit: int) -> _Refusal:
    message = f"The body is larger than {limit} bytes."
    return _Refusal(error_response(413, "peer.too_large", message, "Send smaller batches."))


async def _send(send: Send, answer: PeerResponse) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(answer.body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
