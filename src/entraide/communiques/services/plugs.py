"""The reads of sources and citations as tables: what the register cites, and which passage shows what."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from entraide.communiques.domain.errors import NoSuchSource
from entraide.communiques.models import Citation
from entraide.communiques.selectors import get_source, list_summaries, page_citations, page_public_sources
from entraide.kernel.node import Node
from entraide.programme.domain.plugs import Narrowed, Plug, Stretch


def _walk_sources(node: Node, _wanted: Narrowed, size: int) -> Iterator[Sequence[Any]]:
    beyond: UUID | None = None
    while True:
        page = page_public_sources(node, beyond=beyond, limit=size)
        if not page:
            return
        yield page
        beyond = page[-1].id


def _walk_citations(node: Node, _wanted: Narrowed, size: int) -> Iterator[Sequence[Any]]:
    beyond: UUID | None = None
    while True:
        page = page_citations(node, beyond=beyond, limit=size)
        if not page:
            return
        yield [view for _id, view in page]
        beyond = page[-1][0]


def _list_sources(node: Node, ids: Sequence[UUID]) -> Sequence[Any]:
    return list_summaries(node, ids)


def _get_source(node: Node, id_: UUID) -> Any:  # noqa: ANN401 - a summary
    source = get_source(node, id_).summary
    with node.active():
        if not Citation.objects.filter(passage__source_id=source.id).exists():
            raise NoSuchSource  # what nobody kept anything of is not public
    return source


def _entered_sources(node: Node, _narrowed: object, at: Stretch) -> Sequence[Any]:
    return page_public_sources(node, beyond=at.beyond, backwards=at.backwards, limit=at.limit)


def find_sample_facts(node: Node, fact_kind: str, fact_ids: Iterable[UUID]) -> set[UUID]:
    """Return those facts of a kind that a sample shows: a text in our own words, which comes with the program."""
    with node.active():
        wanted = list(fact_ids)
        rows = Citation.objects.filter(fact_kind=fact_kind, passage__source__sample=True)
        return {
            found
            for at in range(0, len(wanted), 500)
            for found in rows.filter(fact_id__in=wanted[at : at + 500]).values_list("fact_id", flat=True).distinct()
        }


SOURCE = Plug(
    entered=_entered_sources, list=_list_sources, get=_get_source, walk=_walk_sources, frozen=lambda _view: True
)
CITATION = Plug(walk=_walk_citations)
