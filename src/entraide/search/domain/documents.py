"""What a search returns."""

from dataclasses import dataclass
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
    """An object to be made findable by `text`; only a `public` one is found by visitors."""

    kind: str
    object_id: UUID
    text: str
    public: bool


def document_id(kind: str, object_id: UUID) -> UUID:
    """Return the id of an object's document: UUIDv5 (RFC 9562, section 5.5) of its kind and id."""
    return uuid5(_SPACE, f"{kind}:{object_id}")


def document_number(identifier: UUID) -> int:
    """Return the 63-bit number of a document's id; a clash is refused by the database, never silent."""
    return int.from_bytes(identifier.bytes[:8]) >> 1
