"""What search engines are told: which pages are public, and where the latest facts are.

A permalink carries no language (ADR 4), so there is one address for all readers and nothing like `hreflang`; the
answer itself says which language it is in and that it varies.
"""

from collections.abc import Iterator
from itertools import chain
from uuid import UUID
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from entraide.directory.api import page_organisations, page_posts
from entraide.kernel.node import Node
from entraide.programme.api import list_listed_kinds, plug_of
from entraide.programme.domain.plugs import Narrowed
from entraide.web.http import node_of

LATEST = 1000
"""Facts of each kind in the sitemap; older ones are reached by the lists, which page through all."""
PRIVATE = ("accounts", "desk", "journal", "pairing", "plans", "proposals", "requests", "search")


@require_safe
def show_robots(request: HttpRequest) -> HttpResponse:
    """Tell which pages are not for search engines, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: /{area}/" for area in PRIVATE)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('register:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def show_sitemap(request: HttpRequest) -> HttpResponse:
    """List the public pages of the latest facts (sitemaps.org, protocol 0.9)."""
    rows = (f"<url><loc>{escape(request.build_absolute_uri(path))}</loc></url>" for path in _paths(node_of(request)))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return HttpResponse("\n".join((head, *rows, "</urlset>\n")), content_type="application/xml; charset=utf-8")


def _paths(node: Node) -> Iterator[str]:
    facts: dict[str, list[UUID]] = {}
    for kind in list_listed_kinds():
        pages = plug_of(kind.name).pages(node, Narrowed(), LATEST)
        facts[kind.name] = [item.id for item in next(pages)]
    facts["organisation"] = [item.id for item in page_organisations(node, backwards=True, limit=LATEST)]
    facts["post"] = [item.id for item in page_posts(node, backwards=True, limit=LATEST)]
    names = ("home", *(kind.table for kind in list_listed_kinds()), "map", "organisations")
    pages_of_facts = (reverse(f"register:{kind}", args=[item]) for kind, ids in facts.items() for item in ids)
    return chain((reverse(f"register:{name}") for name in names), [reverse("sources:sources")], pages_of_facts)
