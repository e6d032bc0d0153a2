"""The door of search."""

from entraide.search.domain.folding import fold, fold_name
from entraide.search.domain.segments import search_terms

__all__ = ["fold", "fold_name", "search_terms"]
