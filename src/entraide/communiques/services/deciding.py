"""Deciding about one sentence: what stands in it is kept, corrected, rejected and added in one act, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.communiques.domain.errors import KeepFirst
from entraide.communiques.services.candidates import list_candidates
from entraide.communiques.services.proposals import correct_proposal, keep_proposal, reject_proposal
from entraide.communiques.services.proposing import propose_fact
from entraide.directory.api import CERTAIN
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MechanismId, ProposalId, SourceId
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.storage.api import transaction

NOT_SAID = N_("The sentence does not say this.")
"""Why a domain that a person took off a sentence was rejected."""


@dataclass(frozen=True, slots=True)
class KeepIt:
    """Keep a proposal: as it was read, or with `fields` in their place; the others as `keep_proposal` takes them."""

    proposal_id: ProposalId
    fields: Mapping[str, Any] | None = None
    same_as: UUID | None = None
    new: bool = False
    mechanism_id: MechanismId | None = None


@dataclass(frozen=True, slots=True)
class RejectIt:
    """Reject a proposal with a reason."""

    proposal_id: ProposalId
    reason: str


@dataclass(frozen=True, slots=True)
class AddIt:
    """Propose what was not read, with the words that show it, and keep it; `beside` is of its sentence."""

    beside: ProposalId
    kind: str
    fields: Mapping[str, Any]
    quotes: Mapping[str, str]

    @property
    def proposal_id(self) -> ProposalId:
        """The proposal at which an error is told."""
        return self.beside


Act = KeepIt | RejectIt | AddIt


@dataclass(frozen=True, slots=True)
class Undecided:
    """Why nothing was decided: the proposal at which the error came up, and the error."""

    proposal_id: ProposalId
    error: EntraideError


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided; `left` are the proposals that turned out to ask a person something, and what rests on them."""

    left: tuple[ProposalId, ...] = ()


def decide_together(node: Node, *, actor: Actor, source_id: SourceId, acts: Sequence[Act]) -> Decided | Undecided:
    """Do all `acts` in one transaction, each with its journal entry; when one cannot be done, nothing has changed.

    What a proposal may mean is often known only once its parties are kept. One that then may mean something that the
    register has, but not for certain, is left for the person to look at. Raises `RoleMissing` (desk officer).
    """
    require_role(actor, Role.desk_officer)
    left: list[ProposalId] = []
    at: Act | None = None
    try:
        with transaction(node):
            for act in acts:
                at = act
                if not _is_done(node, actor, source_id, act, left):
                    left.append(act.proposal_id)
    except EntraideError as error:
        if at is None:
            raise
        return Undecided(at.proposal_id, error)
    return Decided(tuple(left))


def _is_done(node: Node, actor: Actor, source_id: SourceId, act: Act, left: Sequence[ProposalId]) -> bool:
    """Do one act; False where it is left for a person."""
    if isinstance(act, RejectIt):
        reject_proposal(node, actor=actor, proposal_id=act.proposal_id, reason=act.reason)
        return True
    try:
        with transaction(node):
            if isinstance(act, AddIt):
                _add(node, actor, source_id, act)
            elif _asks(node, actor, act):
                return False
            else:
                _keep(node, actor, act)
    except KeepFirst:
        if not left:
            raise
        return False
    return True


def _asks(node: Node, actor: Actor, act: KeepIt) -> bool:
    """Whether a proposal of which nobody has said what it means may mean something that is not certainly the same."""
    if act.same_as is not None or act.new:
        return False
    found = list_candidates(node, actor=actor, proposal_id=act.proposal_id)
    return bool(found) and found[0].strength < CERTAIN


def _add(node: Node, actor: Actor, source_id: SourceId, act: AddIt) -> None:
    made = propose_fact(node, actor=actor, source_id=source_id, kind=act.kind, fields=act.fields, quotes=act.quotes)
    keep_proposal(node, actor=actor, proposal_id=made)


def _keep(node: Node, actor: Actor, act: KeepIt) -> None:
    chosen: dict[str, Any] = {"same_as": act.same_as, "new": act.new, "mechanism_id": act.mechanism_id}
    if act.fields is None:
        keep_proposal(node, actor=actor, proposal_id=act.proposal_id, **chosen)
    else:
        correct_proposal(node, actor=actor, proposal_id=act.proposal_id, fields=act.fields, **chosen)
