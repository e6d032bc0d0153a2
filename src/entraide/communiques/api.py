"""The door of the communiques context."""

from entraide.communiques.adapters.files import decode_text, read_file
from entraide.communiques.adapters.samples import Sample, list_samples, read_sample
from entraide.communiques.domain.proposals import ProposalKind, ProposalState, SourceKind
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
from entraide.communiques.domain.spans import Segment, Span, split_spans
from entraide.communiques.selectors import (
    CitationView,
    ContradictionView,
    FieldEvidence,
    ProposalView,
    PublicText,
    SourceSummary,
    SourceText,
    citations_of,
    citations_of_many,
    count_sources_of,
    get_proposal,
    get_source,
    list_cited,
    list_contradictions,
    list_proposals,
    list_public_texts,
    list_sources,
)
from entraide.communiques.services.candidates import CandidateView, list_all_candidates, list_candidates
from entraide.communiques.services.proposals import (
    KeptInBulk,
    correct_proposal,
    keep_all,
    keep_proposal,
    reject_proposal,
)
from entraide.communiques.services.sources import import_source

__all__ = [
    "CandidateView",
    "CitationView",
    "Commitment",
    "ContradictionView",
    "Evidence",
    "FieldEvidence",
    "Instrument",
    "KeptInBulk",
    "Meeting",
    "Official",
    "Party",
    "ProposalKind",
    "ProposalState",
    "ProposalView",
    "PublicText",
    "Reading",
    "Reference",
    "Sample",
    "Segment",
    "SourceKind",
    "SourceSummary",
    "SourceText",
    "Span",
    "citations_of",
    "citations_of_many",
    "correct_proposal",
    "count_sources_of",
    "decode_text",
    "get_proposal",
    "get_source",
    "import_source",
    "keep_all",
    "keep_proposal",
    "list_all_candidates",
    "list_candidates",
    "list_cited",
    "list_contradictions",
    "list_proposals",
    "list_public_texts",
    "list_samples",
    "list_sources",
    "read_file",
    "read_sample",
    "read_text",
    "reading_to_json",
    "reject_proposal",
    "split_spans",
]
