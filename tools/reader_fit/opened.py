"""A text opened as the reader opens it: what every decision's rows are made of."""

from dataclasses import dataclass

from entraide.reader.domain.affiliation import assign_states, main_states
from entraide.reader.domain.document import Document
from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.grammar.parsing import parse
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.officials import find_people
from entraide.reader.domain.reading import Opened as OpenedText
from entraide.reader.domain.reading import open_text


@dataclass(frozen=True, slots=True)
class Early:
    """What is known before the persons are."""

    text: OpenedText
    syntax: Syntax

    @property
    def document(self) -> Document:
        """The cleaned and split text."""
        return self.text.document


@dataclass(frozen=True, slots=True)
class Opened:
    """The facts that the frames read, and the clauses."""

    facts: Facts
    syntax: Syntax


def open_early(text: str) -> Early:
    """Return `text` as the decisions on persons see it."""
    opened = open_text(text)
    return Early(opened, parse(opened.document))


def open_for_fitting(early: Early) -> Opened:
    """Return the text as the frames see it, with the persons whom the present weights find."""
    text, document = early.text, early.document
    people, posts = find_people(document, early.syntax)
    assign_states(document, early.syntax, people, posts)
    return Opened(Facts(document, text.context, text.dates, people, posts, main_states(document, people)), early.syntax)
