"""Which mechanism a proposal belongs to: that of what it rests on, the one a person chose, or that of its parties."""

from collections.abc import Sequence
from uuid import UUID

from entraide.communiques.domain.proposals import Fields
from entraide.communiques.models import Proposal
from entraide.communiques.services.context import IN_REGISTER, Desk, kind_of
from entraide.directory.api import CERTAIN
from entraide.kernel.ids import MechanismId
from entraide.programme.api import Candidate, Level, ensure_mechanism, find_mechanisms, load_kinds, plug_of
from entraide.programme.domain.kinds import FieldType
from entraide.programme.domain.paths import Item, read_path

MECHANISM, PARTIES = "mechanism", "parties"


def ensure_mechanism_of(desk: Desk, proposal: Proposal, same_as: tuple[str, UUID] | None = None) -> MechanismId:
    """Return the mechanism of a proposal, recorded when there is none between its parties.

    `same_as` names, by kind and id, the fact that it is; then that fact's counts. Raises `KeepFirst`, `PartiesMissing`,
    `SeveralMechanisms`.
    """
    known = _mechanism_of_fact(desk, *same_as) if same_as is not None else _rests_on(desk, proposal)
    if known is not None:
        return known
    level = proposal.fields.get("level")
    return ensure_mechanism(
        desk.node,
        actor=desk.actor,
        parties=desk.parties(_states(desk, proposal)),
        level=Level(level) if level else Level.MINISTER,
        choose=desk.mechanism,
    )


def mechanisms_of(desk: Desk, proposal: Proposal) -> tuple[MechanismId, ...]:
    """Return the mechanisms that a proposal may belong to; raises `KeepFirst` and `PartiesMissing`."""
    known = _rests_on(desk, proposal)
    if known is not None:
        return (known,)
    if desk.mechanism:
        return (desk.mechanism,)
    return find_mechanisms(desk.parties(_states(desk, proposal)))


def _states(desk: Desk, proposal: Proposal) -> Sequence[str]:
    """Return the States between which a proposal is told: its own, else all parties of its source.

    What rests on something, and names no parties, has none of its own.
    """
    fields: Fields = proposal.fields
    if PARTIES in fields:
        states: list[str] = fields[PARTIES]
        return states
    return [] if kind_of(proposal).kept else desk.states()


def _rests_on(desk: Desk, proposal: Proposal) -> MechanismId | None:
    """Return the mechanism of the first kept proposal that this one names."""
    links = [field for field in kind_of(proposal).proposal if field.type is FieldType.LINK]
    for field in links:
        other = desk.proposals.get(proposal.fields.get(field.name, ""))
        if other is not None and other.state in IN_REGISTER and other.fact_id is not None:
            return _mechanism_of_fact(desk, other.fact_kind, other.fact_id)
    return None


def _mechanism_of_fact(desk: Desk, name: str, fact_id: UUID) -> MechanismId | None:
    """Return the mechanism that a recorded fact is of, None where its kind is of none."""
    kind, read = load_kinds().get(name), plug_of(name).get
    if read is None or not kind.has(MECHANISM):
        return None
    return MechanismId(read_path(Item(read(desk.node, fact_id)), kind.field(MECHANISM).path))


def without_own(desk: Desk, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return `candidates` without what another proposal of the source became: two proposals of one text are two facts,
    unless the match is certain.
    """
    own = {item.fact_id for item in desk.proposals.values() if item.state in IN_REGISTER}
    return [item for item in candidates if item.certain or item.id not in own]


def choose(candidates: Sequence[Candidate], same_as: UUID | None, *, new: bool) -> UUID | None:
    """Return the fact to add to: the one a person named, else the one of the same own key; None for a new fact."""
    if same_as is not None:
        return same_as
    if new or not candidates or candidates[0].match.strength < CERTAIN:
        return None
    return candidates[0].id
