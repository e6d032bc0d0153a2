"""Single things of the public register, with the passages that show them, and a mechanism over time."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId, SeriesId
from entraide.programme.api import (
    FactKind,
    Lane,
    MechanismView,
    get_commitment,
    get_instrument,
    get_mechanism,
    get_meeting,
    get_series,
    get_timeline,
    list_announced,
    list_commitments,
    list_instruments,
    list_references,
    page_series,
)
from entraide.rest.facts import (
    citations,
    commitment_facts,
    contradictions,
    date_facts,
    instrument_facts,
    mechanism_facts,
    meeting_facts,
    reference_facts,
    series_facts,
)
from entraide.rest.interface import PROBLEMS, Cursor, Limit, node_of
from entraide.rest.paging import link_pages, page_by_id
from entraide.rest.schemas import (
    CommitmentDetail,
    DueFacts,
    InstrumentDetail,
    LaneFacts,
    MechanismDetail,
    MeetingDetail,
    SeriesDetail,
    SeriesOfMechanism,
    SeriesPage,
    TimelineFacts,
    TimelineMeeting,
)

router = Router(tags=["register"])


@router.get("/mechanisms/{uuid:mechanism_id}", response={200: MechanismDetail, **PROBLEMS}, summary="One mechanism")
def read_mechanism(request: HttpRequest, mechanism_id: UUID) -> MechanismDetail:
    """Return a mechanism with its parties and series and the passages that show it."""
    origin, view = node_of(request).settings.origin, get_mechanism(MechanismId(mechanism_id))
    return MechanismDetail(
        **mechanism_facts(view, origin).model_dump(),
        citations=citations(FactKind.MECHANISM, view.id, origin),
        contradictions=contradictions(FactKind.MECHANISM, view.id, origin),
    )


@router.get(
    "/mechanisms/{uuid:mechanism_id}/timeline",
    response={200: TimelineFacts, **PROBLEMS},
    summary="A mechanism over time",
)
def read_timeline(request: HttpRequest, mechanism_id: UUID) -> TimelineFacts:
    """Return a lane for each series: meetings, numbers that no source tells of, and what is due next, as of today."""
    node = node_of(request)
    origin, today, view = node.settings.origin, node.clock.now().date(), get_mechanism(MechanismId(mechanism_id))
    timeline = get_timeline(view.id, today)
    return TimelineFacts(
        mechanism_id=view.id,
        url=f"{origin}/mechanisms/{view.id}/",
        as_of=today,
        first_year=timeline.first_year,
        last_year=timeline.last_year,
        lanes=[_lane(lane, view, origin) for lane in timeline.lanes],
        announced=[reference_facts(item) for item in list_announced(view.id)],
    )


@router.get("/meetings/{uuid:meeting_id}", response={200: MeetingDetail, **PROBLEMS}, summary="One meeting")
def read_meeting(request: HttpRequest, meeting_id: UUID) -> MeetingDetail:
    """Return a meeting with what was made there, what else its sources mention, and the passages that show it."""
    origin, view = node_of(request).settings.origin, get_meeting(MeetingId(meeting_id))
    return MeetingDetail(
        **meeting_facts(view, origin).model_dump(),
        instruments=[instrument_facts(item, origin) for item in list_instruments(meeting_id=view.id)],
        commitments=[commitment_facts(item, origin) for item in list_commitments(meeting_id=view.id)],
        references=[reference_facts(item) for item in list_references(view.id)],
        citations=citations(FactKind.MEETING, view.id, origin),
        contradictions=contradictions(FactKind.MEETING, view.id, origin),
    )


@router.get("/instruments/{uuid:instrument_id}", response={200: InstrumentDetail, **PROBLEMS}, summary="One instrument")
def read_instrument(request: HttpRequest, instrument_id: UUID) -> InstrumentDetail:
    """Return an instrument with the actions on it, its commitments and the passages that show it."""
    origin, view = node_of(request).settings.origin, get_instrument(InstrumentId(instrument_id))
    return InstrumentDetail(
        **instrument_facts(view, origin).model_dump(),
        commitments=[commitment_facts(item, origin) for item in list_commitments(instrument_id=view.id)],
        citations=citations(FactKind.INSTRUMENT, view.id, origin),
        contradictions=contradictions(FactKind.INSTRUMENT, view.id, origin),
    )


@router.get("/commitments/{uuid:commitment_id}", response={200: CommitmentDetail, **PROBLEMS}, summary="One commitment")
def read_commitment(request: HttpRequest, commitment_id: UUID) -> CommitmentDetail:
    """Return a commitment with counts, assessments and the passages that show it."""
    origin, view = node_of(request).settings.origin, get_commitment(CommitmentId(commitment_id))
    return CommitmentDetail(
        **commitment_facts(view, origin).model_dump(),
        citations=citations(FactKind.COMMITMENT, view.id, origin),
        contradictions=contradictions(FactKind.COMMITMENT, view.id, origin),
    )


@router.get("/series", response={200: SeriesPage, **PROBLEMS}, summary="Series of meetings, as entered")
def read_series_list(
    request: HttpRequest,
    response: HttpResponse,
    mechanism: Annotated[UUID | None, Query(description="Id of a mechanism")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> SeriesPage:
    """Return numbered series of meetings in the order they were entered, all or one mechanism's."""
    origin, wanted = node_of(request).settings.origin, MechanismId(mechanism) if mechanism else None
    found, following, preceding = page_by_id(
        lambda beyond, backwards, most: page_series(
            mechanism_id=wanted, beyond=beyond, backwards=backwards, limit=most
        ),
        cursor,
        limit,
    )
    links = link_pages(request, response, following, preceding)
    return SeriesPage(**links, items=[SeriesOfMechanism(**series_facts(item, origin)) for item in found])


@router.get("/series/{uuid:series_id}", response={200: SeriesDetail, **PROBLEMS}, summary="One series of meetings")
def read_series(request: HttpRequest, series_id: UUID) -> SeriesDetail:
    """Return a series with its meetings, its gaps and what is due next as of today."""
    node = node_of(request)
    origin, today, view = node.settings.origin, node.clock.now().date(), get_series(SeriesId(series_id))
    lanes = get_timeline(view.mechanism_id, today).lanes
    lane = _lane(next(lane for lane in lanes if lane.series_id == view.id), get_mechanism(view.mechanism_id), origin)
    return SeriesDetail(
        **series_facts(view, origin),
        as_of=today,
        meetings=lane.meetings,
        missing_ordinals=lane.missing_ordinals,
        next_due=lane.next_due,
        citations=citations(FactKind.SERIES, view.id, origin),
    )


def _lane(lane: Lane, mechanism: MechanismView, origin: str) -> LaneFacts:
    series = next((item for item in mechanism.series if item.id == lane.series_id), None)
    dated = [
        TimelineMeeting(
            id=mark.id, url=f"{origin}/meetings/{mark.id}/", ordinal=mark.ordinal, date=date_facts(mark.date)
        )
        for mark in lane.marks
    ]
    undated = [
        TimelineMeeting(
            id=item.id, url=f"{origin}/meetings/{item.id}/", ordinal=item.ordinal, date=date_facts(item.date)
        )
        for item in lane.undated
    ]
    due = lane.next_due
    return LaneFacts(
        series_id=lane.series_id,
        level=series.level.value if series else None,
        names=dict(series.names) if series else {},
        meetings=[*dated, *undated],
        missing_ordinals=[gap.ordinal for gap in lane.missing],
        next_due=DueFacts(ordinal=due.ordinal, year=due.year, interval_years=due.interval, overdue=due.overdue)
        if due
        else None,
    )
