"""What the passages that show a fact look like in an answer, and what other sources say."""

from uuid import UUID

from entraide.communiques.api import CitationView, citations_of, list_contradictions
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.rest.schemas import CitationFacts, ContradictionFacts, FactDate


def date_facts(date: PartialDate | None) -> FactDate | None:
    """Return a partial date, None where nothing is known."""
    return FactDate(value=date.value, basis=date.basis.value) if date else None


def citation_facts(view: CitationView, origin: str) -> CitationFacts:
    """Return a cited passage."""
    return CitationFacts(
        fact_kind=view.fact_kind,
        fact_id=view.fact_id,
        field=view.field,
        quote=view.quote,
        start=view.start,
        end=view.end,
        url=f"{origin}/sources/{view.source.id}/#at-{view.start}",
        source_id=view.source.id,
        source_kind=view.source.kind.value,
        language=view.source.language,
        corrected=view.corrected,
    )


def citations(node: Node, kind: str, fact_id: UUID, origin: str) -> list[CitationFacts]:
    """Return the passages that show a fact."""
    return [citation_facts(view, origin) for view in citations_of(node, kind, fact_id)]


def contradictions(node: Node, kind: str, fact_id: UUID, origin: str) -> list[ContradictionFacts]:
    """Return what other sources say of a fact where they disagree."""
    return [
        ContradictionFacts(
            field=view.field,
            value=view.value,
            basis=view.basis,
            citations=[citation_facts(item, origin) for item in view.citations],
        )
        for view in list_contradictions(node, kind, fact_id)
    ]
