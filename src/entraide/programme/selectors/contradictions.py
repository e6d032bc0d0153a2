"""What the register shows in a field that sources disagree about, by the field's name as in `Contradiction`."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from entraide.kernel.node import Node
from entraide.programme.adapters.columns import model_of
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.domain.terms import FactKind, PersonRole, SourceOfCommitment
from entraide.programme.models import Commitment, Instrument, InstrumentAction, Meeting, MeetingPerson

CO_CHAIR, DATE = "co_chair.", ".date"


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A shown value, with its basis where it is a date; the other three say what its passages are cited for."""

    value: str
    basis: str
    cited_kind: str
    cited_id: UUID
    cited_field: str


def list_shown_values(node: Node, kind: str, fact_id: UUID, fields: Collection[str]) -> dict[str, ShownValue]:
    """Return the shown values of `fields` of one fact, empty ones where there is none, in at most two queries."""
    with node.active():
        if kind == FactKind.MEETING:
            return _meeting_values(fact_id, fields)
        if kind == FactKind.INSTRUMENT:
            return _action_values(fact_id, fields)
        if kind == FactKind.COMMITMENT:
            status = Commitment.objects.filter(id=fact_id).values_list("status", flat=True).first() or ""
            return {name: ShownValue(status, "", kind, fact_id, name) for name in fields if name == "status"}
        return _declared_values(kind, fact_id, fields)


def get_shown_value(node: Node, kind: str, fact_id: UUID, field: str) -> ShownValue:
    """Return the shown value of one field; empty where there is none."""
    return list_shown_values(node, kind, fact_id, [field]).get(field) or ShownValue("", "", kind, fact_id, field)


def stands_in_signed_text(node: Node, kind: str, fact_id: UUID) -> bool:
    """Whether a fact comes from a text that was signed on this node, which is then its source."""
    with node.active():
        if kind == FactKind.INSTRUMENT:
            return Instrument.objects.filter(id=fact_id, plan_id__isnull=False).exists()
        if kind == FactKind.COMMITMENT:
            return Commitment.objects.filter(id=fact_id, source=SourceOfCommitment.SIGNED_TEXT.value).exists()
        return False


def _declared_values(name: str, fact_id: UUID, fields: Collection[str]) -> dict[str, ShownValue]:
    """Return the values of fields that declare that sources may differ on them, of a kind with the general reads."""
    kind = load_kinds().find(name)
    if kind is None or kind.plug or not kind.model:
        return {}
    row = model_of(kind)._default_manager.filter(pk=fact_id).first()  # noqa: SLF001 - the manager of any model
    return {
        field.name: ShownValue(
            str(getattr(row, field.column) or ""),
            str(getattr(row, field.basis)) if field.basis else "",
            kind.fact,
            fact_id,
            field.name,
        )
        for field in kind.fields
        if row is not None and field.differs and field.name in fields
    }


def _meeting_values(fact_id: UUID, fields: Collection[str]) -> dict[str, ShownValue]:
    row = Meeting.objects.filter(id=fact_id).first()
    chairs: dict[str, str] = {}
    if any(name.startswith(CO_CHAIR) for name in fields):
        people = MeetingPerson.objects.filter(meeting_id=fact_id, role=PersonRole.CO_CHAIR.value)
        for person in people.order_by("position"):
            chairs.setdefault(person.state, person.name)
    found = {}
    for name in fields:
        if name.startswith(CO_CHAIR):
            chair = chairs.get(name.removeprefix(CO_CHAIR), "")
            found[name] = ShownValue(chair, "", FactKind.MEETING, fact_id, "people")
        elif row is not None and name in ("date", "place", "ordinal"):
            basis = row.date_basis if name == "date" else ""
            found[name] = ShownValue(str(getattr(row, name) or ""), basis, FactKind.MEETING, fact_id, name)
    return found


def _action_values(fact_id: UUID, fields: Collection[str]) -> dict[str, ShownValue]:
    first: dict[str, InstrumentAction] = {}
    for action in InstrumentAction.objects.filter(instrument_id=fact_id).order_by("created_at"):
        first.setdefault(f"{action.kind}{DATE}", action)
    return {
        name: ShownValue(first[name].date, first[name].date_basis, FactKind.ACTION, first[name].id, "date")
        for name in fields
        if name in first
    }
