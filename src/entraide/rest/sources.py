"""The sources that the register cites, and the passages that show each fact."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from entraide.communiques.api import get_source, list_cited, page_public_sources
from entraide.programme.api import FactKind
from entraide.rest.errors import NotPublic
from entraide.rest.facts import citation_facts, citations, source_facts
from entraide.rest.interface import PROBLEMS, Cursor, Limit, node_of
from entraide.rest.paging import link_pages, page_by_id
from entraide.rest.schemas import CitationFacts, SourceDetail, Sources

router = Router(tags=["sources"])


@router.get("/sources", response={200: Sources, **PROBLEMS}, summary="Sources, latest first")
def read_sources(request: HttpRequest, response: HttpResponse, cursor: Cursor = None, limit: Limit = 50) -> Sources:
    """Return the sources that the register cites, latest import first."""
    origin = node_of(request).settings.origin
    found, following, preceding = page_by_id(
        lambda beyond, backwards, most: page_public_sources(beyond=beyond, backwards=backwards, limit=most),
        cursor,
        limit,
    )
    links = link_pages(request, response, following, preceding)
    return Sources(**links, items=[source_facts(item, origin) for item in found])


@router.get(
    "/sources/{uuid:source_id}", response={200: SourceDetail, **PROBLEMS}, summary="One source and its passages"
)
def read_source(request: HttpRequest, source_id: UUID) -> SourceDetail:
    """Return a source with its digest and every cited passage; one that nothing cites is not public."""
    origin, cited = node_of(request).settings.origin, list_cited(source_id)
    if not cited:
        raise NotPublic(id=source_id)
    source = get_source(source_id)
    return SourceDetail(
        **source_facts(source.summary, origin).model_dump(),
        sha256=source.sha256,
        citations=[citation_facts(item, origin) for item in cited],
    )


@router.get("/citations", response={200: list[CitationFacts], **PROBLEMS}, summary="The passages that show a fact")
def read_citations(request: HttpRequest, fact_kind: FactKind, fact_id: UUID) -> list[CitationFacts]:
    """Return the passages that show a fact of any kind, such as an action on an instrument or a series."""
    return citations(fact_kind, fact_id, node_of(request).settings.origin)
