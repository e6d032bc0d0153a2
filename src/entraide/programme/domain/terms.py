"""The closed lists of the register; each value is what the database, the journal and the exports carry.

`NAMES` gives the English message id of every value for the people's languages.
"""

from enum import StrEnum
from typing import Final

from entraide.kernel.text import N_


class Level(StrEnum):
    """The level at which a series or a meeting is held."""

    STATE = "state"
    MINISTER = "minister"
    VICE_MINISTER = "vice_minister"
    UNIT = "unit"
    PROVINCE = "province"


class MechanismStatus(StrEnum):
    """Whether a mechanism is at work, has not met for long, has ended, or has been followed by another."""

    ACTIVE = "active"
    DORMANT = "dormant"
    ENDED = "ended"
    SUCCEEDED = "succeeded"


class MeetingKind(StrEnum):
    """What kind of meeting took place."""

    CONFERENCE = "conference"
    DIALOGUE = "dialogue"
    TALK = "talk"
    VISIT = "visit"
    WORKING_SESSION = "working_session"
    COMMITTEE = "committee"
    OTHER = "other"


class PersonRole(StrEnum):
    """What a holder of a post did at a meeting."""

    CO_CHAIR = "co_chair"
    HEAD_OF_DELEGATION = "head_of_delegation"
    PARTICIPANT = "participant"


class InstrumentKind(StrEnum):
    """What kind of text was agreed."""

    MINUTES = "minutes"
    MEMORANDUM = "memorandum"
    PLAN = "plan"
    AGREEMENT = "agreement"
    DECLARATION = "declaration"
    OTHER = "other"


class ActionKind(StrEnum):
    """What happened to an instrument; the words of the United Nations' treaty registration where it has one."""

    PLANNED = "planned"
    INITIALLED = "initialled"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    REVIEWED = "reviewed"
    AMENDED = "amended"
    REFERENCED = "referenced"
    EXPIRED = "expired"
    TERMINATED = "terminated"


class CommitmentStatus(StrEnum):
    """How far a commitment had come when its source spoke of it."""

    DONE = "done"
    ONGOING = "ongoing"
    PLEDGED = "pledged"
    PROPOSED = "proposed"


class When(StrEnum):
    """Whether a meeting that another one mentions came before it or is still to come."""

    EARLIER = "earlier"
    LATER = "later"


class AssessmentMethod(StrEnum):
    """Who speaks in an assessment."""

    OWN_REPORT = "own_report"
    PARTNER_REPORT = "partner_report"
    INDEPENDENT = "independent"


class Grade(StrEnum):
    """How far a commitment was carried out: the five grades of the Open Government Partnership's reviews."""

    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETED = "completed"


class FactKind:
    """Kinds of fact that the register's own rules name. No list of all: which there are, declarations say."""

    MECHANISM: Final = "mechanism"
    SERIES: Final = "series"
    MEETING: Final = "meeting"
    INSTRUMENT: Final = "instrument"
    ACTION: Final = "action"
    COMMITMENT: Final = "commitment"
    REFERENCE: Final = "reference"
    CONTRADICTION: Final = "contradiction"
    STANDING: Final = "standing"
    DELEGATION: Final = "delegation"
    AGENDA_ITEM: Final = "agenda_item"


class SourceOfCommitment(StrEnum):
    """Where a commitment of the register comes from: a cited passage, or a plan that was signed on this node."""

    PASSAGE = "passage"
    SIGNED_TEXT = "signed_text"


_NAMES: tuple[tuple[StrEnum, str], ...] = (
    (Level.STATE, N_("Heads of State or government")),
    (Level.MINISTER, N_("Ministers")),
    (Level.VICE_MINISTER, N_("Vice-ministers")),
    (Level.UNIT, N_("Departments and units")),
    (Level.PROVINCE, N_("Provinces and border districts")),
    (MechanismStatus.ACTIVE, N_("Active mechanism")),
    (MechanismStatus.DORMANT, N_("Dormant mechanism")),
    (MechanismStatus.ENDED, N_("Ended mechanism")),
    (MechanismStatus.SUCCEEDED, N_("Followed by another mechanism")),
    (MeetingKind.CONFERENCE, N_("Conference")),
    (MeetingKind.DIALOGUE, N_("Dialogue")),
    (MeetingKind.TALK, N_("Talks")),
    (MeetingKind.VISIT, N_("Visit")),
    (MeetingKind.WORKING_SESSION, N_("Working session")),
    (MeetingKind.COMMITTEE, N_("Committee meeting")),
    (MeetingKind.OTHER, N_("Meeting")),
    (PersonRole.CO_CHAIR, N_("Co-chair")),
    (PersonRole.HEAD_OF_DELEGATION, N_("Head of delegation")),
    (PersonRole.PARTICIPANT, N_("Participant")),
    (InstrumentKind.MINUTES, N_("Minutes")),
    (InstrumentKind.MEMORANDUM, N_("Memorandum of understanding")),
    (InstrumentKind.PLAN, N_("Cooperation plan")),
    (InstrumentKind.AGREEMENT, N_("Agreement")),
    (InstrumentKind.DECLARATION, N_("Joint declaration")),
    (InstrumentKind.OTHER, N_("Other instrument")),
    (ActionKind.PLANNED, N_("Planned")),
    (ActionKind.INITIALLED, N_("Initialled")),
    (ActionKind.SIGNED, N_("Signed")),
    (ActionKind.IN_FORCE, N_("Entered into force")),
    (ActionKind.REVIEWED, N_("Reviewed")),
    (ActionKind.AMENDED, N_("Amended")),
    (ActionKind.REFERENCED, N_("Referred to")),
    (ActionKind.EXPIRED, N_("Expired")),
    (ActionKind.TERMINATED, N_("Terminated")),
    (CommitmentStatus.DONE, N_("Reported as done")),
    (CommitmentStatus.ONGOING, N_("Ongoing")),
    (CommitmentStatus.PLEDGED, N_("Pledged")),
    (CommitmentStatus.PROPOSED, N_("Proposed by one side")),
    (When.EARLIER, N_("Earlier meeting")),
    (When.LATER, N_("Announced meeting")),
    (AssessmentMethod.OWN_REPORT, N_("Report of this ministry")),
    (AssessmentMethod.PARTNER_REPORT, N_("Report of the partner")),
    (AssessmentMethod.INDEPENDENT, N_("Independent assessment")),
    (Grade.NO_EVIDENCE, N_("No evidence available")),
    (Grade.NOT_STARTED, N_("Not started")),
    (Grade.LIMITED, N_("Limited")),
    (Grade.SUBSTANTIAL, N_("Substantial")),
    (Grade.COMPLETED, N_("Completed")),
)


class NamesOfTerms:
    """The English message id of each value, found by its list too: a meeting and an instrument may both be `other`."""

    def __init__(self, names: tuple[tuple[StrEnum, str], ...]) -> None:
        """Take the names as pairs; as keys of one dictionary equal values of two lists would be one."""
        self._names = {(type(value), value.value): name for value, name in names}

    def __getitem__(self, value: StrEnum) -> str:
        """Return the name of `value`; a value of no closed list raises KeyError."""
        return self._names[type(value), value.value]


NAMES = NamesOfTerms(_NAMES)
