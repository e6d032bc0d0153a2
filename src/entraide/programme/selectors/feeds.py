"""Reads for calendars and feeds: what was recorded, latest first, and what is expected, of one mechanism or of all."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from entraide.kernel.ids import MechanismId, MeetingId, SeriesId, time_of
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.adapters.columns import rows_of
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.domain.dates import date_of
from entraide.programme.domain.errors import NoSuchFact
from entraide.programme.domain.kinds import Kind
from entraide.programme.domain.terms import ActionKind, FactKind, InstrumentKind, Level, When
from entraide.programme.domain.timeline import NextDue, TimedMeeting, TimedMention, derive_next_due
from entraide.programme.models import (
    Commitment,
    Instrument,
    InstrumentAction,
    MechanismParty,
    Meeting,
    MeetingReference,
    RecordedContradiction,
    Series,
)
from entraide.programme.selectors.announcements import keep_open
from entraide.programme.selectors.views import SeriesView


@dataclass(frozen=True, slots=True)
class RegisterEvent:
    """Something that was recorded at `at`: its own id, what it is, and the fact with a page that it is about.

    `action` is set for an action on an instrument; `field` and `value` for a contradiction.
    """

    id: UUID
    kind: str
    about_kind: str
    about_id: UUID
    at: datetime
    action: ActionKind | None = None
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class DueView:
    """What is due next in a series, as derived from `meetings` dated meetings."""

    mechanism_id: MechanismId
    series: SeriesView
    due: NextDue
    meetings: int


@dataclass(frozen=True, slots=True)
class AnnouncedView:
    """A meeting that the source of another one (`meeting_id`) announced and that is not recorded yet."""

    id: UUID
    mechanism_id: MechanismId
    meeting_id: MeetingId
    name: str
    ordinal: int | None
    date: PartialDate | None
    place: str
    series: SeriesView | None = None


@dataclass(frozen=True, slots=True)
class SeriesOf:
    """A series with the mechanism that it belongs to."""

    id: SeriesId
    mechanism_id: MechanismId
    level: Level
    names: Mapping[str, str]


def page_series(
    node: Node,
    *,
    mechanism_id: MechanismId | None = None,
    beyond: UUID | None = None,
    backwards: bool = False,
    limit: int = 50,
) -> list[SeriesOf]:
    """Return at most `limit` series, as entered, after the one with the id `beyond` (before it, `backwards`)."""
    with node.active():
        rows = Series.objects.filter(**_of(mechanism_id)).order_by("-id" if backwards else "id")
        if beyond is not None:
            rows = rows.filter(**{"id__lt" if backwards else "id__gt": beyond})
        return [_series_of(row) for row in rows[:limit]]


def get_series(node: Node, series_id: SeriesId) -> SeriesOf:
    """Return one series; raises `NoSuchFact`."""
    with node.active():
        row = Series.objects.filter(id=series_id).first()
        if row is None:
            raise NoSuchFact(kind="series", id=series_id)
        return _series_of(row)


def _series_of(row: Series) -> SeriesOf:
    return SeriesOf(SeriesId(row.id), MechanismId(row.mechanism_id), Level(row.level), row.names)


@dataclass(frozen=True, slots=True)
class PeriodView:
    """An instrument that has a period, such as a plan of a year."""

    id: UUID
    mechanism_id: MechanismId
    kind: InstrumentKind
    titles: Mapping[str, str]
    period: str


def list_periods(node: Node, *, mechanism_id: MechanismId | None = None, limit: int = 500) -> tuple[PeriodView, ...]:
    """Return the instruments that have a period, latest recorded first."""
    with node.active():
        rows = Instrument.objects.filter(**_of(mechanism_id)).exclude(period="").order_by("-id")[:limit]
        return tuple(
            PeriodView(row.id, MechanismId(row.mechanism_id), InstrumentKind(row.kind), row.titles, row.period)
            for row in rows
        )


def list_events(
    node: Node, *, mechanism_id: MechanismId | None = None, before: UUID | None = None, limit: int = 50
) -> tuple[RegisterEvent, ...]:
    """Return what was recorded, latest first: meetings, actions on instruments, commitments, contradictions, and
    facts of every other declared kind that has a page and belongs to a mechanism.

    Ids are UUIDv7, so their order is that of recording, across tables; `before` is the last event of the page before.
    """
    with node.active():
        found: list[RegisterEvent] = []
        sources: list[tuple[Any, Callable[[Any], RegisterEvent]]] = [
            (Meeting.objects.filter(**_of(mechanism_id)), _meeting),
            (InstrumentAction.objects.filter(**_of(mechanism_id, "instrument__")), _action),
            (Commitment.objects.filter(**_of(mechanism_id)), _commitment),
            (_contradictions(mechanism_id), _contradiction),
            *((rows_of(kind).filter(**_of(mechanism_id)), _fact_of(kind)) for kind in _general_kinds()),
        ]
        for rows, read in sources:
            older: QuerySet[Any] = rows.filter(id__lt=before) if before else rows
            found += [read(row) for row in older.order_by("-id")[:limit]]
        return tuple(sorted(found, key=lambda event: event.id, reverse=True)[:limit])


def list_due(
    node: Node,
    today: date,
    *,
    mechanism_id: MechanismId | None = None,
    announced: bool = False,
    recent: int | None = None,
    state: str = "",
) -> tuple[DueView, ...]:
    """Return what is due next as of `today` in each series that tells a rhythm, in two queries.

    With `announced` (one query more) what a source announced goes before the rhythm, as in a mechanism's timeline; with
    `recent` (two more) only so many series are looked at, those that met or were announced last, however long the
    register is. With `state` (ISO 3166-1) only series of mechanisms that it is a party of.
    """
    with node.active():
        wanted: dict[str, object] = dict(_of(mechanism_id))
        if state:
            wanted["mechanism_id__in"] = MechanismParty.objects.filter(state=state).values("mechanism_id")
        if recent is not None:
            wanted["id__in"] = _recent_series(recent, state)
        series = list(Series.objects.filter(**wanted).order_by("created_at", "id"))
        meetings: defaultdict[UUID, list[TimedMeeting]] = defaultdict(list)
        rows = Meeting.objects.filter(series__isnull=False, **_of(mechanism_id)).order_by("sort_date", "ordinal", "id")
        if recent is not None:
            rows = rows.filter(series_id__in=[row.id for row in series])
        for id_, series_id, ordinal, value, basis in rows.values_list(
            "id", "series_id", "ordinal", "date", "date_basis"
        ):
            meetings[series_id].append(TimedMeeting(id_, ordinal, date_of(value, basis)))
        mentions = _announcements(mechanism_id) if announced else {}
        found = []
        for row in series:
            due = derive_next_due(meetings[row.id], today, mentions.get(row.id, ()))
            if due is not None:
                dated = sum(meeting.day is not None for meeting in meetings[row.id])
                view = SeriesView(SeriesId(row.id), Level(row.level), row.names)
                found.append(DueView(MechanismId(row.mechanism_id), view, due, dated))
        return tuple(found)


def _recent_series(limit: int, state: str) -> list[UUID]:
    """Return the series of the latest announcements and of the latest meetings, at most `limit` of each."""
    told = MeetingReference.objects.filter(when=When.LATER.value, referred=None, series__isnull=False)
    held = Meeting.objects.all()
    if state:
        own = MechanismParty.objects.filter(state=state).values("mechanism_id")
        told, held = told.filter(series__mechanism_id__in=own), held.filter(mechanism_id__in=own)
    met = held.order_by("-listed_on", "-id").values_list("series_id", flat=True)[: 12 * limit]
    announced = list(told.order_by("-id").values_list("series_id", flat=True)[:limit])
    return list(dict.fromkeys([*announced, *[one for one in dict.fromkeys(met) if one is not None][:limit]]))


def _announcements(mechanism_id: MechanismId | None) -> dict[UUID, list[TimedMention]]:
    rows = MeetingReference.objects.filter(when=When.LATER.value, referred=None, series__isnull=False)
    found: defaultdict[UUID, list[TimedMention]] = defaultdict(list)
    for row in rows.filter(**_of(mechanism_id, "meeting__")).order_by("id"):
        if row.series_id is not None:
            day = date_of(row.date, row.date_basis)
            found[row.series_id].append(TimedMention(row.id, row.meeting_id, row.ordinal, day, later=True))
    return found


def list_announced_meetings(
    node: Node, *, mechanism_id: MechanismId | None = None, limit: int = 500
) -> tuple[AnnouncedView, ...]:
    """Return the meetings that sources announced and that nothing on record closes, latest announcement first."""
    with node.active():
        rows = MeetingReference.objects.filter(when=When.LATER.value, referred=None, **_of(mechanism_id, "meeting__"))
        rows = rows.select_related("meeting", "series").order_by("-id")
        return tuple(
            AnnouncedView(
                id=row.id,
                mechanism_id=MechanismId(row.meeting.mechanism_id),
                meeting_id=MeetingId(row.meeting_id),
                name=row.name,
                ordinal=row.ordinal,
                date=date_of(row.date, row.date_basis),
                place=row.place,
                series=SeriesView(SeriesId(row.series.id), Level(row.series.level), row.series.names)
                if row.series
                else None,
            )
            for row in keep_open(node, rows[:limit])
        )


def _of(mechanism_id: MechanismId | None, prefix: str = "") -> dict[str, UUID]:
    return {f"{prefix}mechanism_id": mechanism_id} if mechanism_id else {}


def _contradictions(mechanism_id: MechanismId | None) -> QuerySet[RecordedContradiction]:
    about = [kind for kind in load_kinds() if kind.has_page and kind.model and kind.has(FactKind.MECHANISM)]
    rows = RecordedContradiction.objects.filter(fact_kind__in=[FactKind.MECHANISM, *(kind.name for kind in about)])
    if mechanism_id is None:
        return rows
    wanted = Q(fact_kind=FactKind.MECHANISM, fact_id=mechanism_id)
    for kind in about:
        ids = rows_of(kind).filter(mechanism_id=mechanism_id).values("pk")
        wanted |= Q(fact_kind=kind.name, fact_id__in=ids)
    return rows.filter(wanted)


def _general_kinds() -> list[Kind]:
    """Return the kinds without reads of their own whose facts have pages and belong to a mechanism."""
    own = (kind for kind in load_kinds() if kind.has_page and kind.model and not kind.plug)
    return [kind for kind in own if kind.has(FactKind.MECHANISM)]


def _fact_of(kind: Kind) -> Callable[[Any], RegisterEvent]:
    return lambda row: RegisterEvent(row.pk, kind.name, kind.name, row.pk, time_of(row.pk))


def _meeting(row: Meeting) -> RegisterEvent:
    return RegisterEvent(row.id, FactKind.MEETING, FactKind.MEETING, row.id, row.created_at)


def _action(row: InstrumentAction) -> RegisterEvent:
    kind = ActionKind(row.kind)
    return RegisterEvent(row.id, FactKind.ACTION, FactKind.INSTRUMENT, row.instrument_id, row.created_at, kind)


def _commitment(row: Commitment) -> RegisterEvent:
    return RegisterEvent(row.id, FactKind.COMMITMENT, FactKind.COMMITMENT, row.id, row.created_at)


def _contradiction(row: RecordedContradiction) -> RegisterEvent:
    about = row.fact_kind
    return RegisterEvent(row.id, FactKind.CONTRADICTION, about, row.fact_id, row.created_at, None, row.field, row.value)
