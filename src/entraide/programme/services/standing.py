"""The name of a mechanism, and how it stands: active, dormant, ended, or followed by another."""

from uuid import UUID

from entraide.access.api import Actor
from entraide.kernel.ids import MechanismId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.errors import NoSuchFact, SuccessorMissing, SuccessorOfItself
from entraide.programme.domain.terms import MechanismStatus
from entraide.programme.models import Mechanism, MechanismStanding
from entraide.programme.services.finding import index_mechanisms
from entraide.programme.services.recording import clean_texts, date_columns, record, require_registrar
from entraide.storage.api import transaction


def name_mechanism(node: Node, *, actor: Actor, mechanism_id: MechanismId, language: str, name: str) -> None:
    """Enter or correct a mechanism's name in a language; the journal keeps the former one.

    Raises `TextMissing`, `NoSuchFact`, `RoleMissing`.
    """
    by = require_registrar(actor)
    text = clean_texts({language: name}, "name")[language][:400]
    with transaction(node):
        row = _locked(mechanism_id)
        former = row.names.get(language, "")
        if former == text:
            return
        row.names = {**row.names, language: text}
        row.save(update_fields=["names"])
        record(node, "mechanism_named", row.id, by, language=language, name=text, former=former)
        index_mechanisms([row])


def record_standing(
    node: Node,
    *,
    actor: Actor,
    mechanism_id: MechanismId,
    status: MechanismStatus,
    since: PartialDate | None = None,
    successor_id: MechanismId | None = None,
) -> UUID:
    """Record how a mechanism stands since a date, beside all that was recorded before, and return the standing's id.

    `successor_id` is the mechanism that follows, for the status `succeeded` and for no other. Raises
    `SuccessorMissing`, `SuccessorOfItself` when the mechanism would follow itself, `NoSuchFact`, `RoleMissing`.
    """
    by = require_registrar(actor)
    if (status is MechanismStatus.SUCCEEDED) != (successor_id is not None):
        raise SuccessorMissing
    with transaction(node):
        row = _locked(mechanism_id)
        if successor_id is not None:
            _check_successor(row, successor_id)
        columns = date_columns(since)
        standing = MechanismStanding.objects.create(
            id=new_uuid(node),
            mechanism=row,
            status=status.value,
            successor_id=successor_id,
            date=columns["date"],
            date_basis=columns["date_basis"],
            created_at=node.clock.now(),
        )
        row.status, row.succeeded_by_id = status.value, successor_id
        row.save(update_fields=["status", "succeeded_by"])
        record(
            node,
            "standing_recorded",
            standing.id,
            by,
            mechanism=row.id,
            status=status.value,
            date=standing.date,
            successor=successor_id or "",
        )
        return standing.id


def _locked(mechanism_id: UUID) -> Mechanism:
    row = Mechanism.objects.select_for_update().filter(id=mechanism_id).first()
    if row is None:
        raise NoSuchFact(kind="mechanism", id=mechanism_id)
    return row


def _check_successor(row: Mechanism, successor_id: UUID) -> None:
    """Follow the successors from `successor_id`: none of them may be the mechanism itself."""
    seen: set[UUID] = set()
    following: UUID | None = successor_id
    while following is not None and following not in seen:
        if following == row.id:
            raise SuccessorOfItself
        seen.add(following)
        found = Mechanism.objects.filter(id=following).values_list("succeeded_by_id", flat=True)
        if not found:
            raise NoSuchFact(kind="mechanism", id=following)
        following = found[0]
