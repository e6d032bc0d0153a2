"""Putting objects into the index and taking them out.

Called inside the transaction of the act that changes the object. Personal data of requests never enters the index.
"""

from uuid import UUID

from entraide.search.domain.documents import document_id, document_number
from entraide.search.domain.segments import search_terms
from entraide.search.models import Document

# PostgreSQL refuses a vector above 1 MB; a text that long is cut at a term.
LONGEST_TERMS = 300_000


def index_document(*, kind: str, object_id: UUID, text: str, public: bool) -> None:
    """Make an object of the active node findable by `text`, in place of what it was findable by before.

    `kind` names what it is, like `programme.commitment`; only a `public` one is found by visitors.
    """
    identifier = document_id(kind, object_id)
    facts = {"public": public, "terms": _cut(search_terms(text))}
    fixed = {"number": document_number(identifier), "kind": kind, "object_id": object_id}
    Document.objects.update_or_create(id=identifier, defaults=facts, create_defaults=facts | fixed)


def remove_document(*, kind: str, object_id: UUID) -> None:
    """Make an object of the active node findable no more; one that was not there is no error."""
    Document.objects.filter(id=document_id(kind, object_id)).delete()


def _cut(terms: str) -> str:
    return terms if len(terms) <= LONGEST_TERMS else terms[:LONGEST_TERMS].rpartition(" ")[0]
