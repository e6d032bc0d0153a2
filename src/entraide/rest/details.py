"""Single things of the public register, with the passages that show them, and a mechanism over time."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId
from entraide.programme.api import (
    FactKind,
    Lane,
    MechanismView,
    get_commitment,
    get_instrument,
    get_mechanism,
    get_meeting,
    get_timeline,
    list_announced,
    list_commitments,
    list_instruments,
    list_references,
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
)
from entraide.rest.interface import PROBLEMS, node_of
from entraide.rest.schemas import (
    CommitmentDetail,
    DueFacts,
    InstrumentDetail,
    LaneFacts,
    MechanismDetail,
    MeetingDetail,
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
