"""What a waiting proposal may mean of what the register already has; nothing is written."""

from contextlib import suppress

from entraide.access.api import Actor
from entraide.communiques.domain.errors import KeepFirst, NoSuchProposal, NoSuchSource, PartiesMissing
from entraide.communiques.domain.proposals import ProposalKind, ProposalState
from entraide.communiques.models import Proposal, Source
from entraide.communiques.services.context import CandidateView, Desk, kind_of, open_desk
from entraide.communiques.services.keeping import keeper_of
from entraide.communiques.services.mechanisms import mechanisms_of
from entraide.kernel.ids import MechanismId, ProposalId, SourceId
from entraide.kernel.node import Node
from entraide.programme.api import MechanismView, list_mechanisms


def list_candidates(node: Node, *, actor: Actor, proposal_id: ProposalId) -> tuple[CandidateView, ...]:
    """Return what a proposal may mean, best first; nothing while what it rests on has not been kept.

    Raises `NoSuchProposal`.
    """
    with node.active():
        proposal = Proposal.objects.select_related("source").filter(id=proposal_id).first()
        if proposal is None:
            raise NoSuchProposal
        return _candidates(open_desk(node, actor, proposal.source), proposal)


def list_all_candidates(
    node: Node, *, actor: Actor, source_id: SourceId
) -> dict[ProposalId, tuple[CandidateView, ...]]:
    """Return `list_candidates` for every waiting proposal of a source that has any; raises `NoSuchSource`."""
    with node.active():
        source = Source.objects.filter(id=source_id).first()
        if source is None:
            raise NoSuchSource
        desk = open_desk(node, actor, source)
        waiting = [item for item in desk.proposals.values() if item.state == ProposalState.WAITING.value]
        found = {ProposalId(item.id): _candidates(desk, item) for item in waiting}
        return {proposal_id: candidates for proposal_id, candidates in found.items() if candidates}


def _candidates(desk: Desk, proposal: Proposal) -> tuple[CandidateView, ...]:
    if proposal.kind == ProposalKind.CONTRADICTION:
        return ()
    try:
        found = keeper_of(kind_of(proposal)).candidates(desk, proposal)
    except (KeepFirst, PartiesMissing):
        return ()
    return tuple(sorted(found, key=lambda item: -item.strength))


def is_ambiguous(desk: Desk, proposal: Proposal) -> bool:
    """Return whether a person has to say what a proposal means: it may be known, and its own key does not say so."""
    found = _candidates(desk, proposal)
    return bool(found) and found[0].strength < keeper_of(kind_of(proposal)).sure


def list_mechanism_choices(
    node: Node, *, actor: Actor, source_id: SourceId
) -> dict[ProposalId, tuple[MechanismView, ...]]:
    """Return the mechanisms that a waiting proposal may belong to, for those where several join its parties.

    Raises `NoSuchSource`.
    """
    with node.active():
        source = Source.objects.filter(id=source_id).first()
        if source is None:
            raise NoSuchSource
        found = _several_mechanisms(open_desk(node, actor, source))
        wanted = {item for several in found.values() for item in several}
        views = {view.id: view for view in list_mechanisms(node) if view.id in wanted} if wanted else {}
        return {key: tuple(views[item] for item in several) for key, several in found.items()}


def _several_mechanisms(desk: Desk) -> dict[ProposalId, tuple[MechanismId, ...]]:
    """Return the mechanisms of each waiting proposal that may belong to more than one."""
    found: dict[ProposalId, tuple[MechanismId, ...]] = {}
    for item in desk.proposals.values():
        if item.state == ProposalState.WAITING.value and _asks_for_mechanism(item):
            with suppress(KeepFirst, PartiesMissing):
                found[ProposalId(item.id)] = mechanisms_of(desk, item)
    return {key: several for key, several in found.items() if len(several) > 1}


def _asks_for_mechanism(proposal: Proposal) -> bool:
    return proposal.kind != ProposalKind.CONTRADICTION and keeper_of(kind_of(proposal)).by_parties
