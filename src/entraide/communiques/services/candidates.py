"""What a waiting proposal may mean of what the register already has; nothing is written."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from entraide.access.api import Actor
from entraide.communiques.domain.errors import KeepFirst, NoSuchProposal, NoSuchSource, PartiesMissing
from entraide.communiques.domain.proposals import ProposalKind, ProposalState
from entraide.communiques.models import Proposal, Source
from entraide.communiques.services.context import Desk, open_desk
from entraide.communiques.services.keeping import (
    commitment_facts,
    find_commitments_like,
    instrument_facts,
    levelled,
    mechanisms_of,
    meeting_facts,
    without_own,
)
from entraide.communiques.services.numbered import find_series_of, list_same_number
from entraide.communiques.services.organisations import find_organisations, find_organisations_of_post
from entraide.communiques.services.posts import find_posts
from entraide.directory.api import CERTAIN, LIKELY, POSSIBLE, OrganisationMatch
from entraide.kernel.ids import MechanismId, ProposalId, SourceId
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.programme.api import (
    Candidate,
    Contradiction,
    MechanismView,
    MeetingView,
    find_instruments,
    find_meetings,
    list_mechanisms,
)

RESTING_ON_PARTIES = (ProposalKind.MEETING.value, ProposalKind.INSTRUMENT.value)
SAME_NUMBER = N_("The same number, in a series of another name.")


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A fact that a proposal may mean: a short line, how sure the rules are (3 certain, 2 likely, 1 possible), why, and
    where the two disagree; `portfolio` is the code that fills a reason which speaks of one.
    """

    id: UUID
    summary: str
    strength: int
    reason: str
    contradictions: tuple[Contradiction, ...] = ()
    portfolio: str = ""


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
    if proposal.kind == ProposalKind.CONFLICT.value:
        return ()
    if proposal.kind == ProposalKind.PARTY.value:
        return _organisations(find_organisations(desk.node, proposal.fields))
    if proposal.kind == ProposalKind.OFFICIAL.value:
        return _posts(desk, proposal) or _organisations(find_organisations_of_post(desk, proposal.fields))
    try:
        found = _facts(desk, proposal)
    except (KeepFirst, PartiesMissing):
        return ()
    views = [
        CandidateView(item.id, item.summary, item.match.strength, item.match.reason.message, item.match.contradictions)
        for item in found
    ]
    offered = {item.id for item in views}
    views += [item for item in _same_numbers(desk, proposal) if item.id not in offered]
    return tuple(sorted(views, key=lambda item: -item.strength))


def _same_numbers(desk: Desk, proposal: Proposal) -> list[CandidateView]:
    """A numbered meeting may be known in a series that has a name in another language."""
    if proposal.kind not in (ProposalKind.MEETING.value, ProposalKind.REFERENCE.value):
        return []
    own = {item.fact_id for item in desk.kept(ProposalKind.MEETING)}
    fields = levelled(desk, proposal.fields)
    found = [item for one in mechanisms_of(desk, proposal.fields) for item in list_same_number(desk, one, fields)]
    return [
        CandidateView(item.id, _summary(item), LIKELY if likely else POSSIBLE, SAME_NUMBER)
        for item, likely in found
        if item.id not in own
    ]


def _summary(meeting: MeetingView) -> str:
    date = meeting.date.value if meeting.date else ""
    return " · ".join(part for part in (str(meeting.ordinal or ""), meeting.name, date, meeting.place) if part)


def is_ambiguous(desk: Desk, proposal: Proposal) -> bool:
    """Return whether a person has to say what a proposal means: it is possibly known, but not likely."""
    found = _candidates(desk, proposal)
    return bool(found) and found[0].strength < LIKELY


def _organisations(matches: Sequence[OrganisationMatch]) -> tuple[CandidateView, ...]:
    return tuple(
        CandidateView(
            item.organisation.id, item.organisation.name_in("en"), item.strength, item.reason, (), item.portfolio
        )
        for item in matches
    )


def _posts(desk: Desk, proposal: Proposal) -> tuple[CandidateView, ...]:
    """The posts that a title may mean in other words; one of the very title is kept without asking."""
    return tuple(
        CandidateView(item.post.id, " / ".join(item.post.spellings[:3]), item.strength, item.reason)
        for item in find_posts(desk, proposal.fields)
        if item.strength < CERTAIN
    )


def _facts(desk: Desk, proposal: Proposal) -> Sequence[Candidate]:
    return [item for one in mechanisms_of(desk, proposal.fields) for item in _facts_of(desk, proposal, one)]


def _facts_of(desk: Desk, proposal: Proposal, mechanism: MechanismId) -> Sequence[Candidate]:
    kind, fields = ProposalKind(proposal.kind), proposal.fields
    if kind is ProposalKind.MEETING:
        return without_own(
            desk, find_meetings(mechanism, meeting_facts(fields, find_series_of(desk, mechanism, fields)))
        )
    if kind is ProposalKind.INSTRUMENT:
        return without_own(desk, find_instruments(mechanism, instrument_facts(fields)))
    meeting = desk.fact_of(fields["meeting"])
    if kind is ProposalKind.COMMITMENT:
        facts = commitment_facts(fields, desk.fact_of(fields["instrument"]), meeting)
        return find_commitments_like(desk, mechanism, facts)
    mentioned = levelled(desk, fields)
    found = find_meetings(mechanism, meeting_facts(mentioned, find_series_of(desk, mechanism, mentioned)))
    return [item for item in found if item.id != meeting]


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
        if item.state == ProposalState.WAITING.value and item.kind in RESTING_ON_PARTIES:
            with suppress(KeepFirst, PartiesMissing):
                found[ProposalId(item.id)] = mechanisms_of(desk, item.fields)
    return {key: several for key, several in found.items() if len(several) > 1}
