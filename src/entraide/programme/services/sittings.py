"""What a meeting was like: the delegation of each side, the points of its agenda and what came of them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Max

from entraide.access.api import Actor
from entraide.kernel.ids import MeetingId, new_uuid
from entraide.kernel.node import Node
from entraide.programme.domain.errors import CountOutOfRange, DelegationOfNoParty, NoSuchFact
from entraide.programme.domain.facts import PersonInPost
from entraide.programme.models import AgendaItem, Delegation, MechanismParty, Meeting
from entraide.programme.services.meetings import add_people, index_meeting
from entraide.programme.services.recording import clean_texts, record, require_registrar
from entraide.storage.api import transaction

LARGEST = 2000
"""Members of the largest delegation that is taken for one."""


def record_delegation(
    node: Node,
    *,
    actor: Actor,
    meeting_id: MeetingId,
    state: str,
    size: int | None = None,
    people: Sequence[PersonInPost] = (),
) -> UUID:
    """Record a side's delegation at a meeting, or add to it, and return its id.

    `people` are added with their parts; those recorded already are not doubled. A `size` replaces none that was told
    before. Raises `DelegationOfNoParty` for a State that the mechanism does not have, `CountOutOfRange`, `NoSuchFact`,
    `RoleMissing`.
    """
    by = require_registrar(actor)
    if size is not None and not 0 < size <= LARGEST:
        raise CountOutOfRange(count=size)
    with transaction(node):
        meeting = _locked(meeting_id)
        if not MechanismParty.objects.filter(mechanism_id=meeting.mechanism_id, state=state).exists():
            raise DelegationOfNoParty(state=state[:2])
        row, _created = Delegation.objects.get_or_create(
            meeting=meeting, state=state, defaults={"id": new_uuid(node), "size": size, "created_at": node.clock.now()}
        )
        if row.size is None and size is not None:
            row.size = size
            row.save(update_fields=["size"])
        add_people(node, meeting, people)
        record(node, "delegation_recorded", row.id, by, meeting=meeting.id, state=state, size=row.size)
        index_meeting(meeting)
        return row.id


def record_agenda_item(
    node: Node,
    *,
    actor: Actor,
    meeting_id: MeetingId,
    texts: Mapping[str, str],
    outcomes: Mapping[str, str] | None = None,
) -> UUID:
    """Add a point to a meeting's agenda, with what came of it where that is told, and return its id.

    Both are texts per language. Raises `TextMissing`, `NoSuchFact`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        meeting = _locked(meeting_id)
        last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
        row = AgendaItem.objects.create(
            id=new_uuid(node),
            meeting=meeting,
            position=last + 1,
            texts=clean_texts(texts, "agenda item"),
            outcomes={language: text.strip() for language, text in (outcomes or {}).items() if text.strip()},
            created_at=node.clock.now(),
        )
        record(node, "agenda_item_recorded", row.id, by, meeting=meeting.id, position=row.position)
        return row.id


def record_outcome(node: Node, *, actor: Actor, item_id: UUID, language: str, outcome: str) -> None:
    """Add what came of an agenda item in a language; an outcome that it has in that language stays as it is.

    Raises `TextMissing`, `NoSuchFact`, `RoleMissing`.
    """
    by = require_registrar(actor)
    text = clean_texts({language: outcome}, "outcome")[language]
    with transaction(node):
        row = AgendaItem.objects.select_for_update().filter(id=item_id).first()
        if row is None:
            raise NoSuchFact(kind="agenda item", id=item_id)
        if language in row.outcomes:
            return
        row.outcomes = {**row.outcomes, language: text}
        row.save(update_fields=["outcomes"])
        record(node, "outcome_recorded", row.id, by, meeting=row.meeting_id, language=language)


def _locked(meeting_id: UUID) -> Meeting:
    row = Meeting.objects.select_for_update().filter(id=meeting_id).first()
    if row is None:
        raise NoSuchFact(kind="meeting", id=meeting_id)
    return row
