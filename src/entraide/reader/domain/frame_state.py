"""Shared work of the frames: the reading's state, marks of evidence, and places and people of a sentence."""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from entraide.reader.domain.calendar import DateContext
from entraide.reader.domain.dates import DateMention
from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.persons import Person
from entraide.reader.domain.places import Place, find_places
from entraide.reader.domain.posts import Post
from entraide.reader.domain.vocabulary import Hit


class Mark(NamedTuple):
    """Where a value stands in the clean text, on what basis it is known, why, and how sure it is (0 to 1)."""

    start: int
    end: int
    reason: str
    basis: str = "stated"
    confidence: float = 1.0


@dataclass(slots=True)
class Facts:
    """What is known while the frames are read; `years` are those that the report's own days are in."""

    document: Document
    context: DateContext
    dates: tuple[DateMention, ...]
    people: list[Person]
    posts: tuple[Post, ...]
    states: list[str]
    chairs: list[Person] = field(default_factory=list)
    years: frozenset[int] = frozenset()
    _mentions: list[tuple[int, int]] = field(default_factory=list)
    _date_starts: list[int] = field(default_factory=list)
    _post_starts: list[int] = field(default_factory=list)
    _places: dict[tuple[int, int], list[Place]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._mentions = sorted(
            (start, index) for index, person in enumerate(self.people) for start, _ in person.mentions
        )
        here = {self.context.year, *(mention.year for mention in self.dates if mention.exact)}
        self.years = frozenset(year for year in here if year)
        self._date_starts = [mention.start for mention in self.dates]
        self._post_starts = [post.start for post in self.posts]

    def dates_in(self, start: int, end: int) -> tuple[DateMention, ...]:
        """Return the dates that begin in the span."""
        return self.dates[bisect_left(self._date_starts, start) : bisect_left(self._date_starts, end)]

    def people_in(self, start: int, end: int) -> list[Person]:
        """Return the persons mentioned in the span, in the order of mention."""
        found = self._mentions[bisect_left(self._mentions, (start, -1)) : bisect_left(self._mentions, (end, -1))]
        return [self.people[index] for index in dict.fromkeys(index for _, index in found)]

    def places_in(self, start: int, end: int) -> list[Place]:
        """Return the places of the span; a sentence with many events is searched once."""
        span = (start, end)
        if span not in self._places:
            self._places[span] = find_places(self.document, start, end)
        return self._places[span]

    def in_a_post(self, position: int) -> bool:
        """Whether the position lies within a post: its words name neither a place of an event nor a domain."""
        before = bisect_left(self._post_starts, position + 1) - 1
        return before >= 0 and position < self.posts[before].end


def first_in(document: Document, kind: str, start: int, end: int) -> Hit | None:
    """Return the first hit of `kind` in the span."""
    found = document.within(kind, start, end)
    return found[0] if found else None


def body_sentences(document: Document) -> list[Sentence]:
    """Return the sentences of the report itself."""
    return [sentence for sentence in document.sentences if sentence.kind == "body"]
