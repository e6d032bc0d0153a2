"""Settling a contradiction: which of two values the register shows is a person's decision, and both stay recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.access.api import Actor
from entraide.kernel.ids import UserId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.adapters.columns import model_of, name_in_part, rows_of_parts
from entraide.programme.adapters.kinds import find_difference, load_kinds, tells_standing
from entraide.programme.domain.errors import ChoiceWithoutReason, NoSuchFact, ValueMoved
from entraide.programme.domain.facts import PersonInPost
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.weights import Statement, weigh
from entraide.programme.models import RecordedContradiction
from entraide.programme.services.corrections import lock_row
from entraide.programme.services.general_acts import columns_of
from entraide.programme.services.plugs import plug_of
from entraide.programme.services.recording import record, require_registrar
from entraide.storage.api import transaction


@dataclass(frozen=True, slots=True)
class Settled:
    """What a decision did: whether the new value is shown now, the statement kept beside it, and an earlier statement
    of the value now shown, which is none any more.
    """

    taken: bool
    contradiction_id: UUID
    ended_id: UUID | None = None


def settle_contradiction(
    node: Node,
    *,
    actor: Actor,
    fact_kind: str,
    fact_id: UUID,
    field: str,
    shown: Statement,
    given: Statement,
    take: bool | None = None,
    note: str = "",
    person: PersonInPost | None = None,
) -> Settled:
    """Show one of two values of a field and keep the other beside it with its source; return what was done.

    `take` is true for the `given` value and false for the one that is `shown` now; without it the weight of the sources
    decides (`domain.weights`). A choice against that weight needs a `note`, which is public. `person` is the holder of
    a post that a field like `co_chair.<state>` gives. Raises `ValueMoved` when `shown` is not what the register has,
    `ChoiceWithoutReason`, `NoSuchFact` also where sources may not differ, `RoleMissing`, and what the kind's own saving
    raises (`MeetingExists` for an ordinal that is taken).
    """
    by = require_registrar(actor)
    by_weight = weigh([shown, given], later=tells_standing(fact_kind, field)).index == 1
    taken = by_weight if take is None else take
    text = " ".join(note.split())[:500]
    if taken != by_weight and not text:
        raise ChoiceWithoutReason
    with transaction(node):
        place = _place(fact_kind, fact_id, field)
        if place.value != shown.value:
            raise ValueMoved(value=place.value)
        ended = None
        if taken:
            ended = _end_statement(fact_kind, fact_id, field, given.value)
            place.write(given, person)
        beside = shown if taken else given
        against_weight = text if taken != by_weight else ""
        contradiction = _keep_beside(node, fact_kind, fact_id, field, beside, against_weight)
        _record(node, by, contradiction, shown.value, given.value, taken=taken, note=text)
        return Settled(taken, contradiction, ended)


def _record(node: Node, by: UserId, row_id: UUID, shown: str, given: str, *, taken: bool, note: str) -> None:
    row = RecordedContradiction.objects.get(id=row_id)
    record(
        node, "contradiction_settled", row.id, by, fact=row.fact_id, kind=row.fact_kind, field=row.field, shown=shown,
        given=given, taken=taken, note=note,
    )  # fmt: skip


def _end_statement(fact_kind: str, fact_id: UUID, field: str, value: str) -> UUID | None:
    """Take away the statement of a value that is shown from now on; the journal keeps that there was one."""
    row = RecordedContradiction.objects.filter(
        fact_kind=str(fact_kind), fact_id=fact_id, field=field, value=value[:500]
    ).first()
    if row is None:
        return None
    ended: UUID = row.id
    row.delete()
    return ended


def _keep_beside(node: Node, fact_kind: str, fact_id: UUID, field: str, beside: Statement, note: str) -> UUID:
    row = RecordedContradiction.objects.filter(
        fact_kind=str(fact_kind), fact_id=fact_id, field=field, value=beside.value[:500]
    ).first() or RecordedContradiction(
        id=new_uuid(node),
        fact_kind=str(fact_kind),
        fact_id=fact_id,
        field=field,
        value=beside.value[:500],
        basis=beside.basis,
        created_at=node.clock.now(),
    )
    earlier = Statement(row.value, _kind(row), _told_on(row), row.basis)
    if row.source_kind == "" or weigh([earlier, beside], later=tells_standing(fact_kind, field)).index == 1:
        row.source_kind = beside.kind.value if beside.kind else ""
        row.told_on = beside.told_on.value if beside.told_on else ""
    row.note = note or row.note
    row.save()
    return row.id


def _kind(row: RecordedContradiction) -> Any:  # noqa: ANN401 - a kind of source or None
    return row.source_kind or None


def _told_on(row: RecordedContradiction) -> PartialDate | None:
    return PartialDate(row.told_on) if row.told_on else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a field's value stands: what it is now, and how another one is written there."""

    value: str
    write: Callable[[Statement, PersonInPost | None], None]


def _place(name: str, fact_id: UUID, field: str) -> _Place:
    """Return where a field stands on which sources may differ: in the fact itself, or in a part of it."""
    kind, found = load_kinds().find(name), find_difference(name, field)
    if kind is None or found is None:
        raise NoSuchFact(kind=name, id=fact_id)
    row, (holder, contradictions) = lock_row(model_of(kind), fact_id, name), found
    if holder.apart is None or holder == kind:
        return _place_in(kind, contradictions, row, ())
    parts = rows_of_parts(holder, fact_id).select_for_update(of=("self",))
    part = next((item for item in parts if name_in_part(holder, item) == field), None)
    return _place_in(holder, contradictions, part, holder.apart.brings)


def _place_in(kind: Kind, field: Field, row: Any, brings: Sequence[str]) -> _Place:  # noqa: ANN401 - a row, or none
    save = plug_of(kind.name).save

    def write(given: Statement, person: PersonInPost | None) -> None:
        if row is None or save is None:
            raise NoSuchFact(kind=kind.name, id="")
        values = [(field, _value_of(field, given))]
        values += [(kind.field(name), getattr(person, kind.field(name).argument, None)) for name in brings]
        for one, value in values:
            for column, stored in columns_of(kind, one, value).items():
                setattr(row, column, stored)
        save(row)

    return _Place(str(getattr(row, field.column, None) or ""), write)


def _value_of(field: Field, given: Statement) -> Any:  # noqa: ANN401 - whatever the field holds
    if field.basis:
        return PartialDate(given.value, DateBasis(given.basis or DateBasis.STATED))
    return int(given.value) if field.type is FieldType.NUMBER else given.value


def stands_in_signed_text(node: Node, kind: str, fact_id: UUID) -> bool:
    """Whether a fact comes from a text that was signed on this node, which is then its source; it never changes."""
    plug = plug_of(kind)
    return plug.get is not None and plug.frozen(plug.get(node, fact_id))
