"""HTTP to a partner's node: deadlines, a limit on answers, and no redirects."""

import time
from typing import Final

import httpx

from entraide.channel.domain.errors import PartnerAway
from entraide.kernel.node import PeerResponse
from entraide.kernel.text import N_

MAX_ANSWER: Final = 1024 * 1024
CONNECT_SECONDS: Final = 5.0


class HttpTransport:
    """Implements `kernel.node.Transport` over HTTP/1.1 with connections kept open; safe for threads."""

    def __init__(self, *, max_answer: int = MAX_ANSWER) -> None:
        """Take the largest answer, in bytes, that is read."""
        self._max_answer = max_answer
        self._client = httpx.Client(follow_redirects=False, trust_env=False, limits=httpx.Limits(max_connections=32))

    def post(self, origin: str, path: str, body: bytes, *, timeout: float) -> PeerResponse:
        """Send `body` to `origin` + `path`, whole answer within `timeout` seconds; raises `PartnerAway`."""
        deadline = time.monotonic() + timeout
        limits = httpx.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS))
        headers = {"content-type": "application/octet-stream", "accept": "application/json"}
        try:
            with self._client.stream("POST", origin + path, content=body, headers=headers, timeout=limits) as answer:
                return PeerResponse(answer.status_code, self._read(answer, origin, deadline))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise PartnerAway(origin=origin, why=_why(error)) from error

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def _read(self, answer: httpx.Response, origin: str, deadline: float) -> bytes:
        """Read piece by piece: a time-out per read would let a slow partner hold the worker for ever."""
        parts: list[bytes] = []
        size = 0
        for part in answer.iter_bytes():
            size += len(part)
            if size > self._max_answer:
                raise PartnerAway(origin=origin, why=N_("its answer is too long"))
            if time.monotonic() > deadline:
                raise PartnerAway(origin=origin, why=N_("its answer took too long"))
            parts.append(part)
        return b"".join(parts)


def _why(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return N_("no answer in time")
    if isinstance(error, httpx.ConnectError):
        return N_("no connection")
    return type(error).__name__
