"""The door of reader."""

from entraide.reader.domain.endpoint.settings import make_endpoint
from entraide.reader.domain.endpoint.telling import ReadingView, reading_view
from entraide.reader.domain.language import Detection, require_read_language
from entraide.reader.domain.model import Reading
from entraide.reader.domain.reading import read_text
from entraide.reader.domain.serialising import reading_to_json
from entraide.reader.domain.spans import Span, split_spans
from entraide.reader.domain.vocabulary import domain_codes, ordinal_words
from entraide.reader.services.reading import ReadingReport, read_source

__all__ = [
    "Detection",
    "Reading",
    "ReadingReport",
    "ReadingView",
    "Span",
    "domain_codes",
    "make_endpoint",
    "ordinal_words",
    "read_source",
    "read_text",
    "reading_to_json",
    "reading_view",
    "require_read_language",
    "split_spans",
]
