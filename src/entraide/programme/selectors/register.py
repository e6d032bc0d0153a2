"""Reads of the public register."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from entraide.kernel.ids import (
    InstrumentId,
    MechanismId,
    MeetingId,
    OrganisationId,
    PlanId,
    SeriesId,
    TenureId,
)
from entraide.kernel.node import Node
from entraide.programme.domain.dates import date_of
from entraide.programme.domain.errors import NoSuchFact
from entraide.programme.domain.facts import Party, PersonInPost
from entraide.programme.domain.terms import (
    ActionKind,
    InstrumentKind,
    Level,
    MechanismStatus,
    MeetingKind,
    PersonRole,
    When,
)
from entraide.programme.domain.timeline import TimedMeeting, TimedMention, Timeline, derive_timeline
from entraide.programme.models import (
    ActionSignatory,
    CommitmentTally,
    Instrument,
    InstrumentAction,
    Mechanism,
    Meeting,
    MeetingPerson,
    MeetingReference,
    RecordedContradiction,
    Series,
)
from entraide.programme.selectors.announcements import keep_open
from entraide.programme.selectors.views import (
    ActionView,
    InstrumentView,
    MechanismView,
    MeetingView,
    PersonFact,
    RecordedContradictionView,
    ReferenceView,
    SeriesView,
)

NEWEST = F("listed_on").desc()


def list_mechanisms(
    node: Node, *, organisation_id: OrganisationId | None = None, ids: Iterable[UUID] | None = None
) -> tuple[MechanismView, ...]:
    """Return mechanisms in the order they were entered: all, those an organisation is a party of, or those of `ids`."""
    with node.active():
        rows = _mechanisms()
        if organisation_id is not None:
            rows = rows.filter(parties__organisation_id=organisation_id)
        if ids is not None:
            rows = rows.filter(id__in=list(ids))
        return tuple(_mechanism(row) for row in rows)


def get_mechanism(node: Node, mechanism_id: MechanismId) -> MechanismView:
    """Return one mechanism; raises `NoSuchFact`."""
    with node.active():
        row = _mechanisms().filter(id=mechanism_id).first()
        if row is None:
            raise NoSuchFact(kind="mechanism", id=mechanism_id)
        return _mechanism(row)


def list_meetings(
    node: Node,
    *,
    mechanism_id: MechanismId | None = None,
    ids: Iterable[UUID] | None = None,
    offset: int = 0,
    limit: int = 50,
) -> tuple[MeetingView, ...]:
    """Return meetings, newest first: all, a mechanism's, or those of `ids`."""
    with node.active():
        rows = _meetings().order_by(NEWEST, "-id")
        if mechanism_id is not None:
            rows = rows.filter(mechanism_id=mechanism_id)
        if ids is not None:
            rows = rows.filter(id__in=list(ids))
        return tuple(_meeting(row) for row in rows[offset : offset + limit])


def count_meetings(node: Node) -> int:
    """Return how many meetings are recorded."""
    with node.active():
        return Meeting.objects.count()


def get_meeting(node: Node, meeting_id: MeetingId) -> MeetingView:
    """Return one meeting; raises `NoSuchFact`."""
    with node.active():
        row = _meetings().filter(id=meeting_id).first()
        if row is None:
            raise NoSuchFact(kind="meeting", id=meeting_id)
        return _meeting(row)


def list_references(node: Node, meeting_id: MeetingId) -> tuple[ReferenceView, ...]:
    """Return the meetings that this one's sources mention, in the order they were recorded."""
    with node.active():
        return tuple(_reference(row) for row in MeetingReference.objects.filter(meeting_id=meeting_id).order_by("id"))


def list_mentions(node: Node, meeting_id: MeetingId) -> tuple[ReferenceView, ...]:
    """Return where the sources of other meetings mention this one, in the order it was recorded."""
    with node.active():
        return tuple(_reference(row) for row in MeetingReference.objects.filter(referred_id=meeting_id).order_by("id"))


def list_announced(node: Node, mechanism_id: MechanismId) -> tuple[ReferenceView, ...]:
    """Return the meetings that sources announced for later and that are not recorded yet."""
    with node.active():
        return tuple(item for item in list_mentioned(node, mechanism_id) if item.when is When.LATER)


def list_mentioned(node: Node, mechanism_id: MechanismId) -> tuple[ReferenceView, ...]:
    """Return the meetings that sources mention and that are not recorded: earlier ones, and announced ones to come."""
    with node.active():
        rows = MeetingReference.objects.filter(meeting__mechanism_id=mechanism_id, referred=None)
        found = list(rows.select_related("meeting").order_by("date", "id"))
        still = {row.id for row in keep_open(node, [row for row in found if row.when == When.LATER.value])}
        return tuple(_reference(row) for row in found if row.when != When.LATER.value or row.id in still)


def get_timeline(node: Node, mechanism_id: MechanismId, today: date, *, others: Sequence[date] = ()) -> Timeline:
    """Return a mechanism's timeline as of `today`: a lane per series, then one for meetings outside any series.

    `others` are days of other things that are to be drawn on its axis.
    """
    with node.active():
        lanes: dict[UUID | None, list[TimedMeeting]] = {
            row.id: [] for row in Series.objects.filter(mechanism_id=mechanism_id).order_by("created_at", "id")
        }
        mentions: dict[UUID | None, list[TimedMention]] = {}
        tellers = _tellers(mechanism_id)
        for row in Meeting.objects.filter(mechanism_id=mechanism_id).order_by("sort_date", "ordinal", "id"):
            told_by = None if row.reported else tellers.get(row.id)
            meeting = TimedMeeting(row.id, row.ordinal, date_of(row.date, row.date_basis))
            if told_by is None or meeting.day is None:
                lanes.setdefault(row.series_id, []).append(meeting)
            else:
                mention = TimedMention(row.id, told_by, row.ordinal, meeting.date, later=False)
                mentions.setdefault(row.series_id, []).append(mention)
        for told in MeetingReference.objects.filter(meeting__mechanism_id=mechanism_id, referred=None).order_by("id"):
            mention = TimedMention(
                told.id,
                told.meeting_id,
                told.ordinal,
                date_of(told.date, told.date_basis),
                told.when == When.LATER.value,
            )
            if _is_new(mention, lanes.get(told.series_id, []), mentions.setdefault(told.series_id, [])):
                mentions[told.series_id].append(mention)
        for series_id in mentions:
            lanes.setdefault(series_id, [])
        return derive_timeline(list(lanes.items()), today, mentions=mentions, others=others)


def _tellers(mechanism_id: MechanismId) -> dict[UUID | None, UUID]:
    """Return for each mentioned meeting of a mechanism the meeting whose source mentions it first."""
    rows = MeetingReference.objects.filter(meeting__mechanism_id=mechanism_id, referred__isnull=False).order_by("-id")
    return dict(rows.values_list("referred_id", "meeting_id"))


def _is_new(mention: TimedMention, recorded: Sequence[TimedMeeting], told: Sequence[TimedMention]) -> bool:
    """Whether neither a record nor another mention has the meeting's number, or, where it has none, its date."""
    known = [(item.ordinal, item.date) for item in recorded] + [(item.ordinal, item.date) for item in told]
    numbers = {ordinal for ordinal, _ in known}
    dates = {date.value for _, date in known if date}
    return mention.ordinal not in numbers if mention.ordinal else not mention.date or mention.date.value not in dates


def list_instruments(
    node: Node,
    *,
    mechanism_id: MechanismId | None = None,
    meeting_id: MeetingId | None = None,
    ids: Iterable[UUID] | None = None,
    limit: int = 100,
) -> tuple[InstrumentView, ...]:
    """Return instruments, newest first: all, a mechanism's, those made or acted on at a meeting, or those of `ids`."""
    with node.active():
        rows = _instruments().order_by(NEWEST, "-id")
        if mechanism_id is not None:
            rows = rows.filter(mechanism_id=mechanism_id)
        if meeting_id is not None:
            acted = InstrumentAction.objects.filter(meeting_id=meeting_id).values("instrument_id")
            rows = rows.filter(id__in=acted) | rows.filter(meeting_id=meeting_id)
        if ids is not None:
            rows = rows.filter(id__in=list(ids))
        return tuple(_instrument(row) for row in rows[:limit])


def get_instrument(node: Node, instrument_id: InstrumentId) -> InstrumentView:
    """Return one instrument; raises `NoSuchFact`."""
    with node.active():
        row = _instruments().filter(id=instrument_id).first()
        if row is None:
            raise NoSuchFact(kind="instrument", id=instrument_id)
        return _instrument(row)


def list_recorded_contradictions(node: Node, kind: str, fact_id: UUID) -> tuple[RecordedContradictionView, ...]:
    """Return what other sources say of a fact where they disagree, in the order it was recorded."""
    with node.active():
        rows = RecordedContradiction.objects.filter(fact_kind=str(kind), fact_id=fact_id).order_by("id")
        return tuple(
            RecordedContradictionView(
                row.id, row.field, row.value, row.basis, row.source_kind, date_of(row.told_on, "stated"), row.note
            )
            for row in rows
        )


def list_appearances(node: Node, tenure_ids: Sequence[TenureId]) -> tuple[PersonFact, ...]:
    """Return the meetings at which the holders of posts with these tenures took part, newest first."""
    with node.active():
        rows = MeetingPerson.objects.filter(tenure_id__in=list(tenure_ids)).select_related("meeting")
        rows = rows.order_by(F("meeting__sort_date").desc(nulls_last=True), "id")
        return tuple(
            PersonFact(
                _person(row),
                MeetingId(row.meeting_id),
                date_of(row.meeting.date, row.meeting.date_basis),
                row.meeting.place,
            )
            for row in rows[:200]
        )


def _mechanisms() -> QuerySet[Mechanism]:
    return (
        Mechanism.objects.prefetch_related("parties", Prefetch("series", Series.objects.order_by("created_at", "id")))
        .annotate(meeting_count=_count(Meeting), instrument_count=_count(Instrument), commitment_count=_tally())
        .order_by("id")
    )


def _tally() -> Coalesce:
    counted = CommitmentTally.objects.filter(mechanism=OuterRef("pk")).values("mechanism").annotate(n=Sum("change"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _count(model: type[Meeting | Instrument]) -> Coalesce:
    """Return the number of a mechanism's rows as a subquery: joins of both would multiply each other."""
    counted = model.objects.filter(mechanism=OuterRef("pk")).order_by().values("mechanism").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _mechanism(row: Mechanism) -> MechanismView:
    parties = sorted(row.parties.all(), key=lambda party: party.position)
    return MechanismView(
        id=MechanismId(row.id),
        names=row.names,
        level=Level(row.level),
        status=MechanismStatus(row.status),
        parties=tuple(
            Party(party.state, OrganisationId(party.organisation_id) if party.organisation_id else None, party.names)
            for party in parties
        ),
        series=tuple(_series(series) for series in row.series.all()),
        meetings=row.meeting_count,  # type: ignore[attr-defined]  # annotated in `_mechanisms`
        instruments=row.instrument_count,  # type: ignore[attr-defined]  # the same
        commitments=row.commitment_count,  # type: ignore[attr-defined]  # the same
    )


def _series(row: Series) -> SeriesView:
    return SeriesView(SeriesId(row.id), Level(row.level), row.names, tuple(row.aliases))


def _meetings() -> QuerySet[Meeting]:
    people = Prefetch("people", MeetingPerson.objects.order_by("position"))
    return Meeting.objects.select_related("series").prefetch_related(people)


def _meeting(row: Meeting) -> MeetingView:
    return MeetingView(
        id=MeetingId(row.id),
        mechanism_id=MechanismId(row.mechanism_id),
        series=_series(row.series) if row.series else None,
        ordinal=row.ordinal,
        level=Level(row.level) if row.level else None,
        kind=MeetingKind(row.kind),
        name=row.name,
        date=date_of(row.date, row.date_basis),
        place=row.place,
        people=tuple(_person(person) for person in row.people.all()),
        reported=row.reported,
    )


def _person(row: MeetingPerson | ActionSignatory) -> PersonInPost:
    role = PersonRole(row.role) if isinstance(row, MeetingPerson) else PersonRole.PARTICIPANT
    tenure = TenureId(row.tenure_id) if row.tenure_id else None
    return PersonInPost(row.name, row.post, row.state, role, tenure)


def _reference(row: MeetingReference) -> ReferenceView:
    return ReferenceView(
        id=row.id,
        meeting_id=MeetingId(row.meeting_id),
        referred_id=MeetingId(row.referred_id) if row.referred_id else None,
        name=row.name,
        ordinal=row.ordinal,
        date=date_of(row.date, row.date_basis),
        place=row.place,
        when=When(row.when),
    )


def _instruments() -> QuerySet[Instrument]:
    signatories = Prefetch("signatories", ActionSignatory.objects.order_by("position"))
    actions = InstrumentAction.objects.order_by(F("sort_date").asc(nulls_first=True), "id").prefetch_related(
        signatories
    )
    return Instrument.objects.prefetch_related(Prefetch("actions", actions))


def _instrument(row: Instrument) -> InstrumentView:
    return InstrumentView(
        id=InstrumentId(row.id),
        mechanism_id=MechanismId(row.mechanism_id),
        meeting_id=MeetingId(row.meeting_id) if row.meeting_id else None,
        kind=InstrumentKind(row.kind),
        titles=row.titles,
        period=row.period,
        languages=tuple(row.languages),
        plan_id=PlanId(row.plan_id) if row.plan_id else None,
        actions=tuple(
            ActionView(
                action.id,
                ActionKind(action.kind),
                date_of(action.date, action.date_basis),
                MeetingId(action.meeting_id) if action.meeting_id else None,
                tuple(_person(person) for person in action.signatories.all()),
            )
            for action in row.actions.all()
        ),
    )
