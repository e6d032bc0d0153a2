"""Settling a contradiction: which of two values the register shows is a person's decision, and both stay recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.access.api import Actor
from entraide.kernel.ids import UserId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.adapters.columns import model_of
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.domain.errors import ChoiceWithoutReason, MeetingExists, NoSuchFact, ValueMoved
from entraide.programme.domain.facts import PersonInPost
from entraide.programme.domain.kinds import FieldType
from entraide.programme.domain.terms import CommitmentStatus, FactKind, PersonRole
from entraide.programme.domain.weights import Statement, weigh
from entraide.programme.models import Assertion, Commitment, Instrument, InstrumentAction, Meeting, MeetingPerson
from entraide.programme.services.corrections import lock_row
from entraide.programme.services.general_acts import columns_of, index_fact
from entraide.programme.services.listing import correct_lists, correct_lists_of
from entraide.programme.services.meetings import index_meeting
from entraide.programme.services.recording import date_columns, record, require_registrar
from entraide.storage.api import transaction

DATE = ".date"
CO_CHAIR = "co_chair."


@dataclass(frozen=True, slots=True)
class Settled:
    """What a decision did: whether the new value is shown now, the statement kept beside it, and an earlier statement
    of the value now shown, which is none any more.
    """

    taken: bool
    assertion_id: UUID
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
    decides (`domain.weights`). A choice against that weight needs a `note`, which is public. `person` is the co-chair
    that a field `co_chair.<state>` gives. Raises `ValueMoved` when `shown` is not what the register has, and
    `ChoiceWithoutReason`, `MeetingExists` for an ordinal that is taken, `NoSuchFact`, `RoleMissing`.
    """
    by = require_registrar(actor)
    by_weight = weigh(field, [shown, given]).index == 1
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
        assertion = _keep_beside(node, fact_kind, fact_id, field, beside, against_weight)
        _record(node, by, assertion, shown.value, given.value, taken=taken, note=text)
        return Settled(taken, assertion, ended)


def _record(node: Node, by: UserId, row_id: UUID, shown: str, given: str, *, taken: bool, note: str) -> None:
    row = Assertion.objects.get(id=row_id)
    record(
        node, "contradiction_settled", row.id, by, fact=row.fact_id, kind=row.fact_kind, field=row.field, shown=shown,
        given=given, taken=taken, note=note,
    )  # fmt: skip


def _end_statement(fact_kind: str, fact_id: UUID, field: str, value: str) -> UUID | None:
    """Take away the statement of a value that is shown from now on; the journal keeps that there was one."""
    row = Assertion.objects.filter(fact_kind=str(fact_kind), fact_id=fact_id, field=field, value=value[:500]).first()
    if row is None:
        return None
    ended: UUID = row.id
    row.delete()
    return ended


def _keep_beside(node: Node, fact_kind: str, fact_id: UUID, field: str, beside: Statement, note: str) -> UUID:
    row = Assertion.objects.filter(
        fact_kind=str(fact_kind), fact_id=fact_id, field=field, value=beside.value[:500]
    ).first() or Assertion(
        id=new_uuid(node),
        fact_kind=str(fact_kind),
        fact_id=fact_id,
        field=field,
        value=beside.value[:500],
        basis=beside.basis,
        created_at=node.clock.now(),
    )
    earlier = Statement(row.value, _kind(row), _told_on(row), row.basis)
    if row.source_kind == "" or weigh(field, [earlier, beside]).index == 1:
        row.source_kind = beside.kind.value if beside.kind else ""
        row.told_on = beside.told_on.value if beside.told_on else ""
    row.note = note or row.note
    row.save()
    return row.id


def _kind(row: Assertion) -> Any:  # noqa: ANN401 - a kind of source or None
    return row.source_kind or None


def _told_on(row: Assertion) -> PartialDate | None:
    return PartialDate(row.told_on) if row.told_on else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a field's value stands: what it is now, and how another one is written there."""

    value: str
    write: Callable[[Statement, PersonInPost | None], None]


def _place(fact_kind: str, fact_id: UUID, field: str) -> _Place:
    if fact_kind == FactKind.MEETING:
        meeting = _locked(Meeting, fact_id, "meeting")
        return _chair_place(meeting, field) if field.startswith(CO_CHAIR) else _meeting_place(meeting, field)
    if fact_kind == FactKind.INSTRUMENT and field.endswith(DATE):
        return _action_place(_locked(Instrument, fact_id, "instrument"), field.removesuffix(DATE))
    if fact_kind == FactKind.COMMITMENT and field == "status":
        return _status_place(_locked(Commitment, fact_id, "commitment"))
    return _declared_place(fact_kind, fact_id, field)


def _declared_place(fact_kind: str, fact_id: UUID, name: str) -> _Place:
    """Return the place of a field that declares that sources may differ on it, of a kind with the general acts."""
    kind = load_kinds().find(fact_kind)
    field = next((item for item in kind.fields if item.name == name and item.differs), None) if kind else None
    if kind is None or field is None or kind.plug:
        raise NoSuchFact(kind=str(fact_kind), id=fact_id)
    row = lock_row(model_of(kind), fact_id, kind.name)

    def write(given: Statement, person: PersonInPost | None) -> None:
        del person
        value = _date_of(given) if field.basis else int(given.value) if field.type is FieldType.NUMBER else given.value
        for column, stored in columns_of(kind, field, value).items():
            setattr(row, column, stored)
        row.save()
        index_fact(kind, row)

    return _Place(str(getattr(row, field.column) or ""), write)


def _locked(model: Any, fact_id: UUID, kind: str) -> Any:  # noqa: ANN401 - a model and its row
    row = model.objects.select_for_update().filter(id=fact_id).first()
    if row is None:
        raise NoSuchFact(kind=kind, id=fact_id)
    return row


def _date_of(given: Statement) -> PartialDate:
    return PartialDate(given.value, DateBasis(given.basis or DateBasis.STATED))


def _meeting_place(row: Meeting, field: str) -> _Place:
    def write(given: Statement, person: PersonInPost | None) -> None:
        del person
        if field == "date":
            for name, value in date_columns(_date_of(given)).items():
                setattr(row, name, value)
            row.save()
            correct_lists_of(meeting_id=row.id)
        elif field == "ordinal":
            number = int(given.value)
            if Meeting.objects.filter(series=row.series, ordinal=number).exclude(id=row.id).exists():
                raise MeetingExists(ordinal=number)
            row.ordinal = number
        else:
            row.place = given.value[:200]
        row.save()
        index_meeting(row)

    if field not in ("date", "ordinal", "place"):
        raise NoSuchFact(kind="meeting", id=row.id)
    return _Place(str(getattr(row, field) or ""), write)


def _chair_place(row: Meeting, field: str) -> _Place:
    chairs = MeetingPerson.objects.filter(
        meeting=row, state=field.removeprefix(CO_CHAIR), role=PersonRole.CO_CHAIR.value
    )
    chair = chairs.order_by("position").first()

    def write(given: Statement, person: PersonInPost | None) -> None:
        if chair is None:
            raise NoSuchFact(kind="meeting", id=row.id)
        chair.name = given.value[:200]
        chair.post = person.post[:400] if person else ""
        chair.tenure_id = person.tenure_id if person else None
        chair.save()
        index_meeting(row)

    return _Place(chair.name if chair else "", write)


def _action_place(row: Instrument, kind: str) -> _Place:
    action = InstrumentAction.objects.filter(instrument=row, kind=kind).order_by("created_at").first()

    def write(given: Statement, person: PersonInPost | None) -> None:
        del person
        if action is None:
            raise NoSuchFact(kind="instrument", id=row.id)
        former = action.sort_date
        for name, value in date_columns(_date_of(given)).items():
            setattr(action, name, value)
        action.save()
        if row.sort_date in (None, former):
            row.sort_date = action.sort_date
            row.save(update_fields=["sort_date"])
            correct_lists_of(instrument_id=row.id)

    return _Place(action.date if action else "", write)


def _status_place(row: Commitment) -> _Place:
    def write(given: Statement, person: PersonInPost | None) -> None:
        del person
        row.status = CommitmentStatus(given.value).value
        row.save(update_fields=["status"])
        correct_lists([row])

    return _Place(row.status, write)
