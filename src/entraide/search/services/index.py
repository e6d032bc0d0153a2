"""Putting objects into the index and taking them out.

Called inside the transaction of the act that changes the object. Personal data of requests never enters the index.
"""

from collections.abc import Iterable
from uuid import UUID

from entraide.search.domain.documents import NewDocument, document_id, document_number
from entraide.search.domain.segments import search_terms
from entraide.search.models import Document

# PostgreSQL refuses a vector above 1 MB; a text that long is cut at a term.
LONGEST_TERMS = 300_000


def index_document(*, kind: str, object_id: UUID, text: str, public: bool) -> None:
    """Make an object of the active node findable by `text`, in place of what it was findable by before.

    `kind` names what it is, like `programme.commitment`; only a `public` one is found by visitors.
    """
    index_documents([NewDocument(kind, object_id, text, public)])


def index_documents(documents: Iterable[NewDocument]) -> None:
    """Make many objects findable at once, each in place of what it was findable by before; see `index_document`."""
    Document.objects.bulk_create(
        {row.id: row for row in map(_row, documents)}.values(),  # PostgreSQL takes each row once
        batch_size=500,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["public", "terms"],
    )


def remove_document(*, kind: str, object_id: UUID) -> None:
    """Make an object of the active node findable no more; one that was not there is no error."""
    Document.objects.filter(id=document_id(kind, object_id)).delete()


def _row(document: NewDocument) -> Document:
    identifier = document_id(document.kind, document.object_id)
    return Document(
        id=identifier,
        number=document_number(identifier),
        kind=document.kind,
        object_id=document.object_id,
        public=document.public,
        terms=_cut(search_terms(document.text)),
    )


def _cut(terms: str) -> str:
    return terms if len(terms) <= LONGEST_TERMS else terms[:LONGEST_TERMS].rpartition(" ")[0]
