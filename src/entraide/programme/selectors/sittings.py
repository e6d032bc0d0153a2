"""Reads of what a meeting was like, of how a mechanism stood, and of addresses that lead elsewhere."""

from collections.abc import Sequence
from uuid import UUID

from entraide.kernel.ids import MechanismId, MeetingId
from entraide.kernel.node import Node
from entraide.programme.domain.dates import date_of
from entraide.programme.domain.facts import PersonInPost
from entraide.programme.domain.terms import MechanismStatus, PersonRole
from entraide.programme.models import AgendaItem, Delegation, JoinedFact, MechanismStanding
from entraide.programme.selectors.views import AgendaItemView, DelegationView, MeetingView, StandingView

LEADING = (PersonRole.CO_CHAIR, PersonRole.HEAD_OF_DELEGATION)


def list_delegations(node: Node, meeting: MeetingView) -> tuple[DelegationView, ...]:
    """Return the delegations of a meeting by State, those of people whose State is not told last."""
    with node.active():
        rows = {row.state: row for row in Delegation.objects.filter(meeting_id=meeting.id)}
        states = sorted({*rows, *(person.state for person in meeting.people)}, key=lambda code: (not code, code))
        return tuple(_delegation(state, rows.get(state), meeting.people) for state in states)


def list_agenda(node: Node, meeting_id: MeetingId) -> tuple[AgendaItemView, ...]:
    """Return the points of a meeting's agenda in order."""
    with node.active():
        rows = AgendaItem.objects.filter(meeting_id=meeting_id).order_by("position")
        return tuple(AgendaItemView(row.id, row.position, row.texts, row.outcomes) for row in rows)


def list_standings(node: Node, mechanism_id: MechanismId) -> tuple[StandingView, ...]:
    """Return how a mechanism stood, in the order in which it was recorded; the last is shown as its status."""
    with node.active():
        rows = MechanismStanding.objects.filter(mechanism_id=mechanism_id).order_by("created_at", "date", "id")
        return tuple(
            StandingView(
                row.id,
                MechanismStatus(row.status),
                date_of(row.date, row.date_basis),
                MechanismId(row.successor_id) if row.successor_id else None,
            )
            for row in rows
        )


def list_predecessors(node: Node, mechanism_id: MechanismId) -> tuple[MechanismId, ...]:
    """Return the mechanisms that this one follows now."""
    with node.active():
        rows = MechanismStanding.objects.filter(successor_id=mechanism_id, mechanism__succeeded_by_id=mechanism_id)
        return tuple(
            MechanismId(item) for item in dict.fromkeys(rows.order_by("id").values_list("mechanism_id", flat=True))
        )


def find_joined(node: Node, kind: str, fact_id: UUID) -> UUID | None:
    """Return the fact that one of this id was joined into, or None: permanent addresses lead on to it."""
    found = find_joined_fact(node, fact_id)
    return found[1] if found is not None and found[0] == kind else None


def find_joined_fact(node: Node, fact_id: UUID) -> tuple[str, UUID] | None:
    """Return kind and id of the fact that one of this id, of whatever kind, was joined into; None where it was not.

    That fact may itself have been joined into another one since: each join is undone by itself.
    """
    with node.active():
        found: tuple[str, UUID] | None = None
        seen = {fact_id}
        while row := JoinedFact.objects.filter(id=found[1] if found else fact_id).first():
            if row.into_id in seen:
                break
            seen.add(row.into_id)
            found = (row.kind, row.into_id)
        return found


def _delegation(state: str, row: Delegation | None, people: Sequence[PersonInPost]) -> DelegationView:
    theirs = [person for person in people if person.state == state]
    return DelegationView(
        row.id if row else None,
        state,
        tuple(person for person in theirs if person.role in LEADING),
        tuple(person for person in theirs if person.role not in LEADING),
        row.size if row else None,
    )
