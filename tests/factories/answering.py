"""A desk officer who keeps what is clear and answers what is asked: the fact that is offered first is the same."""

from contextlib import suppress

from entraide.access.api import Actor
from entraide.communiques.api import (
    ProposalKind,
    ProposalState,
    get_proposal,
    keep_all,
    keep_proposal,
    list_candidates,
    list_proposals,
)
from entraide.directory.api import LIKELY, POSSIBLE
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import SourceId
from entraide.kernel.node import Node

ASKED = {
    ProposalKind.MEETING: LIKELY,
    ProposalKind.INSTRUMENT: LIKELY,
    ProposalKind.REFERENCE: LIKELY,
    ProposalKind.OFFICIAL: POSSIBLE,
}
"""From which strength what is offered is the same, as the officer says; a post of one holder in other words is one."""


def keep_and_answer(node: Node, officer: Actor, source: SourceId, kinds: frozenset[str] | None = None) -> None:
    """Keep the proposals of a source; a meeting or text that is likely known is that one, as the officer says."""
    keep_all(node, actor=officer, source_id=source, kinds=kinds)
    for proposal in list_proposals(node, source):
        wanted = proposal.kind in ASKED and (kinds is None or proposal.kind in kinds)
        if not wanted or get_proposal(node, proposal.id).state is not ProposalState.WAITING:
            continue
        offered = list_candidates(node, actor=officer, proposal_id=proposal.id)
        if offered and offered[0].strength >= ASKED[proposal.kind]:
            with suppress(EntraideError):  # what the register refuses waits on
                keep_proposal(node, actor=officer, proposal_id=proposal.id, same_as=offered[0].id)
        keep_all(node, actor=officer, source_id=source, kinds=kinds)
