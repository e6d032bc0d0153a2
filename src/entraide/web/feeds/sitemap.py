"""All public pages for search engines and archives: an index of parts, each fact with the day of its last change.

Sitemaps.org, protocol 0.9. The parts of a kind follow the order in which facts were recorded, so that a part that is
full changes only where one of its facts does. Addresses are the publisher's own, by whatever name a visitor came:
answers are kept and given to others.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID
from xml.sax.saxutils import escape

from django.http import HttpRequest
from django.urls import reverse

from entraide.communiques.api import page_public_sources
from entraide.kernel.languages import SPOKEN
from entraide.kernel.node import Node
from entraide.programme.api import find_steps, list_ids, list_listed_kinds, load_kinds
from entraide.programme.domain.kinds import Kind
from entraide.publication.api import AboutPage
from entraide.web.feeds.answers import Made, machine_readable
from entraide.web.http import node_of
from entraide.web.register.dating import list_recorded
from entraide.web.register.described import kind_with_page

XML = "application/xml; charset=utf-8"
PART = 5000
"""Addresses in a part, each with its languages; the protocol allows 50,000."""
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
SOURCE = "source"


@machine_readable
def sitemap(request: HttpRequest) -> Made:
    """Answer the index of all parts."""
    node = node_of(request)
    return Made(XML, lambda: _document("sitemapindex", _index(node)))


@machine_readable
def lists(request: HttpRequest) -> Made:
    """Answer the part with pages that show no single fact."""
    origin = node_of(request).settings.origin
    return Made(XML, lambda: _document("urlset", (_url(origin, path) for path in _pages())))


@machine_readable
def part(request: HttpRequest, table: str, after: UUID | None = None) -> Made:
    """Answer the part with the facts of a kind that were recorded after one; raises `NoSuchPageOfAFact`."""
    node, kind = node_of(request), kind_with_page(table)
    return Made(XML, lambda: _document("urlset", _facts(node, kind, after)))


def _index(node: Node) -> Iterator[str]:
    yield _entry(node.settings.origin, reverse("feeds:sitemap_lists"))
    for kind in load_kinds():
        if kind.has_page:
            for after in (None, *_steps(node, kind)):
                named = {"table": kind.table} | ({"after": after} if after else {})
                yield _entry(node.settings.origin, reverse("feeds:sitemap_part", kwargs=named))


def _entry(origin: str, path: str) -> str:
    return f"<sitemap><loc>{escape(origin + path)}</loc></sitemap>"


def _facts(node: Node, kind: Kind, after: UUID | None) -> Iterator[str]:
    ids = _ids(node, kind, after)
    recorded = list_recorded(node, ids)
    for item in ids:
        yield _url(node.settings.origin, f"/{kind.table}/{item}/", recorded[item].changed)


def _url(origin: str, path: str, changed: datetime | None = None) -> str:
    """Return an address with its languages, so that an archive keeps the page in each."""
    address = escape(origin + path)
    last = f"<lastmod>{changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed else ""
    others = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}?lang={code}"/>' for code in SPOKEN)
    return f"<url><loc>{address}</loc>{last}{others}</url>"


def _pages() -> Iterator[str]:
    names = ("home", *(kind.table for kind in list_listed_kinds()), "map", "organisations")
    yield from (reverse(f"register:{name}") for name in names)
    yield from (
        reverse(name) for name in ("sources:sources", "sources:kinds", "feeds:data", "feeds:verify", "exports:tables")
    )
    yield from (reverse("about:overview"), reverse("about:api"))
    yield from (reverse("about:page", args=[page.value]) for page in AboutPage)


def _ids(node: Node, kind: Kind, after: UUID | None) -> list[UUID]:
    """Return the ids of a part; of sources only those that the register cites are public."""
    if kind.name == SOURCE:
        return [item.id for item in page_public_sources(node, beyond=after, backwards=True, limit=PART)]
    return list_ids(node, kind, after=after, limit=PART)


def _steps(node: Node, kind: Kind) -> list[UUID]:
    """Return the last id of each part that is full."""
    if kind.name != SOURCE:
        return find_steps(node, kind, PART)
    found: list[UUID] = []
    while len(ids := _ids(node, kind, found[-1] if found else None)) == PART:
        found.append(ids[-1])
    return found


def _document(name: str, rows: Iterable[str]) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{SCHEMA}" xmlns:xhtml="{XHTML}">'
    return "\n".join((head, *rows, f"</{name}>\n")).encode()
