"""What the register shows in a field that sources disagree about, by the field's name as in `Contradiction`."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.kernel.node import Node
from entraide.programme.adapters.columns import model_of, name_in_part, rows_of_parts
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.domain.kinds import Field, Kind


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A shown value, with its basis where it is a date; the other three say what its passages are cited for."""

    value: str
    basis: str
    cited_kind: str
    cited_id: UUID
    cited_field: str


def list_shown_values(node: Node, kind: str, fact_id: UUID, fields: Collection[str]) -> dict[str, ShownValue]:
    """Return the shown values of `fields` of one fact, empty ones where there is none.

    One query for the fact itself and one for each kind of its parts in which sources differ.
    """
    declared = load_kinds().find(kind)
    if declared is None or not declared.model:
        return {}
    with node.active():
        found = _own_values(declared, fact_id, fields)
        left = [name for name in fields if name not in found]
        for part in load_kinds().parts_of(kind) if left else ():
            found |= _values_in_parts(part, fact_id, left)
        return found


def get_shown_value(node: Node, kind: str, fact_id: UUID, field: str) -> ShownValue:
    """Return the shown value of one field; empty where there is none."""
    return list_shown_values(node, kind, fact_id, [field]).get(field) or ShownValue("", "", kind, fact_id, field)


def _own_values(kind: Kind, fact_id: UUID, fields: Collection[str]) -> dict[str, ShownValue]:
    own = [field for field in kind.fields if field.contradictable and field.name in fields]
    row = model_of(kind)._default_manager.filter(pk=fact_id).first() if own else None  # noqa: SLF001 - of any model
    return {field.name: _shown(field, row, kind.fact, fact_id, field.name) for field in own if row is not None}


def _values_in_parts(part: Kind, fact_id: UUID, fields: Collection[str]) -> dict[str, ShownValue]:
    """Return what parts of a fact show; passages of a part that cites as its whole are cited for all such parts."""
    if part.apart is None or part.within is None or not any(part.apart.read(name) for name in fields):
        return {}
    field, found = part.field(part.apart.contradictions), dict[str, ShownValue]()
    for row in rows_of_parts(part, fact_id):
        name = name_in_part(part, row)
        if part.cites_as:
            shown = _shown(field, row, part.cites_as, fact_id, part.within.at)
        else:
            shown = _shown(field, row, part.name, row.pk, field.name)
        if name in fields:
            found.setdefault(name, shown)
    return found


def _shown(field: Field, row: Any, kind: str, id_: UUID, cited: str) -> ShownValue:  # noqa: ANN401 - the same
    basis = str(getattr(row, field.basis)) if field.basis else ""
    return ShownValue(str(getattr(row, field.column) or ""), basis, kind, id_, cited)
