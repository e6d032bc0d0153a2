"""The public register: mechanisms, meetings, instruments and commitments, each with the address of its page."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from entraide.access.api import Scope
from entraide.kernel.ids import InstrumentId, MechanismId
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    CommitmentView,
    InstrumentView,
    MechanismView,
    MeetingView,
    count_meetings,
    list_commitments,
    list_instruments,
    list_mechanisms,
    list_meetings,
)
from entraide.rest.interface import PROBLEMS, Limit, Offset, ScopedToken, node_of
from entraide.rest.schemas import (
    ActionFacts,
    AssessmentFacts,
    CommitmentFacts,
    FactDate,
    InstrumentFacts,
    MechanismFacts,
    MeetingFacts,
    Meetings,
    OfficialFacts,
    PartyFacts,
    ProgressFacts,
    SeriesFacts,
)

router = Router(tags=["register"], auth=ScopedToken(Scope.read_register))


@router.get("/mechanisms", response={200: list[MechanismFacts], **PROBLEMS})
def read_mechanisms(request: HttpRequest) -> list[MechanismFacts]:
    """Return the mechanisms with their parties and series."""
    origin = node_of(request).settings.origin
    return [_mechanism(view, origin) for view in list_mechanisms()]


@router.get("/meetings", response={200: Meetings, **PROBLEMS})
def read_meetings(
    request: HttpRequest, mechanism: UUID | None = None, limit: Limit = 50, offset: Offset = 0
) -> Meetings:
    """Return meetings, newest first; `count` is that of all recorded meetings."""
    origin = node_of(request).settings.origin
    found = list_meetings(mechanism_id=MechanismId(mechanism) if mechanism else None, limit=limit, offset=offset)
    return Meetings(count=count_meetings(), items=[_meeting(view, origin) for view in found])


@router.get("/instruments", response={200: list[InstrumentFacts], **PROBLEMS})
def read_instruments(request: HttpRequest, mechanism: UUID | None = None, limit: Limit = 50) -> list[InstrumentFacts]:
    """Return instruments with the actions on them, newest first."""
    origin = node_of(request).settings.origin
    found = list_instruments(mechanism_id=MechanismId(mechanism) if mechanism else None, limit=limit)
    return [_instrument(view, origin) for view in found]


@router.get("/commitments", response={200: list[CommitmentFacts], **PROBLEMS})
def read_commitments(
    request: HttpRequest,
    mechanism: UUID | None = None,
    instrument: UUID | None = None,
    domain: str | None = None,
    period: str | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> list[CommitmentFacts]:
    """Return commitments in the order they were recorded, narrowed by mechanism, instrument, domain or period."""
    origin = node_of(request).settings.origin
    found = list_commitments(
        mechanism_id=MechanismId(mechanism) if mechanism else None,
        instrument_id=InstrumentId(instrument) if instrument else None,
        domain=domain,
        period=period,
        limit=limit,
        offset=offset,
    )
    return [_commitment(view, origin) for view in found]


def _date(date: PartialDate | None) -> FactDate | None:
    return FactDate(value=date.value, basis=date.basis.value) if date else None


def _mechanism(view: MechanismView, origin: str) -> MechanismFacts:
    return MechanismFacts(
        id=view.id,
        page=f"{origin}/mechanisms/{view.id}/",
        names=dict(view.names),
        level=view.level.value,
        status=view.status.value,
        parties=[
            PartyFacts(state=party.state, organisation_id=party.organisation_id, names=dict(party.names))
            for party in view.parties
        ],
        series=[
            SeriesFacts(id=series.id, level=series.level.value, names=dict(series.names)) for series in view.series
        ],
        meetings=view.meetings,
        instruments=view.instruments,
        commitments=view.commitments,
    )


def _meeting(view: MeetingView, origin: str) -> MeetingFacts:
    return MeetingFacts(
        id=view.id,
        page=f"{origin}/meetings/{view.id}/",
        mechanism_id=view.mechanism_id,
        series_id=view.series.id if view.series else None,
        ordinal=view.ordinal,
        level=view.level.value if view.level else None,
        kind=view.kind.value,
        name=view.name,
        date=_date(view.date),
        place=view.place,
        people=[
            OfficialFacts(name=person.name, post=person.post, state=person.state, role=person.role.value)
            for person in view.people
        ],
    )


def _instrument(view: InstrumentView, origin: str) -> InstrumentFacts:
    return InstrumentFacts(
        id=view.id,
        page=f"{origin}/instruments/{view.id}/",
        mechanism_id=view.mechanism_id,
        meeting_id=view.meeting_id,
        kind=view.kind.value,
        titles=dict(view.titles),
        period=view.period,
        languages=list(view.languages),
        actions=[
            ActionFacts(kind=action.kind.value, date=_date(action.date), meeting_id=action.meeting_id)
            for action in view.actions
        ],
    )


def _commitment(view: CommitmentView, origin: str) -> CommitmentFacts:
    return CommitmentFacts(
        id=view.id,
        page=f"{origin}/commitments/{view.id}/",
        mechanism_id=view.mechanism_id,
        instrument_id=view.instrument_id,
        meeting_id=view.meeting_id,
        domain=view.domain,
        status=view.status.value,
        texts=dict(view.texts),
        period=view.period,
        progress=[
            ProgressFacts(
                period=item.period,
                answered_in_time=item.answered_in_time,
                answered_late=item.answered_late,
                still_open=item.still_open,
                by_node=item.by_node,
                one_sided=item.one_sided,
            )
            for item in view.progress
        ],
        assessments=[
            AssessmentFacts(
                period=item.period, assessor=item.assessor, method=item.method.value, grade=item.grade.value
            )
            for item in view.assessments
        ],
    )
