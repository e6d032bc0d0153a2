"""The door of reader."""

from entraide.reader.domain.endpoint.settings import make_endpoint
from entraide.reader.domain.endpoint.telling import ReadingView, reading_view
from entraide.reader.domain.model import Commitment, Evidence, Instrument, Meeting, Official, Party, Reading, Reference
from entraide.reader.domain.reading import read_text
from entraide.reader.domain.serialising import reading_to_json
from entraide.reader.domain.spans import Segment, Span, split_spans
from entraide.reader.domain.vocabulary import domain_codes
from entraide.reader.services.reading import ReadingReport, read_source

__all__ = [
    "Commitment",
    "Evidence",
    "Instrument",
    "Meeting",
    "Official",
    "Party",
    "Reading",
    "ReadingReport",
    "ReadingView",
    "Reference",
    "Segment",
    "Span",
    "domain_codes",
    "make_endpoint",
    "read_source",
    "read_text",
    "reading_to_json",
    "reading_view",
    "split_spans",
]
