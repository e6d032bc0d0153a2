"""Putting sources into the search index, once the register cites them.

Of the press only passages are public (ADR 16): a press report is found by what is cited from it and by no other word.
"""

from uuid import UUID

from entraide.communiques.domain.proposals import SourceKind
from entraide.communiques.models import Passage, Source
from entraide.kernel.node import active_database
from entraide.kernel.partial_dates import PartialDate
from entraide.search.api import NewDocument, has_stale_documents, index_documents

PLACE = 1
"""How far ahead of others a source stands among results, from 0 to 9: facts come before what tells of them."""


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
    published = PartialDate(source.published) if source.published else None
    day = published.earliest if published and published.year else None
    document = NewDocument(
        "source",
        source.id,
        " · ".join(part for part in (source.title or source.name, source.publisher, *body) if part),
        public=True,
        years=(day.year,) if day else (),
        day=day,
        place=PLACE,
    )
    index_documents([document])


def renew_after_upgrade(database: str) -> None:
    """Put all cited sources into the index again, where it is from before it knew States and years."""
    token = active_database.set(database)
    try:
        if has_stale_documents("source"):
            for id_ in list(Source.objects.values_list("id", flat=True)):
                index_source(id_)
    finally:
        active_database.reset(token)
