"""The sources that the register cites, and the passages that show each fact."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router

from entraide.communiques.api import get_source, list_cited
from entraide.programme.api import list_cited_kinds
from entraide.programme.domain.paths import Item
from entraide.rest.citations import citation_facts, citations
from entraide.rest.errors import NotPublic
from entraide.rest.interface import PROBLEMS, node_of
from entraide.rest.schemas import CitationFacts
from entraide.rest.shapes import extend, facts_of, shape_of

router = Router(tags=["sources"])
SourceDetail = extend(
    "SourceDetail",
    shape_of("source"),
    "A source with the digest of its text and all its cited passages.",
    {
        "sha256": (str, Field(..., description="Of the text's UTF-8 bytes, hexadecimal")),
        "citations": (list[CitationFacts], ...),
    },
)
CitedKind = StrEnum(  # type: ignore[misc]  # its values are declared
    "FactKind", {name.upper(): name for name in list_cited_kinds()}
)
CitedKind.__doc__ = "The kinds of public facts that a passage of a source can be cited for."


@router.get(
    "/sources/{uuid:source_id}", response={200: SourceDetail, **PROBLEMS}, summary="One source and its passages"
)
def read_source(request: HttpRequest, source_id: UUID) -> dict[str, Any]:
    """Return a source with its digest and every cited passage; one that nothing cites is not public."""
    node = node_of(request)
    origin, cited = node.settings.origin, list_cited(node, source_id)
    if not cited:
        raise NotPublic(id=source_id)
    source = get_source(node, source_id)
    return {
        **facts_of("source", Item(source.summary), origin),
        "sha256": source.sha256,
        "citations": [citation_facts(item, origin) for item in cited],
    }


@router.get("/citations", response={200: list[CitationFacts], **PROBLEMS}, summary="The passages that show a fact")
def read_citations(request: HttpRequest, fact_kind: CitedKind, fact_id: UUID) -> list[CitationFacts]:
    """Return the passages that show a fact of any kind, such as an action on an instrument or a series."""
    node = node_of(request)
    return citations(node, fact_kind.value, fact_id, node.settings.origin)
