"""A long answer in pieces: whatever its length, one piece of it is in memory.

Django reads a synchronous iterator whole before an asynchronous server may send it, so that such a server is given an
asynchronous one, whose pieces are made in the thread of the database.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from os import SEEK_END
from typing import IO

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

from entraide.kernel.node import Node

PIECE = 65_536
"""Characters, or bytes of a file, that are sent at once."""


def stream(request: HttpRequest, node: Node, texts: Iterable[str], content_type: str) -> StreamingHttpResponse:
    """Return an answer that sends `texts`; each piece is made while `node` is active."""
    pieces = _pieces(node, texts)
    content = _later(pieces) if isinstance(request, ASGIRequest) else pieces
    return StreamingHttpResponse(content, content_type=content_type)


def send_file(request: HttpRequest, file: IO[bytes], content_type: str) -> StreamingHttpResponse:
    """Return an answer that sends a file that was just written, from its beginning, and closes it."""
    size = file.seek(0, SEEK_END)
    file.seek(0)
    pieces = _FilePieces(file)
    content = _later(iter(pieces)) if isinstance(request, ASGIRequest) else pieces
    response = StreamingHttpResponse(content, content_type=content_type)
    response.headers["Content-Length"] = str(size)
    return response


class _FilePieces:
    """A file piece by piece; the answer closes it, also one that nobody waits for any more."""

    def __init__(self, file: IO[bytes]) -> None:
        self.close = file.close
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        with self._file:
            while piece := self._file.read(PIECE):
                yield piece


def _pieces(node: Node, texts: Iterable[str]) -> Iterator[bytes]:
    iterator = iter(texts)
    while True:
        held: list[str] = []
        size = 0
        with node.active():
            for text in iterator:
                held.append(text)
                size += len(text)
                if size >= PIECE:
                    break
        if not held:
            return
        yield "".join(held).encode()


async def _later(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    def following() -> bytes:
        return next(pieces, b"")

    while piece := await sync_to_async(following, thread_sensitive=True)():
        yield piece
