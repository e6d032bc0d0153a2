"""The door of the communiques context."""

from entraide.communiques.domain.reader.model import (
    Commitment,
    Evidence,
    Instrument,
    Meeting,
    Official,
    Party,
    Reading,
    Reference,
)
from entraide.communiques.domain.reader.reading import read_text
from entraide.communiques.domain.reader.serialising import reading_to_json

__all__ = [
    "Commitment",
    "Evidence",
    "Instrument",
    "Meeting",
    "Official",
    "Party",
    "Reading",
    "Reference",
    "read_text",
    "reading_to_json",
]
