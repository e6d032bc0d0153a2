"""A register in which every source stands by itself: all that is read is entered, no question of sameness is answered.

So it holds each duplicate that its sources contain, but for those that a fact's own key rules out.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from entraide.access.api import Actor
from entraide.cli.demonstration.deciding import ORGANISATIONS
from entraide.communiques.api import (
    ProposalKind,
    ProposalState,
    ProposalView,
    SourceKind,
    correct_proposal,
    import_source,
    keep_all,
    keep_proposal,
    list_all_candidates,
    list_mechanism_choices,
    list_proposals,
    list_samples,
    read_sample,
)
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MechanismId, SourceId
from entraide.kernel.node import Node

ROUNDS = 3
"""What waits for another proposal is tried again so often."""


def enter_samples(node: Node, officer: Actor) -> list[SourceId]:
    """Import the samples and enter all that they say; return the sources."""
    return enter_texts(
        node, officer, [(item.name, read_sample(item.name), item.kind, item.publisher) for item in list_samples()]
    )


def enter_texts(node: Node, officer: Actor, texts: Iterable[tuple[str, str, SourceKind, str]]) -> list[SourceId]:
    """Import texts (name, text, kind, publisher) and enter all that they say; return the sources."""
    sources = [
        import_source(node, actor=officer, name=name, text=text, kind=kind, publisher=publisher)
        for name, text, kind, publisher in texts
    ]
    for source in sources:
        keep_all(node, actor=officer, source_id=source, kinds=frozenset({ProposalKind.PARTY}))
    for _ in range(ROUNDS):
        for source in sources:
            keep_all(node, actor=officer, source_id=source)
            _enter_rest(node, officer, source)
    return sources


def _enter_rest(node: Node, officer: Actor, source: SourceId) -> None:
    choices = list_mechanism_choices(node, actor=officer, source_id=source)
    for proposal in list_proposals(node, source):
        if proposal.state is not ProposalState.WAITING or proposal.kind == ProposalKind.CONTRADICTION:
            continue
        several = choices.get(proposal.id, ())
        mechanism = max(several, key=lambda item: (item.meetings, item.commitments)).id if several else None
        try:
            _enter(node, officer, proposal, mechanism)
        except EntraideError:
            # One plan of a period is all that a mechanism may have: there the register itself tells the same.
            offered = list_all_candidates(node, actor=officer, source_id=source).get(proposal.id, ())
            if offered and proposal.kind == ProposalKind.INSTRUMENT:
                with suppress(EntraideError):
                    keep_proposal(node, actor=officer, proposal_id=proposal.id, same_as=offered[0].id)


def _enter(node: Node, officer: Actor, proposal: ProposalView, mechanism: MechanismId | None) -> None:
    body = ORGANISATIONS.get(str(proposal.fields.get("name")))
    how: dict[str, Any] = {"actor": officer, "proposal_id": proposal.id, "mechanism_id": mechanism}
    if proposal.kind == ProposalKind.OFFICIAL and body:
        correct_proposal(node, fields={**proposal.fields, "organisation": body}, **how)
    else:
        keep_proposal(node, **how)
