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
from django.views.decorators.http import require_GET

from entraide.directory.api import page_organisations, page_posts
from entraide.programme.api import (
    CommitmentFilter,
    InstrumentFilter,
    MechanismFilter,
    MeetingFilter,
    page_commitments,
    page_instruments,
    page_mechanisms,
    page_meetings,
)

LATEST = 1000
"""Facts of each kind in the sitemap; older ones are reached by the lists, which page through all."""
PRIVATE = ("accounts", "desk", "journal", "pairing", "plans", "proposals", "requests", "search")
LISTS = ("home", "mechanisms", "meetings", "instruments", "commitments", "map", "organisations")


@require_GET
def show_robots(request: HttpRequest) -> HttpResponse:
    """Tell which pages are not for search engines, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: /{area}/" for area in PRIVATE)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('register:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_GET
def show_sitemap(request: HttpRequest) -> HttpResponse:
    """List the public pages of the latest facts (sitemaps.org, protocol 0.9)."""
    rows = (f"<url><loc>{escape(request.build_absolute_uri(path))}</loc></url>" for path in _paths())
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return HttpResponse("\n".join((head, *rows, "</urlset>\n")), content_type="application/xml; charset=utf-8")


def _paths() -> Iterator[str]:
    facts: dict[str, list[UUID]] = {
        "mechanism": [item.id for item in page_mechanisms(MechanismFilter(), limit=LATEST).items],
        "meeting": [item.id for item in page_meetings(MeetingFilter(), limit=LATEST).items],
        "instrument": [item.id for item in page_instruments(InstrumentFilter(), limit=LATEST).items],
        "commitment": [item.id for item in page_commitments(CommitmentFilter(), limit=LATEST).items],
        "organisation": [item.id for item in page_organisations(backwards=True, limit=LATEST)],
        "post": [item.id for item in page_posts(backwards=True, limit=LATEST)],
    }
    lists = (reverse(f"register:{name}") for name in LISTS)
    pages = (reverse(f"register:{kind}", args=[item]) for kind, ids in facts.items() for item in ids)
    return chain(lists, [reverse("sources:sources")], pages)
