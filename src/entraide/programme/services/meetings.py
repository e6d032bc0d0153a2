"""Meetings: found with a reason, created once, completed by later sources, and never overwritten by them."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from entraide.access.api import Actor
from entraide.kernel.ids import MechanismId, MeetingId, SeriesId, TenureId, UserId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.domain.errors import MeetingExists, NoSuchFact, OrdinalWithoutSeries
from entraide.programme.domain.facts import Candidate, Contradiction, MeetingFacts, PersonInPost
from entraide.programme.domain.matching import CERTAIN, match_meeting, refine_date
from entraide.programme.domain.relating import contradictions_of, differences_of_parts, values_of_facts
from entraide.programme.domain.terms import FactKind, Level, MeetingKind, PersonRole, When
from entraide.programme.domain.words import fold_words
from entraide.programme.models import Meeting, MeetingPerson, MeetingReference, Series
from entraide.programme.services.finding import index_meetings, index_with_meeting
from entraide.programme.services.listing import correct_lists_of
from entraide.programme.services.recorded_contradictions import store_contradictions
from entraide.programme.services.recording import date_columns, record, require_registrar
from entraide.storage.api import transaction


def facts_of(row: Meeting) -> MeetingFacts:
    """Return what the register knows of a meeting, as plain facts."""
    return MeetingFacts(
        series_id=row.series_id,
        ordinal=row.ordinal,
        date=PartialDate(row.date, DateBasis(row.date_basis)) if row.date else None,
        place=row.place,
        level=Level(row.level) if row.level else None,
        kind=MeetingKind(row.kind),
        name=row.name,
    )


def find_meetings(mechanism_id: MechanismId, facts: MeetingFacts) -> tuple[Candidate, ...]:
    """Return the mechanism's meetings that `facts` may mean, best first, each with its reason and contradictions.

    The rules are those of `domain.matching`. At most 20 are returned.
    """
    rows = Meeting.objects.filter(mechanism_id=mechanism_id)
    near = Q(sort_date__isnull=True)
    if facts.date is not None and facts.date.year is not None:
        near |= Q(sort_date__year__gte=facts.date.year - 1, sort_date__year__lte=facts.date.year + 1)
    if facts.series_id is not None and facts.ordinal is not None:
        near |= Q(series_id=facts.series_id, ordinal=facts.ordinal)
    found, kind = [], load_kinds().get("meeting")
    for row in rows.filter(near).order_by("-sort_date")[:500]:
        match = match_meeting(kind, facts_of(row), facts)
        if match is not None:
            found.append(Candidate(FactKind.MEETING, row.id, _summary(row), match))
    return tuple(sorted(found, key=lambda item: -item.match.strength)[:20])


def create_meeting(
    node: Node,
    *,
    actor: Actor,
    mechanism_id: MechanismId,
    facts: MeetingFacts,
    people: Sequence[PersonInPost] = (),
    reported: bool = True,
) -> MeetingId:
    """Record a meeting with the holders of posts who took part, and return its id.

    One that is not `reported` is only mentioned by the sources of other meetings, until its own report arrives. Raises
    `OrdinalWithoutSeries`, `MeetingExists` (use `complete_meeting`), `NoSuchFact`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        return store_meeting(node, by, mechanism_id=mechanism_id, facts=facts, people=people, reported=reported)


def store_meeting(
    node: Node,
    by: UserId | None,
    *,
    mechanism_id: UUID,
    facts: MeetingFacts,
    people: Sequence[PersonInPost],
    reported: bool = True,
) -> MeetingId:
    """Do `create_meeting` in a running transaction; raises `OrdinalWithoutSeries`, `MeetingExists` or `NoSuchFact`."""
    if facts.ordinal is not None:
        if facts.series_id is None:
            raise OrdinalWithoutSeries(ordinal=facts.ordinal)
        if Meeting.objects.filter(series_id=facts.series_id, ordinal=facts.ordinal).exists():
            raise MeetingExists(ordinal=facts.ordinal)
    level = facts.level
    if facts.series_id is not None:
        series = Series.objects.filter(id=facts.series_id, mechanism_id=mechanism_id).first()
        if series is None:
            raise NoSuchFact(kind="series", id=facts.series_id)
        level = level or Level(series.level)
    row = Meeting.objects.create(
        id=new_uuid(node),
        mechanism_id=mechanism_id,
        series_id=facts.series_id,
        ordinal=facts.ordinal,
        level=level.value if level else "",
        kind=facts.kind.value,
        name=facts.name[:500],
        place=facts.place[:200],
        reported=reported,
        created_at=node.clock.now(),
        **date_columns(facts.date),
    )
    add_people(node, row, people)
    record(
        node,
        "meeting_created",
        row.id,
        by,
        mechanism=mechanism_id,
        ordinal=facts.ordinal,
        date=row.date,
        place=row.place,
    )
    index_meeting(row)
    _match_mentions(node, by, row)
    return MeetingId(row.id)


def _fill(row: Meeting, recorded: MeetingFacts, facts: MeetingFacts) -> None:
    """Fill the gaps of a recorded meeting and make its date precise; the row is saved by whoever calls."""
    for name, value in date_columns(refine_date(recorded.date, facts.date)).items():
        setattr(row, name, value)
    row.place = row.place or facts.place[:200]
    row.name = row.name or facts.name[:500]
    row.level = row.level or (facts.level.value if facts.level else "")
    if row.series_id is None and facts.series_id is not None and _is_free(facts):
        row.series_id, row.ordinal = facts.series_id, facts.ordinal


def complete_meeting(
    node: Node,
    *,
    actor: Actor,
    meeting_id: MeetingId,
    facts: MeetingFacts,
    people: Sequence[PersonInPost] = (),
    keep_differences: bool = True,
    reported: bool = True,
) -> tuple[Contradiction, ...]:
    """Add what another source says to a recorded meeting: gaps are filled, a vaguer date is made precise.

    What disagrees is returned and nothing is overwritten; it is kept as statements of their own, unless
    `keep_differences` is false, because a person is asked (`settle_contradiction`). People who are already recorded at
    the meeting are not doubled. `reported` is false where the source only mentions it. Raises `NoSuchFact`,
    `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        row = Meeting.objects.select_for_update().filter(id=meeting_id).first()
        if row is None:
            raise NoSuchFact(kind="meeting", id=meeting_id)
        recorded = facts_of(row)
        kind = load_kinds().get("meeting")
        chairs = differences_of_people(people_of(row), people)
        own = contradictions_of(kind.fields, values_of_facts(kind, recorded), values_of_facts(kind, facts))
        contradicted = (*own, *chairs)
        if keep_differences:
            store_contradictions(node, by, FactKind.MEETING, row.id, contradicted, facts.date)
        _fill(row, recorded, facts)
        if reported and not row.reported:
            row.reported, row.kind = True, facts.kind.value
        row.save()
        if recorded.date != facts_of(row).date:
            correct_lists_of(meeting_id=row.id)
        others = {item.given for item in chairs}
        add_people(node, row, [person for person in people if person.name not in others])
        record(node, "meeting_completed", row.id, by, date=row.date, place=row.place, contradictions=len(contradicted))
        index_meeting(row)
        _match_mentions(node, by, row)
        return contradicted


def record_reference(
    node: Node,
    *,
    actor: Actor,
    meeting_id: MeetingId,
    facts: MeetingFacts,
    when: When,
    referred_id: MeetingId | None = None,
) -> UUID:
    """Record that a meeting's source mentions an earlier or announces a later one, and return the mention's id.

    The same mention of the same meeting is recorded once. `referred_id` names the meeting meant, if it is recorded.
    """
    by = require_registrar(actor)
    with transaction(node):
        values = {"name": facts.name[:500], "ordinal": facts.ordinal, "date": facts.date.value if facts.date else ""}
        known = MeetingReference.objects.filter(meeting_id=meeting_id, when=when.value, **values).first()
        if known is not None:
            return known.id
        row = MeetingReference.objects.create(
            id=new_uuid(node),
            meeting_id=meeting_id,
            referred_id=referred_id,
            series_id=facts.series_id,
            place=facts.place[:200],
            date_basis=facts.date.basis.value if facts.date else "",
            when=when.value,
            created_at=node.clock.now(),
            **values,
        )
        record(node, "reference_recorded", row.id, by, meeting=meeting_id, when=when.value)
        return row.id


def _match_mentions(node: Node, by: UserId | None, row: Meeting) -> None:
    """Tie open mentions and announcements of a recorded meeting to it, within the running transaction.

    Own keys alone: the same ordinal of the same series, or the same day of it. That an announced month holds the day
    of a meeting is likeness, which a person confirms.
    """
    recorded, kind = facts_of(row), load_kinds().get("meeting")
    waiting = MeetingReference.objects.filter(meeting__mechanism_id=row.mechanism_id, referred=None)
    for mention in waiting.exclude(meeting=row).order_by("id"):
        told = MeetingFacts(
            series_id=mention.series_id,
            ordinal=mention.ordinal,
            date=PartialDate(mention.date, DateBasis(mention.date_basis)) if mention.date else None,
            place=mention.place,
        )
        match = match_meeting(kind, recorded, told)
        if match is None or match.contradictions or mention.ordinal not in (None, row.ordinal):
            continue
        if match.strength == CERTAIN:
            mention.referred = row
            mention.save(update_fields=["referred"])
            record(node, "reference_matched", mention.id, by, meeting=row.id)


def find_series_of(meeting_id: MeetingId) -> SeriesId | None:
    """Return the series of a meeting, or None."""
    row = Meeting.objects.filter(id=meeting_id).first()
    return SeriesId(row.series_id) if row and row.series_id else None


def _is_free(facts: MeetingFacts) -> bool:
    if facts.series_id is None or facts.ordinal is None:
        return True
    return not Meeting.objects.filter(series_id=facts.series_id, ordinal=facts.ordinal).exists()


def add_people(node: Node, row: Meeting, people: Sequence[PersonInPost]) -> None:
    """Add people to a meeting, within the running transaction; those recorded already are not doubled."""
    present = {fold_words(person.name): person for person in row.people.all()}
    position = 1 + max((person.position for person in present.values()), default=-1)  # one may have been taken back
    for person in people:
        known = present.get(fold_words(person.name))
        if known is not None:
            if known.tenure_id is None and person.tenure_id is not None:
                known.tenure_id = person.tenure_id
                known.save(update_fields=["tenure_id"])
            continue
        present[fold_words(person.name)] = MeetingPerson.objects.create(
            id=new_uuid(node),
            meeting=row,
            position=position,
            role=person.role.value,
            name=person.name[:200],
            post=person.post[:400],
            state=person.state,
            tenure_id=person.tenure_id,
        )
        position += 1


def people_of(row: Meeting) -> list[PersonInPost]:
    """Return who took part in a meeting, in order."""
    return [
        PersonInPost(
            item.name,
            item.post,
            item.state,
            PersonRole(item.role),
            TenureId(item.tenure_id) if item.tenure_id else None,
        )
        for item in row.people.order_by("position")
    ]


def differences_of_people(recorded: Sequence[PersonInPost], given: Sequence[PersonInPost]) -> tuple[Contradiction, ...]:
    """Return where sources differ on who took part, as the declaration of these people says: `co_chair.<state>`."""
    kind = load_kinds().get("official")
    told = ([values_of_facts(kind, person) for person in people] for people in (recorded, given))
    return differences_of_parts(kind, *told)


def save_meeting(row: Meeting) -> None:
    """Save a meeting in which a settled value stands, with what follows: lists and index.

    Raises `MeetingExists` for a number that another one of the series has.
    """
    taken = Meeting.objects.filter(series=row.series, ordinal=row.ordinal).exclude(id=row.id)
    if row.series is not None and row.ordinal is not None and taken.exists():
        raise MeetingExists(ordinal=row.ordinal)
    row.save()
    correct_lists_of(meeting_id=row.id)
    index_meeting(row)


def save_person(row: MeetingPerson) -> None:
    """Save who took part in a meeting, with what follows: the index."""
    row.save()
    index_meeting(row.meeting)


def _summary(row: Meeting) -> str:
    parts = [str(row.ordinal) if row.ordinal else "", row.name, row.date, row.place]
    return " · ".join(part for part in parts if part)


def index_meeting(row: Meeting) -> None:
    """Put a meeting into the search index, and what was made there, which is found by its number, place and day."""
    index_meetings([row])
    index_with_meeting(row.id)
