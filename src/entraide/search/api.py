"""The door of search."""

from entraide.search.adapters.index import has_stale_documents, list_missing_parts
from entraide.search.domain.documents import Narrowing, NewDocument, Results
from entraide.search.domain.folding import fold, fold_name
from entraide.search.domain.marking import mark_excerpt, mark_terms
from entraide.search.domain.segments import search_terms
from entraide.search.selectors import Order, find_documents, search_documents
from entraide.search.services.index import index_document, index_documents, remove_document

__all__ = [
    "Narrowing",
    "NewDocument",
    "Order",
    "Results",
    "find_documents",
    "fold",
    "fold_name",
    "has_stale_documents",
    "index_document",
    "index_documents",
    "list_missing_parts",
    "mark_excerpt",
    "mark_terms",
    "remove_document",
    "search_documents",
    "search_terms",
]
