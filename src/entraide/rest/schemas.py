"""What the interface answers beside the kinds of fact, whose schemas are made out of their declarations (`shapes`)."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema

URL = Field(description="Permanent address of its page, with the passages that show it")
API_URL = Field(description="Its address here")
NAMES = Field(
    description="By language, ISO 639", examples=[{"fr": "Conférence des ministres", "en": "Ministers' conference"}]
)
MISSING = Field(description="Numbers between recorded ones that no source tells of")


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


class ContradictionFacts(Schema):
    """What another source says of a field, where the two disagree."""

    field: str
    value: str
    basis: str
    citations: list[CitationFacts]


class CountsFacts(Schema):
    """Requests of one domain in one period between two parties; refused and executed ones count alike.

    No person can be derived.
    """

    domain: str
    requesting: str = Field(description="Id of the party that asked: its node's name, or an id of one on paper")
    requested: str = Field(description="Id of the party that was asked")
    answered_in_time: int
    answered_late: int
    open: int
    overdue: int
    one_sided: int = Field(description="How many of them this node's journal alone knows")


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
    missing_ordinals: list[int] = MISSING
    next_due: DueFacts | None


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
    years: list[int] = Field(description="Years of meetings and reports")
    plan_years: list[int] = Field(description="Years that plans and commitments are for")
    levels: list[str]
    statuses: list[str]
    kinds: list[str] = Field(description="Kinds of instruments")
