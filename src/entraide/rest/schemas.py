"""What the interface answers; every field is described in the OpenAPI document."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema


class Problem(Schema):
    """Why a request was not answered."""

    code: str = Field(description="Stable code, such as access.bad_token")
    message: str
    remedy: str


class TokenFacts(Schema):
    """What the token of this request may do."""

    label: str
    scopes: list[str]
    expires_at: datetime


class OrganisationFacts(Schema):
    """A ministry or another body of the public register."""

    id: UUID
    state: str = Field(description="ISO 3166-1 alpha-2, or empty for a body of no State")
    names: dict[str, str] = Field(description="By language, ISO 639")
    other_names: list[str]


class Organisations(Schema):
    """A page of organisations."""

    count: int
    items: list[OrganisationFacts]


class FactDate(Schema):
    """A date as far as it is known."""

    value: str = Field(description="EDTF: 2025, 2025-01, 2025-XX-12, or two with a slash")
    basis: str = Field(description="stated, header, weekday or inferred")


class PartyFacts(Schema):
    """A party of a mechanism."""

    state: str
    organisation_id: UUID | None
    names: dict[str, str]


class SeriesFacts(Schema):
    """A numbered series of meetings at one level."""

    id: UUID
    level: str
    names: dict[str, str]


class MechanismFacts(Schema):
    """A mechanism of cooperation."""

    id: UUID
    page: str = Field(description="Permanent address of its page")
    names: dict[str, str]
    level: str
    status: str
    parties: list[PartyFacts]
    series: list[SeriesFacts]
    meetings: int
    instruments: int
    commitments: int


class OfficialFacts(Schema):
    """A holder of a public post, in the post held that day."""

    name: str
    post: str
    state: str
    role: str


class MeetingFacts(Schema):
    """A meeting that took place."""

    id: UUID
    page: str = Field(description="Permanent address of its page, with the passages that prove it")
    mechanism_id: UUID
    series_id: UUID | None
    ordinal: int | None
    level: str | None
    kind: str
    name: str
    date: FactDate | None
    place: str
    people: list[OfficialFacts]


class Meetings(Schema):
    """A page of meetings, newest first."""

    count: int
    items: list[MeetingFacts]


class ActionFacts(Schema):
    """What was done with an instrument: initialled, signed, reviewed and the like."""

    kind: str
    date: FactDate | None
    meeting_id: UUID | None


class InstrumentFacts(Schema):
    """A plan, minutes, a memorandum, an agreement or a declaration."""

    id: UUID
    page: str = Field(description="Permanent address of its page, with the passages that prove it")
    mechanism_id: UUID
    meeting_id: UUID | None
    kind: str
    titles: dict[str, str]
    period: str
    languages: list[str]
    actions: list[ActionFacts]


class CountsFacts(Schema):
    """Requests of one domain in one period; refused and executed ones count alike, and no person can be derived."""

    domain: str
    answered_in_time: int
    answered_late: int
    open: int
    overdue: int


class ProgressFacts(Schema):
    """What the exchange counted for a commitment."""

    period: str
    answered_in_time: int
    answered_late: int
    still_open: int
    by_node: str
    one_sided: bool


class AssessmentFacts(Schema):
    """A grade somebody gave; several may disagree."""

    period: str
    assessor: str
    method: str
    grade: str


class CommitmentFacts(Schema):
    """What was promised, and what is known of its being done."""

    id: UUID
    page: str = Field(description="Permanent address of its page, with the passages that prove it")
    mechanism_id: UUID
    instrument_id: UUID | None
    meeting_id: UUID | None
    domain: str
    status: str
    texts: dict[str, str]
    period: str
    progress: list[ProgressFacts]
    assessments: list[AssessmentFacts]
