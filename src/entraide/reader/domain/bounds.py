"""What of a document was too long to be read as a plan: which bound it met, in codes and in words for people."""

from collections.abc import Mapping
from enum import StrEnum

from entraide.documents.domain.tree import DocumentTree
from entraide.kernel.text import N_
from entraide.reader.domain.plans.front import lines_of
from entraide.reader.domain.plans.reading import LONGEST_DOCUMENT, LONGEST_TEXT


class Bound(StrEnum):
    """A bound that a document met."""

    DOCUMENT = "document_too_long"
    PARAGRAPH = "paragraph_cut"


BOUND_TEXTS: Mapping[Bound, str] = {
    Bound.DOCUMENT: N_("the document is longer than 400,000 characters and was not read as a plan"),
    Bound.PARAGRAPH: N_("a paragraph or cell is longer than 5,000 characters; what stands behind them was not read"),
}


def bounds_of(tree: DocumentTree, *, is_plan: bool) -> tuple[Bound, ...]:
    """Return the bounds that a document met: its own, or, where it was read as a plan, those of its paragraphs."""
    if len(tree.text) > LONGEST_DOCUMENT:
        return (Bound.DOCUMENT,)
    return (Bound.PARAGRAPH,) if is_plan and any(len(line.text) > LONGEST_TEXT for line in lines_of(tree)) else ()
