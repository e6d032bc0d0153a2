"""What pages, exports and other contexts are given of the register: frozen values, texts by language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId, PlanId, SeriesId
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.facts import Party, PersonInPost
from entraide.programme.domain.terms import (
    ActionKind,
    AssessmentMethod,
    CommitmentStatus,
    Grade,
    InstrumentKind,
    Level,
    MechanismStatus,
    MeetingKind,
    SourceOfCommitment,
    When,
)


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series of meetings: names by language, and further names that texts give it."""

    id: SeriesId
    level: Level
    names: Mapping[str, str]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MechanismView:
    """A mechanism with its parties and series, and how much is recorded of it."""

    id: MechanismId
    names: Mapping[str, str]
    level: Level
    status: MechanismStatus
    parties: tuple[Party, ...]
    series: tuple[SeriesView, ...]
    meetings: int = 0
    instruments: int = 0
    commitments: int = 0


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting with the holders of posts who took part; one that is not `reported` is mentioned by others only."""

    id: MeetingId
    mechanism_id: MechanismId
    series: SeriesView | None
    ordinal: int | None
    level: Level | None
    kind: MeetingKind
    name: str
    date: PartialDate | None
    place: str
    people: tuple[PersonInPost, ...]
    reported: bool = True


@dataclass(frozen=True, slots=True)
class StandingView:
    """How a mechanism stood since a date; `successor_id` is the mechanism that followed."""

    id: UUID
    status: MechanismStatus
    date: PartialDate | None
    successor_id: MechanismId | None


@dataclass(frozen=True, slots=True)
class DelegationView:
    """A side's delegation at a meeting: who led it, the others, and how many it was where that is told.

    `id` is None where only its people are known.
    """

    id: UUID | None
    state: str
    heads: tuple[PersonInPost, ...]
    members: tuple[PersonInPost, ...]
    size: int | None


@dataclass(frozen=True, slots=True)
class AgendaItemView:
    """A point of a meeting's agenda and what came of it, per language; no outcome where none is told."""

    id: UUID
    position: int
    texts: Mapping[str, str]
    outcomes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A meeting that another one's source mentions; `referred_id` when it is recorded here."""

    id: UUID
    meeting_id: MeetingId
    referred_id: MeetingId | None
    name: str
    ordinal: int | None
    date: PartialDate | None
    place: str
    when: When


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action on an instrument."""

    id: UUID
    kind: ActionKind
    date: PartialDate | None
    meeting_id: MeetingId | None
    signatories: tuple[PersonInPost, ...]


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """An instrument with the log of its actions, oldest first."""

    id: InstrumentId
    mechanism_id: MechanismId
    meeting_id: MeetingId | None
    kind: InstrumentKind
    titles: Mapping[str, str]
    period: str
    languages: tuple[str, ...]
    plan_id: PlanId | None
    actions: tuple[ActionView, ...]

    @property
    def latest(self) -> ActionView | None:
        """The last action that changed its standing (mentions and reviews change none), else the last of all."""
        standing = [item for item in self.actions if item.kind not in {ActionKind.REFERENCED, ActionKind.REVIEWED}]
        last = standing or list(self.actions)
        return last[-1] if last else None


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Requests counted for a commitment in a period."""

    id: UUID
    period: str
    answered_in_time: int
    answered_late: int
    still_open: int
    by_node: str
    one_sided: bool
    at: datetime

    @property
    def total(self) -> int:
        """All requests counted."""
        return self.answered_in_time + self.answered_late + self.still_open


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """A grade that somebody gave."""

    id: UUID
    period: str
    assessor: str
    method: AssessmentMethod
    grade: Grade
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment with its latest counts; all counts and assessments come with `get_commitment`."""

    id: CommitmentId
    mechanism_id: MechanismId
    instrument_id: InstrumentId | None
    meeting_id: MeetingId | None
    domain: str
    status: CommitmentStatus
    texts: Mapping[str, str]
    period: str
    lead_units: Mapping[str, str]
    source: SourceOfCommitment
    clause_id: UUID | None
    progress: tuple[ProgressView, ...] = ()
    assessments: tuple[AssessmentView, ...] = ()

    @property
    def latest_progress(self) -> ProgressView | None:
        """The newest counts."""
        return self.progress[-1] if self.progress else None


@dataclass(frozen=True, slots=True)
class RecordedContradictionView:
    """What another source says of a field of a fact: the kind of that source (empty where none is recorded), its date,
    and why a person decided against the weight of the sources, if one did.
    """

    id: UUID
    field: str
    value: str
    basis: str
    source_kind: str = ""
    told_on: PartialDate | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A holder of a post in a meeting or signature, for the page of a post or an organisation."""

    person: PersonInPost
    meeting_id: MeetingId
    date: PartialDate | None
    place: str
