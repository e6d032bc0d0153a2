"""How a proposal of a declared kind without rules of its own becomes a fact: by what its kind declares of its fields.

What it names (a meeting, an instrument) are other proposals of its source, kept before; its mechanism is that of what
it names, else that of its parties. A known fact gets what it lacks; where sources may differ and do, a person is asked.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from entraide.communiques.domain.proposals import Fields
from entraide.communiques.models import Proposal
from entraide.communiques.services.context import (
    CandidateView,
    Desk,
    FoundContradiction,
    Kept,
    candidate_view,
    date_of,
    kind_of,
)
from entraide.communiques.services.mechanisms import MECHANISM, choose, ensure_mechanism_of, mechanisms_of, without_own
from entraide.kernel.ids import MechanismId
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import find_facts, plug_of
from entraide.programme.domain.comparing import compare_fact
from entraide.programme.domain.errors import NoSuchKind
from entraide.programme.domain.kinds import Field, FieldType, Kind
from entraide.programme.domain.relating import values_of_view

Values = dict[str, Any]


def keep_fact(desk: Desk, proposal: Proposal, same_as: UUID | None, *, new: bool) -> Kept:
    """Record a proposal as a fact of its kind, or as another source of one that is recorded.

    Raises `KeepFirst` and `PartiesMissing` for what it rests on, `NoSuchKind` for a kind that cannot be written, and
    what the kind's own acts raise.
    """
    kind = kind_of(proposal)
    mechanism = None
    if kind.has(MECHANISM):
        mechanism = ensure_mechanism_of(desk, proposal, (kind.name, same_as) if same_as is not None else None)
    values = values_of(desk, kind, proposal.fields, mechanism)
    found = choose(without_own(desk, find_facts(desk.node, kind, values)), same_as, new=new)
    if found is not None:
        return _add_source(desk, kind, found, values)
    create = plug_of(kind.name).create
    if create is None:
        raise NoSuchKind(name=kind.name, allowed="")
    made = create(desk.node, desk.actor, values)
    return Kept(kind.fact, made, citations=((kind.fact, made, tuple(values)),))


def _add_source(desk: Desk, kind: Kind, fact_id: UUID, values: Values) -> Kept:
    """Fill the gaps of a recorded fact, and tell where it differs."""
    plug = plug_of(kind.name)
    if plug.get is None or plug.correct is None:
        raise NoSuchKind(name=kind.name, allowed="")
    compared = compare_fact(kind, values_of_view(kind, plug.get(desk.node, fact_id)), values)
    if compared.fills:
        plug.correct(desk.node, desk.actor, {"id": str(fact_id)}, compared.fills)
    contradictions = tuple(
        FoundContradiction(
            kind.fact, fact_id, item.field, item.recorded, item.given, _basis(values[item.field]), kind.fact, fact_id,
            item.field,
        )
        for item in compared.contradicted
    )  # fmt: skip
    return Kept(kind.fact, fact_id, True, ((kind.fact, fact_id, compared.shown),), contradictions)


def _basis(value: object) -> str:
    return value.basis.value if isinstance(value, PartialDate) else ""


def list_facts_like(desk: Desk, proposal: Proposal) -> tuple[CandidateView, ...]:
    """Return the facts that a proposal may mean, best first; raises `KeepFirst` and `PartiesMissing`."""
    kind = kind_of(proposal)
    places = mechanisms_of(desk, proposal) if kind.has(MECHANISM) else (None,)
    found = [
        item
        for mechanism in places
        for item in find_facts(desk.node, kind, values_of(desk, kind, proposal.fields, mechanism))
    ]
    return tuple(map(candidate_view, without_own(desk, found)))


def values_of(desk: Desk, kind: Kind, fields: Fields, mechanism: MechanismId | None) -> Values:
    """Return what a proposal says, as the acts of its kind take it; what is not known is left out."""
    own = [kind.field(field.name) for field in kind.proposal if kind.has(field.name)]
    values = {field.name: VALUE.get(field.type, _as_it_is)(desk, field, fields) for field in own}
    known = {name: value for name, value in values.items() if value not in (None, "", (), {})}
    return {**known, MECHANISM: mechanism} if mechanism is not None else known


def _as_it_is(_desk: Desk, field: Field, fields: Fields) -> Any:  # noqa: ANN401 - a text, a code, a number or truth
    return fields.get(field.name)


def _text(desk: Desk, field: Field, fields: Fields) -> Mapping[str, str]:
    """A proposal tells a text in the language of its source."""
    text = fields.get(field.name)
    return {desk.language: text} if text else {}


def _several(_desk: Desk, field: Field, fields: Fields) -> tuple[str, ...]:
    return tuple(fields.get(field.name) or ())


def _date(_desk: Desk, field: Field, fields: Fields) -> Any:  # noqa: ANN401 - a partial date, or a text like a period
    date = date_of(fields, field.name)
    return date if field.basis or date is None else date.value


def _link(desk: Desk, field: Field, fields: Fields) -> UUID | None:
    return desk.fact_of(fields.get(field.name) or "")


VALUE: Mapping[FieldType, Callable[[Desk, Field, Fields], Any]] = {
    FieldType.TEXTS: _text,
    FieldType.LIST: _several,
    FieldType.EDTF: _date,
    FieldType.LINK: _link,
}
"""How what a proposal says becomes a value, by type; other types stay as they are."""
