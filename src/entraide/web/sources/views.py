"""Sources as the public reads them: what each is, and which passages of it the register cites.

A press report is not ours to publish: of it only the cited passages are shown, with a few words around them.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entraide.communiques.api import CitationView, SourceKind, Span, get_source, list_cited, list_sources
from entraide.web.proposals.texts import FIELDS, FORMATS, SOURCE_KINDS, fact_name
from entraide.web.proposals.views import place_segments

AROUND = 80
"""Characters shown before and after a passage of the press."""
PAGES = {"mechanism", "series", "meeting", "instrument", "commitment"}


@require_GET
def show_sources(request: HttpRequest) -> HttpResponse:
    """List the sources that the register cites."""
    sources = [(source, SOURCE_KINDS[source.kind]) for source in list_sources(public_only=True)]
    trail = [{"label": _("Register"), "href": "/"}, {"label": _("Sources")}]
    return render(request, "sources/sources.html", {"sources": sources, "trail": trail})


@require_GET
def show_source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Show one cited source; a source from which nobody kept anything is not public."""
    source = get_source(source_id)
    cited = list_cited(source_id)
    if not cited:
        raise Http404
    press = source.summary.kind is SourceKind.PRESS
    title = source.summary.title or source.summary.name
    trail = [
        {"label": _("Register"), "href": "/"},
        {"label": _("Sources"), "href": reverse("sources:sources")},
        {"label": title},
    ]
    spans = [Span(item.start, item.end, item.field) for item in cited]
    context = {
        "source": source.summary,
        "title": title,
        "kind": SOURCE_KINDS[source.summary.kind],
        "sha256": source.sha256,
        "file_sha256": source.file_sha256,
        "format": FORMATS.get(source.media_type, source.media_type),
        "press": press,
        "segments": [] if press else place_segments(source.text, spans),
        "passages": _passages(source.text, cited),
        "trail": trail,
    }
    return render(request, "sources/source.html", context)


def _passages(text: str, cited: Sequence[CitationView]) -> list[dict[str, Any]]:
    """Return each cited span once, with the words around it and the facts that it shows."""
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for item in cited:
        row = found.setdefault((item.start, item.end), _passage(text, item))
        fact: dict[str, Any] = {
            "name": fact_name(item.fact_kind),
            "href": fact_href(item.fact_kind, item.fact_id),
            "fields": [],
        }
        known = next((one for one in row["facts"] if one["href"] == fact["href"] and one["name"] == fact["name"]), None)
        if known is None:
            row["facts"].append(fact)
            known = fact
        known["fields"].append(FIELDS.get(item.field, item.field))
        row["corrected"] = row["corrected"] or item.corrected
    return list(found.values())


def _passage(text: str, item: CitationView) -> dict[str, Any]:
    start, end = max(0, item.start - AROUND), item.end + AROUND
    return {
        "start": item.start,
        "before": ("…" if start else "") + text[start : item.start],
        "quote": item.quote,
        "after": text[item.end : end] + ("…" if end < len(text) else ""),
        "facts": [],
        "corrected": False,
    }


def fact_href(kind: str, fact_id: UUID) -> str:
    """Return the address of a fact's page in the register, or empty where it has none of its own."""
    if kind not in PAGES:
        return ""
    try:
        return reverse(f"register:{kind}", args=[fact_id])
    except NoReverseMatch:
        return ""
