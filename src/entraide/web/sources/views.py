"""Sources as the public reads them: what each is, and which passages of it the register cites.

A press report is not ours to publish: of it only the cited passages are shown, with a few words around them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entraide.communiques.api import (
    CitationView,
    SourceKind,
    get_source,
    list_cited,
    page_public_sources,
)
from entraide.kernel.node import Node
from entraide.programme.api import load_kinds, name_field
from entraide.reader.api import Span
from entraide.web.http import node_of
from entraide.web.proposals.texts import FORMATS, fact_href, fact_name, field_name
from entraide.web.proposals.views import place_segments
from entraide.web.register.citations import Passage, quote_passages
from entraide.web.register.hits import read_titles
from entraide.web.sourcekinds import SOURCE_KINDS

PER_PAGE = 50
FACTS_PER_PAGE = 60
LONGEST_SHOWN = 50_000
"""Bytes of a text that is shown whole; of a longer one the cited passages stand on the page, as of the press."""
PRESENT = {"people", "members"}


@require_GET
def show_sources(request: HttpRequest) -> HttpResponse:
    """List the sources that the register cites, latest import first, in pages."""
    beyond = _place(request.GET.get("cursor", ""))
    found = page_public_sources(node_of(request), beyond=beyond, limit=PER_PAGE + 1)
    shown = found[:PER_PAGE]
    context = {
        "sources": [(source, SOURCE_KINDS[source.kind]) for source in shown],
        "later": beyond is not None,
        "older": shown[-1].id if len(found) > PER_PAGE else None,
        "trail": [{"label": _("Register"), "href": "/"}, {"label": _("Sources")}],
    }
    return render(request, "sources/sources.html", context)


def _place(cursor: str) -> UUID | None:
    """Return the source after which a page begins; what is no id means the beginning."""
    try:
        return UUID(cursor) if cursor else None
    except ValueError:
        return None


@require_GET
def show_source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Show one cited source; a source from which nobody kept anything is not public (`Http404`)."""
    node = node_of(request)
    source = get_source(node, source_id)
    cited = list_cited(node, source_id)
    if not cited:
        raise Http404
    press = source.summary.kind is SourceKind.PRESS
    title = source.summary.title or source.summary.name
    trail = [
        {"label": _("Register"), "href": "/"},
        {"label": _("Sources"), "href": reverse("sources:sources")},
        {"label": title, "language": source.summary.language},
    ]
    whole = not press and len(source.text.encode()) <= LONGEST_SHOWN
    spans = [Span(item.start, item.end, item.field) for item in cited]
    page = Paginator(_by_fact(cited), FACTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "source": source.summary,
        "title": title,
        "kind": SOURCE_KINDS[source.summary.kind],
        "sha256": source.sha256,
        "file_sha256": source.file_sha256,
        "format": FORMATS.get(source.media_type, source.media_type),
        "press": press,
        "segments": place_segments(source.text, spans) if whole else [],
        "facts": _facts(node, source.text, list(page)),
        "page": page,
        "trail": trail,
    }
    return render(request, "sources/source.html", context)


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact that a source shows: its kind, its title and page where it has one, which fields, in which passages.

    `anchors` are the places of the text at which other pages point here, `places` the passages that linked data names,
    as `start-end`; each stands once on a page.
    """

    kind: str
    title: str
    href: str
    fields: tuple[str, ...]
    passages: tuple[Passage, ...]
    anchors: tuple[int, ...]
    places: tuple[str, ...]
    corrected: bool


CitedFact: TypeAlias = tuple[tuple[str, UUID], list[CitationView]]


def _by_fact(cited: Sequence[CitationView]) -> list[CitedFact]:
    """Return each fact with its citations, in the order of the text."""
    found: dict[tuple[str, UUID], list[CitationView]] = {}
    for item in cited:
        found.setdefault((item.fact_kind, item.fact_id), []).append(item)
    return list(found.items())


def _facts(node: Node, text: str, cited: Sequence[CitedFact]) -> tuple[ShownFact, ...]:
    """Return each fact once, in the order of the text, with the words that show it."""
    titles = _titles(node, (fact for fact, _items in cited))
    seen: set[int] = set()
    named: set[str] = set()
    facts = []
    for (kind, fact_id), items in cited:
        anchors = dict.fromkeys(item.start for item in items if item.start not in seen)
        seen.update(anchors)
        places = dict.fromkeys(place for item in items if (place := f"{item.start}-{item.end}") not in named)
        named.update(places)
        facts.append(
            ShownFact(
                kind=fact_name(kind),
                title=titles.get(fact_id, ""),
                href=fact_href(kind, fact_id),
                fields=tuple(dict.fromkeys(_field(kind, item.field) for item in items)),
                passages=quote_passages(text, items),
                anchors=tuple(anchors),
                places=tuple(places),
                corrected=any(item.corrected for item in items),
            )
        )
    return tuple(facts)


def _field(kind: str, name: str) -> str:
    """Return what a field is called where it is read; the review's own labels say how to fill it in."""
    declared = load_kinds().find(kind)
    field = next((item for item in declared.fields if item.name == name), None) if declared is not None else None
    if field is not None and field.label.english:
        return name_field(field)
    return _("Delegations") if name in PRESENT else field_name(kind, name)


def _titles(node: Node, facts: Iterable[tuple[str, UUID]]) -> dict[UUID, str]:
    """Return what the facts with pages are called, one query or two per kind."""
    ids: dict[str, list[UUID]] = {}
    for kind, fact_id in facts:
        ids.setdefault(kind, []).append(fact_id)
    return {fact_id: title for kind, many in ids.items() for fact_id, title in read_titles(node, kind, many).items()}
