"""What is shown of mechanisms and series over time: lanes of meetings, gaps, and what is due next."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from entraide.kernel.ids import MechanismId, SeriesId
from entraide.programme.api import (
    Lane,
    MechanismView,
    SeriesOf,
    get_mechanism,
    get_series,
    get_timeline,
    list_announced,
    page_series,
)
from entraide.programme.domain.paths import Item
from entraide.rest.citations import citations, date_facts
from entraide.rest.interface import PROBLEMS, Cursor, Limit, node_of
from entraide.rest.paging import link_pages, page_by_id
from entraide.rest.schemas import API_URL, MISSING, URL, CitationFacts, DueFacts, LaneFacts, Pages, TimelineMeeting
from entraide.rest.shapes import extend, facts_of, shape_of

router = Router(tags=["register"])
PLACE = Field(description="Permanent address of its place on the page of its mechanism")
TimelineFacts = extend(
    "TimelineFacts",
    Schema,
    "A mechanism over time.",
    {
        "mechanism_id": (UUID, ...),
        "url": (str, URL),
        "as_of": (date, ...),
        "first_year": (int, ...),
        "last_year": (int, ...),
        "lanes": (list[LaneFacts], ...),
        "announced": (list[shape_of("reference")], ...),  # type: ignore[misc]  # a type made of its declaration
    },
)
SeriesOfMechanism = extend(
    "SeriesOfMechanism",
    shape_of("series"),
    "A series with the mechanism that it belongs to.",
    {
        "url": (str, PLACE),
        "api_url": (str, API_URL),
        "mechanism_id": (UUID, ...),
    },
)
SeriesPage = extend(
    "SeriesPage",
    Pages,
    "A page of series, as entered.",
    {
        "items": (list[SeriesOfMechanism], ...),  # type: ignore[valid-type]  # the same
    },
)
SeriesDetail = extend(
    "SeriesDetail",
    SeriesOfMechanism,
    "A series with its meetings, the numbers that no source tells of, and what is due next as of a day.",
    {
        "as_of": (date, ...),
        "meetings": (list[TimelineMeeting], ...),
        "missing_ordinals": (list[int], MISSING),
        "next_due": (DueFacts | None, ...),
        "citations": (list[CitationFacts], ...),
    },
)


@router.get(
    "/mechanisms/{uuid:mechanism_id}/timeline",
    response={200: TimelineFacts, **PROBLEMS},
    summary="A mechanism over time",
)
def read_timeline(request: HttpRequest, mechanism_id: UUID) -> dict[str, Any]:
    """Return a lane for each series: meetings, numbers that no source tells of, and what is due next, as of today."""
    node = node_of(request)
    origin, today = node.settings.origin, node.clock.now().date()
    view = get_mechanism(node, MechanismId(mechanism_id))
    timeline = get_timeline(node, view.id, today)
    return {
        "mechanism_id": view.id,
        "url": f"{origin}/mechanisms/{view.id}/",
        "as_of": today,
        "first_year": timeline.first_year,
        "last_year": timeline.last_year,
        "lanes": [_lane(lane, view, origin) for lane in timeline.lanes],
        "announced": [facts_of("reference", Item(item), origin) for item in list_announced(node, view.id)],
    }


@router.get("/series", response={200: SeriesPage, **PROBLEMS}, summary="Series of meetings, as entered")
def read_series_list(
    request: HttpRequest,
    response: HttpResponse,
    mechanism: Annotated[UUID | None, Query(description="Id of a mechanism")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Return numbered series of meetings in the order they were entered, all or one mechanism's."""
    node = node_of(request)
    origin, wanted = node.settings.origin, MechanismId(mechanism) if mechanism else None
    found, following, preceding = page_by_id(
        lambda beyond, backwards, most: page_series(
            node, mechanism_id=wanted, beyond=beyond, backwards=backwards, limit=most
        ),
        cursor,
        limit,
    )
    links = link_pages(request, response, following, preceding)
    return {**links, "items": [_series(item, origin) for item in found]}


@router.get("/series/{uuid:series_id}", response={200: SeriesDetail, **PROBLEMS}, summary="One series of meetings")
def read_series(request: HttpRequest, series_id: UUID) -> dict[str, Any]:
    """Return a series with its meetings, its gaps and what is due next as of today."""
    node = node_of(request)
    origin, today = node.settings.origin, node.clock.now().date()
    view = get_series(node, SeriesId(series_id))
    lanes = get_timeline(node, view.mechanism_id, today).lanes
    lane = _lane(
        next(lane for lane in lanes if lane.series_id == view.id),
        get_mechanism(node, view.mechanism_id),
        origin,
    )
    return {
        **_series(view, origin),
        "as_of": today,
        "meetings": lane.meetings,
        "missing_ordinals": lane.missing_ordinals,
        "next_due": lane.next_due,
        "citations": citations(node, "series", view.id, origin),
    }


def _series(view: SeriesOf, origin: str) -> dict[str, Any]:
    return {
        **facts_of("series", Item(view), origin),
        "url": f"{origin}/mechanisms/{view.mechanism_id}/#series-{view.id}",
        "api_url": f"{origin}/api/v1/series/{view.id}",
        "mechanism_id": view.mechanism_id,
    }


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
