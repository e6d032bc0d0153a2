"""Shared work of the frames: the reading's state, marks of evidence, and places and people of a sentence."""

from dataclasses import dataclass, field
from typing import NamedTuple

from entraide.communiques.domain.reader.calendar import DateContext
from entraide.communiques.domain.reader.dates import DateMention
from entraide.communiques.domain.reader.document import Document, Sentence
from entraide.communiques.domain.reader.officials import Person
from entraide.communiques.domain.reader.posts import Post
from entraide.communiques.domain.reader.vocabulary import Hit


class Mark(NamedTuple):
    """Where a value stands in the clean text, on what basis it is known and which rule read it."""

    start: int
    end: int
    reason: str
    basis: str = "stated"


@dataclass(slots=True)
class Facts:
    """What is known while the frames are read."""

    document: Document
    context: DateContext
    dates: tuple[DateMention, ...]
    people: list[Person]
    posts: tuple[Post, ...]
    states: list[str]
    main_date_sentence: int = -1
    chairs: list[Person] = field(default_factory=list)

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        """Return the dates that begin in the span."""
        return [mention for mention in self.dates if start <= mention.start < end]

    def people_in(self, start: int, end: int) -> list[Person]:
        """Return the persons mentioned in the span, in the order of mention."""
        found = [(s, index) for index, person in enumerate(self.people) for s, _ in person.mentions if start <= s < end]
        order: list[int] = []
        for _, index in sorted(found):
            if index not in order:
                order.append(index)
        return [self.people[index] for index in order]


def in_a_post(facts: Facts, position: int) -> bool:
    """Whether the position lies within a post: its words name neither a place of an event nor a domain."""
    return any(post.start <= position < post.end for post in facts.posts)


def first_in(document: Document, kind: str, start: int, end: int) -> Hit | None:
    """Return the first hit of `kind` in the span."""
    found = document.within(kind, start, end)
    return found[0] if found else None


def body_sentences(document: Document) -> list[Sentence]:
    """Return the sentences of the report itself."""
    return [sentence for sentence in document.sentences if sentence.kind == "body"]
