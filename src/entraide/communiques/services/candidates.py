"""What a waiting proposal may mean of what the register already has; nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from entraide.access.api import Actor
from entraide.communiques.domain.errors import KeepFirst, NoSuchProposal, NoSuchSource, PartiesMissing
from entraide.communiques.domain.proposals import Fields, ProposalKind, ProposalState
from entraide.communiques.models import Proposal, Source
from entraide.communiques.services.context import IN_REGISTER, Desk, open_desk
from entraide.communiques.services.keeping import (
    commitment_facts,
    instrument_facts,
    meeting_facts,
    without_own,
)
from entraide.communiques.services.organisations import CERTAIN, LIKELY, POSSIBLE, find_organisations
from entraide.kernel.ids import MechanismId, ProposalId, SourceId
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.programme.api import (
    Candidate,
    Contradiction,
    Level,
    find_commitments,
    find_instruments,
    find_mechanism,
    find_meetings,
    find_series,
)

REASONS = {
    CERTAIN: N_("Same name."),
    LIKELY: N_("The same office of the same State under another name."),
    POSSIBLE: N_("Another body of the same State."),
}


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A fact that a proposal may mean: a short line, how sure the rules are (3 certain, 2 likely, 1 possible), why, and
    where the two disagree.
    """

    id: UUID
    summary: str
    strength: int
    reason: str
    contradictions: tuple[Contradiction, ...] = ()


def list_candidates(node: Node, *, actor: Actor, proposal_id: ProposalId) -> tuple[CandidateView, ...]:
    """Return what a proposal may mean, best first; nothing while what it rests on has not been kept."""
    with node.active():
        proposal = Proposal.objects.select_related("source").filter(id=proposal_id).first()
        if proposal is None:
            raise NoSuchProposal
        return _candidates(open_desk(node, actor, proposal.source), proposal)


def list_all_candidates(
    node: Node, *, actor: Actor, source_id: SourceId
) -> dict[ProposalId, tuple[CandidateView, ...]]:
    """Return `list_candidates` for every waiting proposal of a source that has any."""
    with node.active():
        source = Source.objects.filter(id=source_id).first()
        if source is None:
            raise NoSuchSource
        desk = open_desk(node, actor, source)
        waiting = [item for item in desk.proposals.values() if item.state == ProposalState.WAITING.value]
        found = {ProposalId(item.id): _candidates(desk, item) for item in waiting}
        return {proposal_id: candidates for proposal_id, candidates in found.items() if candidates}


def _candidates(desk: Desk, proposal: Proposal) -> tuple[CandidateView, ...]:
    if proposal.kind == ProposalKind.PARTY.value:
        return _organisations(proposal.fields)
    try:
        found = _facts(desk, proposal)
    except (KeepFirst, PartiesMissing):
        return ()
    return tuple(
        CandidateView(item.id, item.summary, item.match.strength, item.match.reason.message, item.match.contradictions)
        for item in found
    )


def is_ambiguous(node: Node, *, actor: Actor, proposal_id: ProposalId) -> bool:
    """Return whether a person has to say what a proposal means: it is possibly known, but not likely."""
    found = list_candidates(node, actor=actor, proposal_id=proposal_id)
    return bool(found) and found[0].strength < LIKELY


def _organisations(fields: Fields) -> tuple[CandidateView, ...]:
    return tuple(
        CandidateView(item.id, item.name_in("en"), strength, REASONS[strength])
        for item, strength in find_organisations(fields)
    )


def _facts(desk: Desk, proposal: Proposal) -> Sequence[Candidate]:
    kind, fields = ProposalKind(proposal.kind), proposal.fields
    if kind is ProposalKind.OFFICIAL:
        return ()
    mechanism = find_mechanism(desk.parties(_states_of(desk, fields)))
    if mechanism is None:
        return ()
    if kind is ProposalKind.MEETING:
        return without_own(desk, find_meetings(mechanism, meeting_facts(fields, _series(mechanism, fields))))
    if kind is ProposalKind.INSTRUMENT:
        return without_own(desk, find_instruments(mechanism, instrument_facts(fields)))
    meeting = desk.fact_of(fields["meeting"])
    if kind is ProposalKind.COMMITMENT:
        facts = commitment_facts(fields, desk.fact_of(fields["instrument"]), meeting)
        return without_own(desk, find_commitments(mechanism, facts))
    level = desk.proposals[fields["meeting"]].fields["level"] if meeting else ""
    mentioned = {**fields, "kind": "other", "level": level}
    found = find_meetings(mechanism, meeting_facts(mentioned, _series(mechanism, mentioned)))
    return [item for item in found if item.id != meeting]


def _states_of(desk: Desk, fields: Fields) -> Sequence[str]:
    for key in (fields.get("meeting", ""), fields.get("instrument", "")):
        other = desk.proposals.get(key)
        if other is not None and other.state in IN_REGISTER:
            return _states_of(desk, other.fields)
    states: Sequence[str] = fields.get("parties", [])
    return states


def _series(mechanism: MechanismId, fields: Fields) -> UUID | None:
    if fields["ordinal"] is None or not fields["series"]:
        return None
    return find_series(mechanism, Level(fields["level"]) if fields["level"] else Level.MINISTER, fields["series"])
