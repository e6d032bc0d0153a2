"""The door of the communiques context."""

from entraide.communiques.adapters.samples import SampleTask, list_samples, read_sample
from entraide.communiques.domain.proposals import ProposalKind, ProposalState
from entraide.communiques.selectors import (
    CitationView,
    KeptError,
    ProposalView,
    SourceSummary,
    SourceText,
    citations_of,
    citations_of_many,
    count_arrivals,
    count_decided_sources,
    count_sources_of,
    get_proposal,
    get_source,
    list_cited,
    list_contradictions,
    list_places,
    list_proposals,
    list_public_texts,
    list_sources,
    list_texts,
    list_texts_at,
    page_arrivals,
    page_public_sources,
)
from entraide.communiques.services.candidates import (
    list_all_candidates,
    list_candidates,
    list_mechanism_choices,
)
from entraide.communiques.services.citing import cite_span
from entraide.communiques.services.context import CandidateView
from entraide.communiques.services.contradictions import (
    WaitingContradiction,
    family_of,
    list_waiting_contradictions,
    settle_proposal,
)
from entraide.communiques.services.deciding import NOT_SAID, Act, AddIt, KeepIt, RejectIt, Undecided, decide_together
from entraide.communiques.services.finding import index_source
from entraide.communiques.services.proposals import correct_proposal, keep_all, keep_proposal, reject_proposal
from entraide.communiques.services.proposing import propose_fact
from entraide.communiques.services.settling import reject_contradictions, settle_contradictions
from entraide.communiques.services.sources import (
    LONGEST_TEXT,
    find_source,
    import_extract,
    import_source,
    tell_published,
)
from entraide.communiques.services.upkeep import (
    Quoted,
    amend_fact,
    enter_agenda_item,
    enter_delegation,
    enter_fact,
    enter_mechanism_name,
    enter_standing,
    join_two_series,
)
from entraide.communiques.services.watching import watch_sources
from entraide.programme.api import SourceKind

__all__ = [
    "LONGEST_TEXT",
    "NOT_SAID",
    "Act",
    "AddIt",
    "CandidateView",
    "CitationView",
    "KeepIt",
    "KeptError",
    "ProposalKind",
    "ProposalState",
    "ProposalView",
    "Quoted",
    "RejectIt",
    "SampleTask",
    "SourceKind",
    "SourceSummary",
    "SourceText",
    "Undecided",
    "WaitingContradiction",
    "amend_fact",
    "citations_of",
    "citations_of_many",
    "cite_span",
    "correct_proposal",
    "count_arrivals",
    "count_decided_sources",
    "count_sources_of",
    "decide_together",
    "enter_agenda_item",
    "enter_delegation",
    "enter_fact",
    "enter_mechanism_name",
    "enter_standing",
    "family_of",
    "find_source",
    "get_proposal",
    "get_source",
    "import_extract",
    "import_source",
    "index_source",
    "join_two_series",
    "keep_all",
    "keep_proposal",
    "list_all_candidates",
    "list_candidates",
    "list_cited",
    "list_contradictions",
    "list_mechanism_choices",
    "list_places",
    "list_proposals",
    "list_public_texts",
    "list_samples",
    "list_sources",
    "list_texts",
    "list_texts_at",
    "list_waiting_contradictions",
    "page_arrivals",
    "page_public_sources",
    "propose_fact",
    "read_sample",
    "reject_contradictions",
    "reject_proposal",
    "settle_contradictions",
    "settle_proposal",
    "tell_published",
    "watch_sources",
]
