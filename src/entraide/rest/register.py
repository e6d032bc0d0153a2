"""The public register in lists: mechanisms, meetings, instruments and commitments, narrowed and in pages."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from entraide.directory.api import parse_state
from entraide.kernel.ids import MechanismId
from entraide.programme.api import (
    CommitmentFilter,
    CommitmentStatus,
    InstrumentFilter,
    InstrumentKind,
    Level,
    MechanismFilter,
    MeetingFilter,
    Page,
    count_domains_by_pair,
    list_filter_values,
    load_domains,
    page_commitments,
    page_instruments,
    page_mechanisms,
    page_meetings,
)
from entraide.programme.domain.errors import UnknownCode
from entraide.rest.facts import commitment_facts, instrument_facts, mechanism_facts, meeting_facts
from entraide.rest.interface import ORGANISATION_OF_STATES, PROBLEMS, Cursor, Limit, node_of
from entraide.rest.paging import link_pages
from entraide.rest.schemas import Commitments, DomainCounts, Instruments, Mechanisms, Meetings, PairCount, Values

router = Router(tags=["register"])

States = Annotated[
    tuple[str, ...],
    Query(alias="state", max_length=20, description="ISO 3166-1 alpha-2; repeated: all of them are parties"),
]
Year = Annotated[int | None, Query(ge=1, le=9999, description="Four digits")]
Mechanism = Annotated[UUID | None, Query(description="Id of a mechanism")]


@router.get("/mechanisms", response={200: Mechanisms, **PROBLEMS}, summary="Mechanisms with their parties and series")
def read_mechanisms(
    request: HttpRequest,
    response: HttpResponse,
    states: States = (),
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Mechanisms:
    """Return mechanisms, those entered last first, of one State or between several."""
    page = page_mechanisms(MechanismFilter(_states(states)), cursor=cursor, limit=limit)
    origin = node_of(request).settings.origin
    return Mechanisms(**_pages(request, response, page), items=[mechanism_facts(view, origin) for view in page.items])


@router.get("/meetings", response={200: Meetings, **PROBLEMS}, summary="Meetings, newest first")
def read_meetings(
    request: HttpRequest,
    response: HttpResponse,
    states: States = (),
    level: Level | None = None,
    year: Year = None,
    mechanism: Mechanism = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Meetings:
    """Return meetings, newest first, narrowed by States, level, year or mechanism."""
    wanted = MeetingFilter(_states(states), level, year, _mechanism(mechanism))
    page = page_meetings(wanted, cursor=cursor, limit=limit)
    origin = node_of(request).settings.origin
    return Meetings(**_pages(request, response, page), items=[meeting_facts(view, origin) for view in page.items])


@router.get("/instruments", response={200: Instruments, **PROBLEMS}, summary="Instruments, newest first")
def read_instruments(
    request: HttpRequest,
    response: HttpResponse,
    states: States = (),
    kind: InstrumentKind | None = None,
    year: Year = None,
    mechanism: Mechanism = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Instruments:
    """Return instruments with the actions on them, newest first, narrowed by States, kind, year or mechanism."""
    wanted = InstrumentFilter(_states(states), kind, year, _mechanism(mechanism))
    page = page_instruments(wanted, cursor=cursor, limit=limit)
    origin = node_of(request).settings.origin
    return Instruments(**_pages(request, response, page), items=[instrument_facts(view, origin) for view in page.items])


@router.get("/commitments", response={200: Commitments, **PROBLEMS}, summary="Commitments, latest first")
def read_commitments(
    request: HttpRequest,
    response: HttpResponse,
    states: States = (),
    domain: Annotated[str | None, Query(max_length=40, description="Code of a domain, see /filters")] = None,
    status: CommitmentStatus | None = None,
    year: Year = None,
    mechanism: Mechanism = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Commitments:
    """Return commitments, those agreed last first, narrowed by States, domain, status, year or mechanism."""
    wanted = CommitmentFilter(_states(states), _domain(domain), status, year, _mechanism(mechanism))
    page = page_commitments(wanted, cursor=cursor, limit=limit)
    origin = node_of(request).settings.origin
    return Commitments(**_pages(request, response, page), items=[commitment_facts(view, origin) for view in page.items])


@router.get("/counts/domains", response={200: DomainCounts, **PROBLEMS}, summary="Commitments by pair and domain")
def read_domain_counts(request: HttpRequest, status: CommitmentStatus | None = None) -> DomainCounts:
    """Return how many commitments each pair of States has in each domain: the heat map, all of it or one status."""
    del request
    counts = count_domains_by_pair(status=status)
    return DomainCounts(items=[PairCount(states=item.states, domain=item.domain, count=item.count) for item in counts])


@router.get("/filters", response={200: Values, **PROBLEMS}, summary="Values that lists can be narrowed by")
def read_filters(request: HttpRequest) -> Values:
    """Return the States, domains and years that occur, and the closed lists of levels, statuses and kinds."""
    del request
    found = list_filter_values()
    return Values(
        states=list(found.states),
        domains=list(found.domains),
        years=list(found.years),
        levels=[item.value for item in Level],
        statuses=[item.value for item in CommitmentStatus],
        kinds=[item.value for item in InstrumentKind],
    )


def _states(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        ORGANISATION_OF_STATES if code.upper() == ORGANISATION_OF_STATES else parse_state(code) for code in codes
    )


def _mechanism(given: UUID | None) -> MechanismId | None:
    return MechanismId(given) if given else None


def _domain(code: str | None) -> str | None:
    if code is not None and code not in load_domains().codes:
        raise UnknownCode(value=code[:40], what="domain", allowed=", ".join(load_domains().codes))
    return code


def _pages(request: HttpRequest, response: HttpResponse, page: Page[Any]) -> dict[str, Any]:
    links = link_pages(request, response, page.next_cursor, page.previous_cursor)
    return {**links, "count": page.count, "counted_all": page.counted_all}
