"""The door of search."""

from entraide.search.adapters.index import list_missing_parts
from entraide.search.domain.documents import NewDocument
from entraide.search.domain.folding import fold, fold_name
from entraide.search.domain.marking import mark_excerpt, mark_terms
from entraide.search.domain.segments import search_terms
from entraide.search.selectors import find_documents
from entraide.search.services.index import index_document, index_documents, remove_document

__all__ = [
    "NewDocument",
    "find_documents",
    "fold",
    "fold_name",
    "index_document",
    "index_documents",
    "list_missing_parts",
    "mark_excerpt",
    "mark_terms",
    "remove_document",
    "search_terms",
]
