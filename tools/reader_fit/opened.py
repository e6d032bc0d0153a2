"""A text opened as the reader opens it: what every decision's rows are made of."""

from dataclasses import dataclass

from entraide.reader.domain.affiliation import assign_states, main_states
from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.grammar.parsing import parse
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.officials import find_people
from entraide.reader.domain.reading import open_text


@dataclass(frozen=True, slots=True)
class Opened:
    """The facts that the frames read, and the clauses."""

    facts: Facts
    syntax: Syntax


def open_for_fitting(text: str) -> Opened:
    """Return `text` as the frames see it."""
    opened = open_text(text)
    people, posts = find_people(opened.document)
    assign_states(opened.document, people, posts)
    facts = Facts(
        opened.document, opened.context, opened.dates, people, posts, main_states(opened.document, people)
    )
    return Opened(facts, parse(opened.document))
