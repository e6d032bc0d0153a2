"""The Data Package: the latest, made anew after a change, and the edition of a day, sent as they lie on disk."""

from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from entraide.tables.api import find_package, refresh_package
from entraide.web.http import node_of

PIECE = 262_144
FRESH_SECONDS = 3600
PATIENCE = 5.0
"""Seconds that a visitor waits for one that is made anew, before the one from before is sent."""


class DayConverter:
    """A day in an address, as 2025-01-12."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the day; raises `ValueError` for one that no calendar has."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Return the day as text."""
        return value.isoformat()


@require_safe
def download(request: HttpRequest, day: date | None = None) -> HttpResponseBase:
    """Send the latest package, or the edition of `day`; unchanged since the last download, nothing is sent."""
    node = node_of(request)
    if day is None:
        refresh_package(node, patience=PATIENCE)
    file = find_package(node, day)
    status = file.stat()
    tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=tag, last_modified=int(status.st_mtime))
    if response is None:
        response = _send(request, file)
        response.headers["Content-Length"] = str(status.st_size)
        name = f"{node.settings.name}-{file.name}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["ETag"] = tag
    response.headers["Last-Modified"] = http_date(status.st_mtime)
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response.headers["Link"] = f'<{node.settings.origin}{reverse("exports:tables")}>; rel="describedby"'
    return response


def _send(request: HttpRequest, file: Path) -> HttpResponseBase:
    content = _later(file) if isinstance(request, ASGIRequest) else _pieces(file)
    return StreamingHttpResponse(content, content_type="application/zip")


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


async def _later(file: Path) -> AsyncIterator[bytes]:
    pieces = _pieces(file)

    def following() -> bytes:
        return next(pieces, b"")

    while piece := await sync_to_async(following, thread_sensitive=False)():
        yield piece
