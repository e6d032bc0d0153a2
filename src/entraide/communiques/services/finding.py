"""Putting sources into the search index, once the register cites them.

Of the press only passages are public (ADR 16): a press report is found by what is cited from it and by no other word.
"""

from uuid import UUID

from entraide.communiques.domain.proposals import SourceKind
from entraide.communiques.models import Passage, Source
from entraide.search.api import index_document


def index_source(source_id: UUID) -> None:
    """Make a cited source findable by its title and by what the public may read of it; an uncited one is not."""
    source = Source.objects.get(id=source_id)
    quotes = list(
        Passage.objects.filter(source=source, citations__isnull=False)
        .order_by("start", "end")
        .values_list("quote", flat=True)
        .distinct()
    )
    if not quotes:
        return
    body = quotes if source.kind == SourceKind.PRESS.value else [source.text]
    text = " · ".join(part for part in (source.title or source.name, source.publisher, *body) if part)
    index_document(kind="source", object_id=source.id, text=text, public=True)
