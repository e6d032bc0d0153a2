"""Settling contradictions in bulk, where they are alike: by the weight of the sources, one way, or all as misread."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.communiques.domain.errors import NoSuchSource, ReasonMissing
from entraide.communiques.domain.proposals import ProposalKind, ProposalState
from entraide.communiques.models import Proposal, Source
from entraide.communiques.services.contradictions import family_of, settle_proposal
from entraide.communiques.services.proposals import reject_proposal
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import ProposalId, SourceId, new_uuid
from entraide.kernel.node import Node

WAITING = ProposalState.WAITING.value


@dataclass(frozen=True, slots=True)
class SettledInBulk:
    """How many contradictions were settled, and which were left waiting with the error that says why."""

    settled: int
    left: tuple[tuple[ProposalId, EntraideError], ...]


def settle_contradictions(
    node: Node,
    *,
    actor: Actor,
    source_id: SourceId,
    take: bool | None = None,
    note: str = "",
    fields: Collection[str] | None = None,
) -> SettledInBulk:
    """Settle the waiting contradictions of a source alike, each in its own transaction, and say what was left.

    `fields` narrows to contradictions in these fields (a co-chair's field counts as `co_chair` for every State).
    """
    return _each(
        node,
        actor,
        source_id,
        fields,
        lambda proposal_id, batch: settle_proposal(
            node, actor=actor, proposal_id=proposal_id, take=take, note=note, batch=batch
        ),
    )


def reject_contradictions(
    node: Node, *, actor: Actor, source_id: SourceId, reason: str, fields: Collection[str] | None = None
) -> SettledInBulk:
    """Reject the new values of a source's waiting contradictions as misread, alike; raises `ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing
    return _each(
        node,
        actor,
        source_id,
        fields,
        lambda proposal_id, batch: reject_proposal(
            node, actor=actor, proposal_id=proposal_id, reason=reason, batch=batch
        ),
    )


def _each(
    node: Node,
    actor: Actor,
    source_id: SourceId,
    fields: Collection[str] | None,
    act: Callable[[ProposalId, UUID], object],
) -> SettledInBulk:
    require_role(actor, Role.desk_officer)
    with node.active():
        if not Source.objects.filter(id=source_id).exists():
            raise NoSuchSource
        rows = Proposal.objects.filter(source_id=source_id, kind=ProposalKind.CONTRADICTION, state=WAITING)
        waiting = list(rows.order_by("position").values_list("id", "fields"))
    settled, left, batch = 0, list[tuple[ProposalId, EntraideError]](), new_uuid(node)
    for proposal_id, item in waiting:
        if fields is not None and family_of(item["field"]) not in fields:
            continue
        try:
            act(ProposalId(proposal_id), batch)
            settled += 1
        except EntraideError as error:
            left.append((ProposalId(proposal_id), error))
    return SettledInBulk(settled, tuple(left))
