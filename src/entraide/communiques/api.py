"""The door of the communiques context."""

from entraide.communiques.adapters.samples import SampleTask, list_same_in_samples, list_samples, read_sample
from entraide.communiques.domain.proposals import ProposalKind, ProposalState
from entraide.communiques.selectors import (
    CitationView,
    ProposalView,
    SourceSummary,
    SourceText,
    citations_of,
    citations_of_many,
    count_decided_sources,
    count_sources_of,
    get_proposal,
    get_source,
    list_cited,
    list_contradictions,
    list_proposals,
    list_public_texts,
    list_sources,
    list_texts,
    list_texts_at,
    page_public_sources,
)
from entraide.communiques.services.bulk import BulkLine, Told
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
from entraide.communiques.services.finding import index_source
from entraide.communiques.services.history import (
    PastAct,
    find_withdrawn,
    list_latest_acts,
    list_past_acts,
    withdrawal_of,
)
from entraide.communiques.services.joining import join_facts, split_facts, tell_apart
from entraide.communiques.services.likeness import kind_of_link, list_facets, list_resembling_kinds
from entraide.communiques.services.proposals import (
    correct_proposal,
    keep_all,
    keep_proposal,
    preview_keep_all,
    reject_proposal,
)
from entraide.communiques.services.proposing import propose_fact
from entraide.communiques.services.sameness import (
    JoinView,
    SameQuestion,
    get_join,
    list_joins,
    list_same_questions,
)
from entraide.communiques.services.settling import reject_contradictions, settle_contradictions
from entraide.communiques.services.sources import import_extract, import_source
from entraide.communiques.services.undoing import preview_undo, restore_acts, undo_acts
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
from entraide.programme.api import SourceKind

__all__ = [
    "BulkLine",
    "CandidateView",
    "CitationView",
    "JoinView",
    "PastAct",
    "ProposalKind",
    "ProposalState",
    "ProposalView",
    "Quoted",
    "SameQuestion",
    "SampleTask",
    "SourceKind",
    "SourceSummary",
    "SourceText",
    "Told",
    "WaitingContradiction",
    "amend_fact",
    "citations_of",
    "citations_of_many",
    "cite_span",
    "correct_proposal",
    "count_decided_sources",
    "count_sources_of",
    "enter_agenda_item",
    "enter_delegation",
    "enter_fact",
    "enter_mechanism_name",
    "enter_standing",
    "family_of",
    "find_withdrawn",
    "get_join",
    "get_proposal",
    "get_source",
    "import_extract",
    "import_source",
    "index_source",
    "join_facts",
    "join_two_series",
    "keep_all",
    "keep_proposal",
    "kind_of_link",
    "list_all_candidates",
    "list_candidates",
    "list_cited",
    "list_contradictions",
    "list_facets",
    "list_joins",
    "list_latest_acts",
    "list_mechanism_choices",
    "list_past_acts",
    "list_proposals",
    "list_public_texts",
    "list_resembling_kinds",
    "list_same_in_samples",
    "list_same_questions",
    "list_samples",
    "list_sources",
    "list_texts",
    "list_texts_at",
    "list_waiting_contradictions",
    "page_public_sources",
    "preview_keep_all",
    "preview_undo",
    "propose_fact",
    "read_sample",
    "reject_contradictions",
    "reject_proposal",
    "restore_acts",
    "settle_contradictions",
    "settle_proposal",
    "split_facts",
    "tell_apart",
    "undo_acts",
    "withdrawal_of",
]
