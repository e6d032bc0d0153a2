"""The door of the programme."""

from entraide.programme.adapters.vocabulary import Domain, Domains, load_domains
from entraide.programme.domain.facts import (
    Candidate,
    CommitmentFacts,
    Contradiction,
    InstrumentFacts,
    Match,
    MeetingFacts,
    Party,
    PersonInPost,
)
from entraide.programme.domain.terms import (
    ActionKind,
    AssessmentMethod,
    CommitmentStatus,
    FactKind,
    Grade,
    InstrumentKind,
    Level,
    MechanismStatus,
    MeetingKind,
    PersonRole,
    When,
)
from entraide.programme.services.assertions import record_assertion
from entraide.programme.services.commitments import (
    create_commitment,
    find_commitments,
    record_assessment,
    record_progress,
)
from entraide.programme.services.instruments import create_instrument, find_instruments, record_action
from entraide.programme.services.mechanisms import ensure_mechanism, ensure_series, find_mechanism, find_series
from entraide.programme.services.meetings import complete_meeting, create_meeting, find_meetings, record_reference

__all__ = [
    "ActionKind",
    "AssessmentMethod",
    "Candidate",
    "CommitmentFacts",
    "CommitmentStatus",
    "Contradiction",
    "Domain",
    "Domains",
    "FactKind",
    "Grade",
    "InstrumentFacts",
    "InstrumentKind",
    "Level",
    "Match",
    "MechanismStatus",
    "MeetingFacts",
    "MeetingKind",
    "Party",
    "PersonInPost",
    "PersonRole",
    "When",
    "complete_meeting",
    "create_commitment",
    "create_instrument",
    "create_meeting",
    "ensure_mechanism",
    "ensure_series",
    "find_commitments",
    "find_instruments",
    "find_mechanism",
    "find_meetings",
    "find_series",
    "load_domains",
    "record_action",
    "record_assertion",
    "record_assessment",
    "record_progress",
    "record_reference",
]
