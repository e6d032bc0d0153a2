"""A press agency's web server on this machine: pages, a feed with validators, and every way of being a bad one."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Respond = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Agency:
    """What the server answers by path, and what it was asked: paths with their headers."""

    port: int
    pages: dict[str, bytes | Respond] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    def publish(self, *entries: tuple[str, str], etag: str = "") -> None:
        """Publish a feed (RSS) at /feed with entries of a path and a title, newest first."""
        items = "".join(
            f"<item><guid isPermaLink='false'>{path}</guid><link>{path}</link><title>{title}</title>"
            "<pubDate>Mon, 13 Jan 2025 08:00:00 +0700</pubDate></item>"
            for path, title in entries
        )
        data = f"<?xml version='1.0'?><rss version='2.0'><channel><title>A</title>{items}</channel></rss>".encode()

        def answer(request: BaseHTTPRequestHandler) -> None:
            if etag and request.headers.get("if-none-match") == etag:
                request.send_response(304)
                request.end_headers()
                return
            send(request, data, {"etag": etag, "content-type": "application/rss+xml"})

        self.pages["/feed"] = answer

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [path for path, _headers in self.asked]


def send(
    request: BaseHTTPRequestHandler, data: bytes, headers: dict[str, str] | None = None, status: int = 200
) -> None:
    """Answer with `data`."""
    request.send_response(status)
    for name, value in {"content-type": "text/html; charset=utf-8", **(headers or {})}.items():
        request.send_header(name, value)
    request.send_header("content-length", str(len(data)))
    request.end_headers()
    request.wfile.write(data)


def leading_to(address: str) -> Respond:
    """Return an answer that leads on to another address."""
    return lambda request: send(request, b"", {"location": address}, status=302)


@contextmanager
def agency() -> Iterator[Agency]:
    """Serve an agency until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            page = found.pages.get(self.path)
            try:
                if callable(page):
                    page(self)
                else:
                    send(self, page or b"nothing here", status=200 if page else 404)
            except (BrokenPipeError, ConnectionResetError):
                pass  # whoever asked had enough

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Agency(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
