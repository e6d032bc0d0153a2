"""Two series that are one: a desk officer's explicit act, which keeps all names, numbers, meetings and addresses."""

from dataclasses import dataclass
from uuid import UUID

from entraide.access.api import Actor
from entraide.kernel.ids import SeriesId, UserId
from entraide.kernel.node import Node
from entraide.programme.domain.dates import relate_dates
from entraide.programme.domain.errors import NoSuchFact, OrdinalsClash, SeriesDiffer
from entraide.programme.domain.matching import refine_date
from entraide.programme.domain.places import same_place
from entraide.programme.domain.terms import FactKind
from entraide.programme.domain.words import fold_words
from entraide.programme.models import (
    AgendaItem,
    Delegation,
    JoinedFact,
    Meeting,
    MeetingPerson,
    MeetingReference,
    RecordedContradiction,
    Series,
)
from entraide.programme.services.listing import correct_lists_of
from entraide.programme.services.meetings import add_people, differences_of_people, facts_of, index_meeting, people_of
from entraide.programme.services.recording import date_columns, record, require_registrar
from entraide.search.api import remove_document
from entraide.storage.api import transaction


@dataclass(frozen=True, slots=True)
class JoinedSeries:
    """What joining did: the meetings that were recorded in both series, as pairs of the former id and the one kept."""

    meetings: tuple[tuple[UUID, UUID], ...]


def join_series(node: Node, *, actor: Actor, into_id: SeriesId, series_id: SeriesId) -> JoinedSeries:
    """Make two series of one mechanism and level one: the meetings, mentions and names of `series_id` go to `into_id`.

    A number that both have is one meeting: what one lacks the other gives, and the former address leads to the one
    kept. Raises `SeriesDiffer` for another mechanism or level, `OrdinalsClash` when the two meetings of one number say
    different days, places or co-chairs (settle that first), `NoSuchFact`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        rows = {row.id: row for row in Series.objects.select_for_update().filter(id__in=[into_id, series_id])}
        if len(rows) < 2:
            raise NoSuchFact(kind="series", id=series_id)
        into, other = rows[into_id], rows[series_id]
        if (into.mechanism_id, into.level) != (other.mechanism_id, other.level):
            raise SeriesDiffer
        known = {row.ordinal: row for row in Meeting.objects.filter(series=into, ordinal__isnull=False)}
        joined = []
        for meeting in Meeting.objects.filter(series=other).order_by("ordinal", "id"):
            same = known.get(meeting.ordinal)
            if same is None:
                meeting.series = into
                meeting.save(update_fields=["series"])
            else:
                _join_meeting(node, by, same, meeting)
                joined.append((meeting.id, same.id))
                _leave_address(node, FactKind.MEETING, meeting.id, same.id)
                meeting.delete()
        MeetingReference.objects.filter(series=other).update(series=into)
        _take_names(into, other)
        other_id = other.id
        other.delete()
        _leave_address(node, FactKind.SERIES, other_id, into.id)
        record(node, "series_joined", into.id, by, series=other_id, meetings=len(joined))
        for _, kept in joined:
            index_meeting(Meeting.objects.get(id=kept))
        return JoinedSeries(tuple(joined))


def _join_meeting(node: Node, by: UserId, into: Meeting, other: Meeting) -> None:
    recorded, given = facts_of(into), facts_of(other)
    clash = recorded.date and given.date and relate_dates(recorded.date, given.date).differs
    people = people_of(other)
    if clash or same_place(into.place, other.place) is False or differences_of_people(people_of(into), people):
        raise OrdinalsClash(ordinal=into.ordinal or 0)
    _complete(into, other)
    other.people.all().delete()
    add_people(node, into, people)
    _move(into, other)
    correct_lists_of(meeting_id=into.id)
    record(node, "meeting_joined", into.id, by, meeting=other.id)


def _complete(into: Meeting, other: Meeting) -> None:
    """Give the kept meeting what only the other one has."""
    for name, value in date_columns(refine_date(facts_of(into).date, facts_of(other).date)).items():
        setattr(into, name, value)
    into.place, into.name = into.place or other.place, into.name or other.name
    if other.reported and not into.reported:
        into.reported, into.kind = True, other.kind
    into.save()


def _move(into: Meeting, other: Meeting) -> None:
    """Give everything that names the other meeting to the one kept."""
    _point_to(into, other)
    sides = set(into.delegations.values_list("state", flat=True))
    Delegation.objects.filter(meeting=other, state__in=sides).delete()
    Delegation.objects.filter(meeting=other).update(meeting=into)
    last = into.agenda.count()
    for offset, item in enumerate(AgendaItem.objects.filter(meeting=other).order_by("position"), 1):
        item.meeting, item.position = into, last + offset
        item.save(update_fields=["meeting", "position"])
    said = set(RecordedContradiction.objects.filter(fact_id=into.id).values_list("field", "value"))
    for row in RecordedContradiction.objects.filter(fact_kind=FactKind.MEETING, fact_id=other.id):
        if (row.field, row.value) in said:
            row.delete()
        else:
            row.fact_id = into.id
            row.save(update_fields=["fact_id"])


def _point_to(into: Meeting, other: Meeting) -> None:
    """Let every row that names the other meeting name the one kept, also in contexts that this one does not know."""
    for relation in Meeting._meta.related_objects:  # noqa: SLF001 - Django's documented model API
        if relation.related_model not in {MeetingPerson, Delegation, AgendaItem}:
            rows = relation.related_model._default_manager.filter(**{relation.field.name: other})  # noqa: SLF001 - the same
            rows.update(**{relation.field.name: into})


def _take_names(into: Series, other: Series) -> None:
    names, aliases = dict(into.names), list(into.aliases)
    for language, name in other.names.items():
        if language not in names:
            names[language] = name
        elif fold_words(name) != fold_words(names[language]):
            aliases.append(name)
    into.names, into.aliases = names, list(dict.fromkeys([*aliases, *other.aliases]))
    into.save(update_fields=["names", "aliases"])


def _leave_address(node: Node, kind: str, former: UUID, kept: UUID) -> None:
    """Let the former address lead to what it was joined into, also when that is joined into another one later."""
    JoinedFact.objects.filter(into_id=former).update(into_id=kept)
    JoinedFact.objects.create(id=former, kind=kind, into_id=kept, created_at=node.clock.now())
    remove_document(kind=kind, object_id=former)
