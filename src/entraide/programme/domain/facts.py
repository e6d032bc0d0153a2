"""The facts of the public register as plain values: what a human keeps from a source, and what the register answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from entraide.kernel.decision import Reason
from entraide.kernel.ids import OrganisationId, TenureId
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.terms import ActionKind, InstrumentKind, Level, MeetingKind, PersonRole


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a mechanism: a state (ISO 3166-1 alpha-2, `XX` for an organisation of states) and, where it is known,
    the organisation that acts for it with its name per language.
    """

    state: str
    organisation_id: OrganisationId | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonInPost:
    """The holder of a public post as a source prints them that day; `tenure_id` points into the directory."""

    name: str
    post: str
    state: str
    role: PersonRole = PersonRole.PARTICIPANT
    tenure_id: TenureId | None = None


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What is known of a meeting; `name` is what its source calls it."""

    series_id: UUID | None = None
    ordinal: int | None = None
    date: PartialDate | None = None
    place: str = ""
    level: Level | None = None
    kind: MeetingKind = MeetingKind.OTHER
    name: str = ""


@dataclass(frozen=True, slots=True)
class InstrumentFacts:
    """What is known of an instrument: its kind, period (`2025`, `2021/2022`), title, and an action with its date."""

    kind: InstrumentKind
    period: str = ""
    title: str = ""
    action: ActionKind | None = None
    action_date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """What is known of a commitment: where it comes from, its domain's code, status, period and words."""

    domain: str
    status: str
    text: str
    period: str = ""
    instrument_id: UUID | None = None
    meeting_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One field in which a source says something else than the register has."""

    field: str
    recorded: str
    given: str


@dataclass(frozen=True, slots=True)
class Match:
    """Why two facts may be one: `strength` 3 certain, 2 likely, 1 possible; the reason; where they disagree."""

    strength: int
    reason: Reason
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact that the register already has and that a proposal may mean, best first where several are given.

    `summary` is a short line for a person; `match` says why, and where the two disagree.
    """

    kind: str
    id: UUID
    summary: str
    match: Match

    @property
    def certain(self) -> bool:
        """Whether the rules leave no doubt that it is the same fact."""
        return self.match.strength == 3
