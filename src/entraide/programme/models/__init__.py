"""Tables of the programme: the public register and what speaks about its facts."""

from entraide.programme.models.evidence import AnsweredWarning, Assessment, ProgressReport, RecordedContradiction
from entraide.programme.models.listings import CommitmentCoverage, CommitmentListing, CommitmentTally
from entraide.programme.models.register import (
    ActionSignatory,
    AgendaItem,
    Commitment,
    Delegation,
    Instrument,
    InstrumentAction,
    JoinedFact,
    Mechanism,
    MechanismParty,
    MechanismStanding,
    Meeting,
    MeetingPerson,
    MeetingReference,
    Series,
)

__all__ = [
    "ActionSignatory",
    "AgendaItem",
    "AnsweredWarning",
    "Assessment",
    "Commitment",
    "CommitmentCoverage",
    "CommitmentListing",
    "CommitmentTally",
    "Delegation",
    "Instrument",
    "InstrumentAction",
    "JoinedFact",
    "Mechanism",
    "MechanismParty",
    "MechanismStanding",
    "Meeting",
    "MeetingPerson",
    "MeetingReference",
    "ProgressReport",
    "RecordedContradiction",
    "Series",
]
