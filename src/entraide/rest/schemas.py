"""What the interface answers; every field is described in the OpenAPI document."""

from datetime import date, datetime
from uuid import UUID

from ninja import Field, Schema

URL = Field(description="Permanent address of its page, with the passages that show it")
API_URL = Field(description="Its address here")
NAMES = Field(
    description="By language, ISO 639", examples=[{"fr": "Conférence des ministres", "en": "Ministers' conference"}]
)
STATE = Field(description="ISO 3166-1 alpha-2; XX for an organisation of States", examples=["VN"])


class Problem(Schema):
    """Why a request was not answered (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Bad Request"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=["“x” is not a place in this list."])
    code: str = Field(description="Stable code", examples=["programme.not_a_cursor"])
    remedy: str = Field(examples=["Start from the first page of the list; its links lead to the next ones."])


class TokenFacts(Schema):
    """What the token of this request may do."""

    label: str
    scopes: list[str]
    expires_at: datetime


class Pages(Schema):
    """The neighbours of a page."""

    next: str | None = Field(description="Address of the next page, null on the last one")
    previous: str | None = Field(description="Address of the page before, null on the first one")


class CountedPages(Pages):
    """The neighbours of a page, and how long the list is."""

    count: int = Field(description="How many items the whole list has, counted up to 10000")
    counted_all: bool = Field(description="False where the list has more than `count`")


class FactDate(Schema):
    """A date as far as it is known."""

    value: str = Field(description="EDTF: 2025, 2025-01, 2025-XX-12, or two with a slash", examples=["2024-10-22"])
    basis: str = Field(description="stated, header, weekday or inferred", examples=["stated"])


class SourceFacts(Schema):
    """A source that the register cites."""

    id: UUID
    url: str = URL
    api_url: str = API_URL
    title: str
    kind: str = Field(description="signed_text, official_release or press")
    sample_data: bool = Field(description="One of the sample communiqués that come with the program")
    language: str
    publisher: str
    original_url: str = Field(description="Where it was published, empty when that is not known")
    published: FactDate | None


class CitationFacts(Schema):
    """The passage that shows a field of a fact."""

    fact_kind: str
    fact_id: UUID
    field: str = Field(examples=["date"])
    quote: str
    start: int = Field(description="First character of the passage in the source's text")
    end: int = Field(description="Character after its last")
    url: str = Field(description="The passage on the page of its source")
    source_id: UUID
    source_kind: str
    language: str
    corrected: bool = Field(description="A person corrected what the reader had read there")


class SourceDetail(SourceFacts):
    """A source with the digest of its text and all its cited passages."""

    sha256: str = Field(description="Of the text's UTF-8 bytes, hexadecimal")
    citations: list[CitationFacts]


class Sources(Pages):
    """A page of sources, latest first."""

    items: list[SourceFacts]


class ContradictionFacts(Schema):
    """What another source says of a field, where the two disagree."""

    field: str
    value: str
    basis: str
    citations: list[CitationFacts]


class OrganisationFacts(Schema):
    """A ministry or another body of the public register."""

    id: UUID
    url: str = URL
    api_url: str = API_URL
    state: str = Field(description="ISO 3166-1 alpha-2, or empty for a body of no State")
    names: dict[str, str] = NAMES
    other_names: list[str]


class Organisations(Pages):
    """A page of organisations."""

    items: list[OrganisationFacts]


class TenureFacts(Schema):
    """A person as the holder of a post, from the first to the last date on which a source shows them in it."""

    person_id: UUID
    name: str
    spellings: list[str]
    first_seen: FactDate
    last_seen: FactDate


class PostFacts(Schema):
    """A public post."""

    id: UUID
    url: str = URL
    api_url: str = API_URL
    organisation_id: UUID
    titles: dict[str, str] = NAMES


class PostDetail(PostFacts):
    """A public post with its holders, earliest first."""

    holders: list[TenureFacts]


class Posts(Pages):
    """A page of posts."""

    items: list[PostFacts]


class OrganisationDetail(OrganisationFacts):
    """An organisation with its posts."""

    posts: list[PostFacts]


class PartyFacts(Schema):
    """A party of a mechanism."""

    state: str = STATE
    organisation_id: UUID | None
    names: dict[str, str]


class SeriesFacts(Schema):
    """A numbered series of meetings at one level."""

    id: UUID
    level: str
    names: dict[str, str] = NAMES


class MechanismFacts(Schema):
    """A mechanism of cooperation."""

    id: UUID
    url: str = URL
    api_url: str = API_URL
    names: dict[str, str] = NAMES
    level: str
    status: str
    parties: list[PartyFacts]
    series: list[SeriesFacts]
    meetings: int
    instruments: int
    commitments: int


class MechanismDetail(MechanismFacts):
    """A mechanism with the passages that show it."""

    citations: list[CitationFacts]
    contradictions: list[ContradictionFacts]


class Mechanisms(CountedPages):
    """A page of mechanisms, those entered last first."""

    items: list[MechanismFacts]


class OfficialFacts(Schema):
    """A holder of a public post, in the post held that day."""

    name: str
    post: str
    state: str
    role: str


class MeetingFacts(Schema):
    """A meeting that took place."""

    id: UUID
    url: str = URL
    api_url: str = API_URL
    mechanism_id: UUID
    series_id: UUID | None
    ordinal: int | None
    level: str | None
    kind: str
    name: str
    date: FactDate | None
    place: str
    people: list[OfficialFacts]


class Meetings(CountedPages):
    """A page of meetings, newest first."""

    items: list[MeetingFacts]


class ReferenceFacts(Schema):
    """Another meeting that the sources of this one mention."""

    id: UUID
    meeting_id: UUID | None = Field(description="The mentioned meeting, where it is recorded")
    name: str
    ordinal: int | None
    date: FactDate | None
    place: str
    when: str = Field(description="earlier or later")


class ActionFacts(Schema):
    """What was done with an instrument: initialled, signed, reviewed and the like."""

    kind: str
    date: FactDate | None
    meeting_id: UUID | None
    signatories: list[OfficialFacts]


class InstrumentFacts(Schema):
    """A plan, minutes, a memorandum, an agreement or a declaration."""

    id: UUID
    url: str = URL
    api_url: str = API_URL
    mechanism_id: UUID
    meeting_id: UUID | None
    kind: str
    titles: dict[str, str] = NAMES
    period: str
    languages: list[str]
    actions: list[ActionFacts]


class Instruments(CountedPages):
    """A page of instruments, newest first."""

    items: list[InstrumentFacts]


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
    url: str = URL
    api_url: str = API_URL
    mechanism_id: UUID
    instrument_id: UUID | None
    meeting_id: UUID | None
    domain: str
    status: str
    texts: dict[str, str] = NAMES
    period: str
    progress: list[ProgressFacts]
    assessments: list[AssessmentFacts]


class Commitments(CountedPages):
    """A page of commitments, those agreed last first."""

    items: list[CommitmentFacts]


class CommitmentDetail(CommitmentFacts):
    """A commitment with the passages that show it."""

    citations: list[CitationFacts]
    contradictions: list[ContradictionFacts]


class InstrumentDetail(InstrumentFacts):
    """An instrument with its commitments (the first 200) and the passages that show it."""

    commitments: list[CommitmentFacts]
    citations: list[CitationFacts]
    contradictions: list[ContradictionFacts]


class MeetingDetail(MeetingFacts):
    """A meeting with what was made there, what else its sources mention, and the passages that show it."""

    instruments: list[InstrumentFacts]
    commitments: list[CommitmentFacts]
    references: list[ReferenceFacts]
    citations: list[CitationFacts]
    contradictions: list[ContradictionFacts]


class TimelineMeeting(Schema):
    """A meeting on its lane."""

    id: UUID
    url: str = URL
    ordinal: int | None
    date: FactDate | None


class DueFacts(Schema):
    """What is due next, as derived from the rhythm of the series; no source announces it."""

    ordinal: int | None
    year: int
    interval_years: int
    overdue: bool


class LaneFacts(Schema):
    """One series over time; without an id: meetings outside any series."""

    series_id: UUID | None
    level: str | None
    names: dict[str, str]
    meetings: list[TimelineMeeting]
    missing_ordinals: list[int] = Field(description="Numbers between recorded ones that no source tells of")
    next_due: DueFacts | None


class SeriesOfMechanism(SeriesFacts):
    """A series with the mechanism that it belongs to."""

    url: str = Field(description="Permanent address of its place on the page of its mechanism")
    api_url: str = API_URL
    mechanism_id: UUID


class SeriesPage(Pages):
    """A page of series, as entered."""

    items: list[SeriesOfMechanism]


class SeriesDetail(SeriesOfMechanism):
    """A series with its meetings, the numbers that no source tells of, and what is due next as of a day."""

    as_of: date
    meetings: list[TimelineMeeting]
    missing_ordinals: list[int] = Field(description="Numbers between recorded ones that no source tells of")
    next_due: DueFacts | None
    citations: list[CitationFacts]


class TimelineFacts(Schema):
    """A mechanism over time."""

    mechanism_id: UUID
    url: str = URL
    as_of: date
    first_year: int
    last_year: int
    lanes: list[LaneFacts]
    announced: list[ReferenceFacts]


class PairCount(Schema):
    """How many commitments in a domain two States are party to."""

    states: tuple[str, str] = Field(examples=[["LA", "VN"]])
    domain: str = Field(examples=["drugs"])
    count: int


class DomainCounts(Schema):
    """The heat map of domains by pair of States."""

    items: list[PairCount]


class Values(Schema):
    """What lists can be narrowed by here."""

    states: list[str] = Field(description="States that occur, ISO 3166-1 alpha-2")
    domains: list[str]
    years: list[int]
    levels: list[str]
    statuses: list[str]
    kinds: list[str] = Field(description="Kinds of instruments")
