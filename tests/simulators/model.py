"""A stub of an OpenAI-compatible endpoint on loopback, that answers as it is told, well or badly.

It speaks raw sockets, because half of what it does no HTTP library would do.
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Talk = Callable[[socket.socket], None]
"""What the server does with a connection once the question is read."""


@dataclass
class StubModel:
    """A running stub: its address and the questions that it was asked, headers and body."""

    url: str
    questions: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)


@contextmanager
def stub_model(talk: Talk) -> Iterator[StubModel]:
    """Serve until the block ends; every connection is treated by `talk`."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    stub = StubModel(f"http://127.0.0.1:{listener.getsockname()[1]}/v1")
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(5)
                try:
                    stub.questions.append(_read_question(connection))
                    talk(connection)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        ended.set()
        thread.join(5)
        listener.close()


def _read_question(connection: socket.socket) -> tuple[dict[str, str], dict[str, Any]]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {"": lines[0]}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    return headers, json.loads(body)


def http(
    body: bytes, *, status: str = "200 OK", kind: str = "application/json", more: str = "", size: int = -1
) -> bytes:
    """Return an HTTP answer; `size` is what it claims of its length."""
    claimed = len(body) if size < 0 else size
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {claimed}\r\nConnection: close\r\n{more}\r\n"
    return head.encode() + body


def completion(content: object, *, finish: str = "stop") -> bytes:
    """Return the body of a chat completion; `content` is the model's text, or an object that becomes JSON."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode()


def says(content: object, *, finish: str = "stop") -> Talk:
    """Answer a well-formed completion."""
    return sends(http(completion(content, finish=finish)))


def sends(data: bytes) -> Talk:
    """Send the bytes and hang up."""
    return lambda connection: connection.sendall(data)


def drips(data: bytes, seconds: float = 0.05) -> Talk:
    """Send one byte at a time, each within any time-out of a single read."""

    def talk(connection: socket.socket) -> None:
        for place in range(len(data)):
            connection.sendall(data[place : place + 1])
            time.sleep(seconds)

    return talk


def waits(seconds: float) -> Talk:
    """Say nothing for a while."""
    return lambda _connection: time.sleep(seconds)


def floods(size: int) -> Talk:
    """Send a body of `size` bytes in pieces, without a stated length."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{")
        for _ in range(size // 65536):
            connection.sendall(b" " * 65536)

    return talk
