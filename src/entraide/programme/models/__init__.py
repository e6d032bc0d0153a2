"""Tables of the programme: the public register, the plans between two nodes, and what proves them."""

from entraide.programme.models.evidence import Assertion, Assessment, ProgressReport
from entraide.programme.models.listings import CommitmentListing, CommitmentTally
from entraide.programme.models.plans import (
    Clause,
    ClauseVersion,
    Plan,
    PlanAgreement,
    PlanMove,
    PlanSignature,
    Signatory,
)
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
    "Assertion",
    "Assessment",
    "Clause",
    "ClauseVersion",
    "Commitment",
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
    "Plan",
    "PlanAgreement",
    "PlanMove",
    "PlanSignature",
    "ProgressReport",
    "Series",
    "Signatory",
]
