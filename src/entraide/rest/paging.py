"""Pages of lists: addresses of the neighbouring ones in the body and in the Link header (RFC 8288)."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from entraide.programme.domain.cursors import Cursor, parse_cursor, write_cursor
from entraide.rest.interface import node_of

NO_DAY = date.min


class Identified(Protocol):
    """Something with an id."""

    @property
    def id(self) -> UUID:
        """The id."""


Item = TypeVar("Item", bound=Identified)


def link_pages(
    request: HttpRequest, response: HttpResponse, next_cursor: str | None, previous_cursor: str | None
) -> dict[str, str | None]:
    """Return the addresses of the neighbouring pages, and set them in the Link header of `response`."""
    found = {"next": _address(request, next_cursor), "previous": _address(request, previous_cursor)}
    relations = {"next": "next", "previous": "prev"}
    links = [f'<{found[name]}>; rel="{relation}"' for name, relation in relations.items() if found[name]]
    links.append(f'<{node_of(request).settings.origin}/api/openapi.json>; rel="service-desc"')
    response.headers["Link"] = ", ".join(links)
    return found


def page_by_id(
    read: Callable[[UUID | None, bool, int], Sequence[Item]], cursor: str | None, limit: int
) -> tuple[list[Item], str | None, str | None]:
    """Return a page of a list in the order of ids and its neighbours' cursors; raises `NotACursor`.

    `read(beyond, backwards, limit)` returns rows from beyond an id on, in the order of the list or, `backwards`, in the
    opposite one.
    """
    place = parse_cursor(cursor) if cursor else None
    backwards = place is not None and place.backwards
    rows = list(read(place.id if place else None, backwards, limit + 1))
    goes_on = len(rows) > limit
    rows = rows[:limit][::-1] if backwards else rows[:limit]
    if not rows:
        return [], None, None
    following = write_cursor(Cursor(NO_DAY, rows[-1].id)) if goes_on or backwards else None
    preceding = write_cursor(Cursor(NO_DAY, rows[0].id, backwards=True))
    return rows, following, preceding if (goes_on if backwards else place) else None


def _address(request: HttpRequest, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = [(name, value) for name, values in request.GET.lists() if name != "cursor" for value in values]
    return f"{node_of(request).settings.origin}{request.path}?{urlencode([*query, ('cursor', cursor)])}"
