"""Putting objects into the index and taking them out.

Called inside the transaction of the act that changes the object. Personal data of requests never enters the index.
"""

from collections.abc import Iterable
from uuid import UUID

from entraide.search.domain.asking import mark_names
from entraide.search.domain.documents import NewDocument, document_id, document_number
from entraide.search.domain.marks import join_codes, mark_number, mark_place, mark_state, mark_year, marks_of_day
from entraide.search.domain.segments import search_terms
from entraide.search.domain.states import find_states
from entraide.search.models import Document

# PostgreSQL refuses a vector above 1 MB; a text that long is cut at a term.
LONGEST_TERMS = 300_000
LONGEST_HEAD = 600
"""Characters of what an object is called that decide on its rank."""
MOST_STATES, MOST_YEARS = 60, 40


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
        update_fields=["public", "terms", "head", "states", "years", "day", "place"],
    )


def remove_document(*, kind: str, object_id: UUID) -> None:
    """Make an object of the active node findable no more; one that was not there is no error."""
    Document.objects.filter(id=document_id(kind, object_id)).delete()


def _row(document: NewDocument) -> Document:
    identifier = document_id(document.kind, document.object_id)
    head = document.head[:LONGEST_HEAD]
    text = f"{document.head} {document.text}" if document.head else document.text
    states = find_states(text) if document.states is None else document.states
    years = tuple(sorted(set(document.years)))[:MOST_YEARS]
    marks = [
        *map(mark_state, sorted(set(states))[:MOST_STATES]),
        *map(mark_year, years),
        *map(mark_number, document.numbers),
        *(marks_of_day(document.day) if document.day else ()),
        *((mark_place(document.place),) if document.place else ()),
    ]
    return Document(
        id=identifier,
        number=document_number(identifier),
        kind=document.kind,
        object_id=document.object_id,
        public=document.public,
        terms=" ".join([_cut(search_terms(text)), *marks]).strip(),
        head=mark_names(head) if head else "",
        states=join_codes(sorted(set(states))[:MOST_STATES]),
        years=" ".join(map(str, years)),
        day=document.day,
        place=document.place,
    )


def _cut(terms: str) -> str:
    return terms if len(terms) <= LONGEST_TERMS else terms[:LONGEST_TERMS].rpartition(" ")[0]
