"""What is put into the index, and what a search returns."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

_SPACE = UUID("5b1c8f52-7d39-5e0c-9b61-3f0c0a4d2e17")


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """One hit: `rank` is larger for a better match and compares only within one search."""

    kind: str
    object_id: UUID
    rank: float


@dataclass(frozen=True, slots=True)
class NewDocument:
    """An object to be made findable by `text`; only a `public` one is found by visitors.

    `head` is what it is called: who holds the words there comes first. `states` (codes), `years` and `numbers` (in a
    series) are what it is about; where `states` is None, the States that head and text name. `day` orders results by
    date. `place`, from 0 to 9, is how far ahead it stands among others that answer as well.
    """

    kind: str
    object_id: UUID
    text: str
    public: bool
    head: str = ""
    states: tuple[str, ...] | None = None
    years: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    day: dt.date | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What results are narrowed to: kinds, a State, a year; None leaves all."""

    kinds: tuple[str, ...] | None = None
    states: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what a search found, and how many there are of each kind, State and year.

    `count` are all that answer, and where `counted_all` is False there are more. Words in `left_out` are in none of
    them: nothing held all words. Counts of kinds are of the results without the kinds that are asked for.
    """

    found: tuple["FoundDocument", ...] = ()
    count: int = 0
    counted_all: bool = True
    kinds: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def document_id(kind: str, object_id: UUID) -> UUID:
    """Return the id of an object's document: UUIDv5 (RFC 9562, section 5.5) of its kind and id."""
    return uuid5(_SPACE, f"{kind}:{object_id}")


def document_number(identifier: UUID) -> int:
    """Return the 63-bit number of a document's id; a clash is refused by the database, never silent."""
    return int.from_bytes(identifier.bytes[:8]) >> 1
