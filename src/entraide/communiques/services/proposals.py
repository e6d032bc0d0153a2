"""Deciding about proposals: keep, correct, reject. Each decision is a person's, is journaled, and is made once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.communiques.domain.acts import CORRECTED, KEPT, REJECTED
from entraide.communiques.domain.errors import (
    AlreadyDecided,
    ContradictionToSettle,
    NoSuchProposal,
    NoSuchSource,
    ReasonMissing,
)
from entraide.communiques.domain.fields import clean_fields
from entraide.communiques.domain.proposals import ProposalKind, ProposalState
from entraide.communiques.models import Citation, Proposal, Source
from entraide.communiques.services.bulk import Bulk, BulkLine
from entraide.communiques.services.candidates import is_ambiguous
from entraide.communiques.services.context import Desk, Kept, kind_of, open_desk
from entraide.communiques.services.contradictions import propose_contradictions
from entraide.communiques.services.finding import index_source
from entraide.communiques.services.keeping import keeper_of
from entraide.journal.api import act, append_entry
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MechanismId, ProposalId, SourceId, new_uuid
from entraide.kernel.node import Node
from entraide.storage.api import transaction, tried

WAITING = ProposalState.WAITING.value
TOGETHER = 25
"""So many proposals are kept in one transaction: one wait for the disk, and other writers soon have their turn."""


@dataclass(frozen=True, slots=True)
class KeptInBulk:
    """What keeping a whole source did: how many were kept, and which were left waiting with the error that says why."""

    kept: int
    left: tuple[tuple[ProposalId, EntraideError | None], ...]


def keep_proposal(
    node: Node,
    *,
    actor: Actor,
    proposal_id: ProposalId,
    same_as: UUID | None = None,
    new: bool = False,
    mechanism_id: MechanismId | None = None,
) -> UUID | None:
    """Keep a proposal as it was read, and return the fact's id (None for a State alone, which has no record).

    A certain or likely match becomes another source of the fact that the register has; `same_as` names the fact
    instead, `new` says that it is none of them, `mechanism_id` which mechanism is meant where several join the parties
    (else `SeveralMechanisms` is raised). Raises `AlreadyDecided`, `KeepFirst`, the errors of the register, and
    `RoleMissing` (desk officer); then nothing has changed.
    """
    return _decide(node, actor, proposal_id, None, same_as, mechanism_id, new=new)


def correct_proposal(
    node: Node,
    *,
    actor: Actor,
    proposal_id: ProposalId,
    fields: Mapping[str, Any],
    same_as: UUID | None = None,
    new: bool = False,
    mechanism_id: MechanismId | None = None,
) -> UUID | None:
    """Keep a proposal with a person's `fields` in place of what was read; otherwise like `keep_proposal`.

    Fields left as they were read count as kept. Raises `BadField` as well.
    """
    return _decide(node, actor, proposal_id, fields, same_as, mechanism_id, new=new)


def reject_proposal(
    node: Node, *, actor: Actor, proposal_id: ProposalId, reason: str, batch: UUID | None = None
) -> None:
    """Reject a proposal with a reason; nothing enters the register. `batch` names what it is rejected together with.

    Raises `ReasonMissing`, `AlreadyDecided`, `NoSuchProposal`, `RoleMissing` (desk officer).
    """
    require_role(actor, Role.desk_officer)
    text = " ".join(reason.replace("\0", " ").split())  # a form may send a NUL, which PostgreSQL cannot keep
    if not text:
        raise ReasonMissing
    with act(node, kind=REJECTED, by=actor.user_id, subject=proposal_id, batch=batch, reason=text):
        proposal = _waiting(proposal_id)
        proposal.rejection = text[:500]
        _close(node, actor, proposal, ProposalState.REJECTED, {})


def keep_all(
    node: Node,
    *,
    actor: Actor,
    source_id: SourceId,
    kinds: frozenset[str] | None = None,
    shown: Mapping[UUID, str] | None = None,
) -> KeptInBulk:
    """Keep the waiting proposals of `kinds`, of all without them, each an act of its own with its journal entry.

    At most `TOGETHER` are kept in one transaction.

    What may mean a fact that the register has without being certainly or likely the same is left for a person, and so
    is what the register refuses, what would change a wording that it has, and every contradiction: `settle_proposal`
    settles those. `shown` holds the digests of `preview_keep_all`: what was not shown so is left. Raises
    `NoSuchSource`, `RoleMissing`.
    """
    keys = _waiting_keys(node, actor, source_id, kinds)
    bulk, batch = Bulk(None if shown is None else dict(shown)), new_uuid(node)
    for at in range(0, len(keys), TOGETHER):
        with transaction(node):
            _keep_together(node, actor, source_id, keys[at : at + TOGETHER], batch, bulk)
    left = bulk.left
    with node.active():
        # Those too that keeping the others has brought up.
        contradictions = Proposal.objects.filter(source_id=source_id, state=WAITING, kind=ProposalKind.CONTRADICTION)
        if kinds is None or ProposalKind.CONTRADICTION in kinds:
            left += [
                (ProposalId(row), None) for row in contradictions.order_by("position").values_list("id", flat=True)
            ]
    return KeptInBulk(len(bulk.lines) - len(bulk.left), tuple(left))


def preview_keep_all(
    node: Node, *, actor: Actor, source_id: SourceId, kinds: frozenset[str] | None = None
) -> tuple[BulkLine, ...]:
    """Return what `keep_all` would do with each proposal, old beside new; nothing is kept.

    Raises `NoSuchSource`, `RoleMissing`.
    """
    keys = _waiting_keys(node, actor, source_id, kinds)
    bulk = Bulk()
    with tried(node):
        _keep_together(node, actor, source_id, keys, new_uuid(node), bulk)
    return tuple(bulk.lines)


def _waiting_keys(node: Node, actor: Actor, source_id: SourceId, kinds: frozenset[str] | None) -> list[str]:
    """Return the keys of the proposals that are kept in bulk; raises `NoSuchSource`, `RoleMissing`."""
    require_role(actor, Role.desk_officer)
    with node.active():
        if not Source.objects.filter(id=source_id).exists():
            raise NoSuchSource
        waiting = Proposal.objects.filter(source_id=source_id, state=WAITING)
        if kinds is not None:
            waiting = waiting.filter(kind__in=kinds)
        readings = waiting.exclude(kind=ProposalKind.CONTRADICTION).order_by("position")
        return list(readings.values_list("key", flat=True))


def _keep_together(node: Node, actor: Actor, source_id: SourceId, keys: Sequence[str], batch: UUID, bulk: Bulk) -> None:
    """Keep the proposals `keys` of a source in the running transaction; what fails undoes its own part and is left."""
    desk = open_desk(node, actor, Source.objects.get(id=source_id), lock=True)
    before = len(bulk.lines) - len(bulk.left)
    for proposal in (desk.proposals[key] for key in keys):
        if proposal.state != WAITING:
            continue
        made = set(bulk.made)
        try:
            desk.found.clear()
            with act(node, kind=KEPT, by=actor.user_id, subject=proposal.id, batch=batch) as act_id:
                if is_ambiguous(desk, proposal):
                    bulk.leave(proposal.id, None)
                    continue
                _put_into_register(desk, proposal, None, None, new=False)
                bulk.weigh(node, act_id, proposal.id, matched=proposal.matched)
        except EntraideError as error:
            proposal.refresh_from_db()
            bulk.made = made
            bulk.leave(proposal.id, error)
    if len(bulk.lines) - len(bulk.left) > before:
        index_source(desk.source.id)


def _decide(
    node: Node,
    actor: Actor,
    proposal_id: ProposalId,
    given: Mapping[str, Any] | None,
    same_as: UUID | None,
    mechanism_id: MechanismId | None,
    *,
    new: bool,
) -> UUID | None:
    require_role(actor, Role.desk_officer)
    with transaction(node):
        proposal = _waiting(proposal_id)
        kind = KEPT if given is None else CORRECTED
        with act(node, kind=kind, by=actor.user_id, subject=proposal.id):
            desk = open_desk(node, actor, proposal.source, mechanism_id)
            fact_id = _put_into_register(desk, proposal, given, same_as, new=new)
            index_source(proposal.source.id)
        return fact_id


def _put_into_register(
    desk: Desk, proposal: Proposal, given: Mapping[str, Any] | None, same_as: UUID | None, *, new: bool
) -> UUID | None:
    """Keep a waiting proposal within the running transaction, as it was read or with the fields that are `given`."""
    node, actor = desk.node, desk.actor
    if proposal.kind == ProposalKind.CONTRADICTION:
        raise ContradictionToSettle
    kind = kind_of(proposal)
    fields = clean_fields(kind.proposal, proposal.read_fields if given is None else given)
    changed = sorted(name for name, value in fields.items() if _is_changed(proposal.read_fields.get(name), value))
    state = ProposalState.CORRECTED if given is not None and changed else ProposalState.KEPT
    proposal.fields = fields
    done = keeper_of(kind).keep(desk, proposal, same_as, new=new)
    _cite(node, proposal, done, changed if state is ProposalState.CORRECTED else [])
    propose_contradictions(node, proposal, done.contradictions)
    proposal.matched = done.matched
    proposal.fact_kind, proposal.fact_id = str(done.fact_kind), done.fact_id
    content = {"fact_kind": proposal.fact_kind, "fact": str(done.fact_id or ""), "matched": done.matched}
    _close(node, actor, proposal, state, {**content, "changed": changed})
    return done.fact_id


def _is_changed(read: object, value: object) -> bool:
    """Whether a person wrote something else than was read; spaces and the order of a list do not count."""
    if isinstance(value, list):
        return sorted(value) != sorted(read if isinstance(read, list) else [])
    if isinstance(value, str):
        return value != " ".join(str(read or "").split())
    return value != read


def _waiting(proposal_id: ProposalId) -> Proposal:
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("source").filter(id=proposal_id).first()
    if proposal is None:
        raise NoSuchProposal
    if proposal.state != WAITING:
        raise AlreadyDecided(state=proposal.state)
    return proposal


def _cite(node: Node, proposal: Proposal, done: Kept, changed: list[str]) -> None:
    """Write a citation for each field that has a passage; a corrected field cites the passage it was misread from.

    A passage that shows the field already is not cited again.
    """
    Citation.objects.bulk_create(
        [
            Citation(
                id=new_uuid(node),
                fact_kind=str(fact_kind),
                fact_id=fact_id,
                field=name,
                passage_id=UUID(proposal.evidence[name]["passage"]),
                proposal=proposal,
                corrected=name in changed,
            )
            for fact_kind, fact_id, names in done.citations
            for name in names
            if name in proposal.evidence
        ],
        ignore_conflicts=True,
    )


def _close(node: Node, actor: Actor, proposal: Proposal, state: ProposalState, content: dict[str, Any]) -> None:
    proposal.state = state.value
    proposal.decided_by, proposal.decided_at = actor.user_id, node.clock.now()
    proposal.save()
    append_entry(
        node,
        kind=f"communiques.proposal_{state.value}",
        subject=proposal.id,
        content={"source": str(proposal.source_id), "kind": proposal.kind, **content},
        actor=actor.user_id,
    )
