"""What the services that keep a proposal know about its source: the other proposals and what has become of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from entraide.access.api import Actor
from entraide.communiques.domain.errors import KeepFirst, PartiesMissing
from entraide.communiques.domain.proposals import Fields, ProposalKind, ProposalState
from entraide.communiques.models import Proposal, Source
from entraide.kernel.ids import MechanismId, OrganisationId, TenureId
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.api import (
    Candidate,
    CommitmentFacts,
    Contradiction,
    Party,
    PersonInPost,
    PersonRole,
    load_kinds,
)
from entraide.programme.domain.kinds import Kind

IN_REGISTER = (ProposalState.KEPT.value, ProposalState.CORRECTED.value)


@dataclass(frozen=True, slots=True)
class FoundContradiction:
    """A field of a known fact in which a kept proposal says something else; `cited_kind`, `cited_id` and `cited_field`
    name what the passages of that field are cited for. `person` is the co-chair that is given.
    """

    fact_kind: str
    fact_id: UUID
    field: str
    recorded: str
    given: str
    basis: str
    cited_kind: str
    cited_id: UUID
    cited_field: str
    person: PersonInPost | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a proposal made or completed, which fields are cited for which fact, and where it differs."""

    fact_kind: str
    fact_id: UUID | None
    matched: bool = False
    citations: tuple[tuple[str, UUID, Sequence[str]], ...] = ()
    contradictions: tuple[FoundContradiction, ...] = ()


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


@dataclass(slots=True)
class Desk:
    """One act of keeping: the node, the person, the source and its proposals by key.

    `mechanism` is the one that a person chose where several join the same parties. `found` holds what was found like a
    commitment, so that looking at it and keeping it search once.
    """

    node: Node
    actor: Actor
    source: Source
    proposals: dict[str, Proposal] = field(default_factory=dict)
    mechanism: MechanismId | None = None
    found: dict[tuple[UUID, CommitmentFacts], list[Candidate]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The source's language."""
        return self.source.language

    def kept(self, kind: str) -> list[Proposal]:
        """Return the source's proposals of `kind` that are in the register, in order."""
        return [item for item in self.proposals.values() if item.kind == kind and item.state in IN_REGISTER]

    def fact_of(self, key: str) -> UUID | None:
        """Return the fact that the proposal `key` became; None without a key. Raises `KeepFirst`."""
        return self.require_fact(key) if key else None

    def require_fact(self, key: str) -> UUID:
        """Return the fact that the proposal `key` became; raises `KeepFirst`."""
        proposal = self.proposals.get(key)
        if proposal is None or proposal.state not in IN_REGISTER or proposal.fact_id is None:
            raise KeepFirst(what=key)
        return proposal.fact_id

    def states(self) -> list[str]:
        """Return the States of the source's parties, but for those that a person rejected."""
        parties = [item for item in self.proposals.values() if item.kind == ProposalKind.PARTY]
        left = [item for item in parties if item.state != ProposalState.REJECTED.value]
        return list(dict.fromkeys(item.fields["state"] for item in left))

    def parties(self, states: Sequence[str]) -> list[Party]:
        """Return the kept parties of `states`; raises `PartiesMissing` under two, `KeepFirst` for one not kept."""
        if len(states) < 2:
            raise PartiesMissing
        kept: dict[str, Proposal] = {}
        for proposal in self.kept(ProposalKind.PARTY):
            kept.setdefault(proposal.fields["state"], proposal)
        missing = next((state for state in states if state not in kept), None)
        if missing:
            raise KeepFirst(what=missing)
        return [self._party(kept[state]) for state in states]

    def _party(self, proposal: Proposal) -> Party:
        name = proposal.fields["organisation"]
        organisation = OrganisationId(proposal.fact_id) if proposal.fact_id else None
        return Party(proposal.fields["state"], organisation, {self.language: name} if name else {})

    def people(self, names: Sequence[str], role: PersonRole) -> list[PersonInPost]:
        """Return the persons of `names` with the post that was kept for them; without one they stand by name alone."""
        kept = {proposal.fields["name"]: proposal for proposal in self.kept(ProposalKind.OFFICIAL)}
        read = {
            proposal.read_fields["name"]: proposal
            for proposal in self.proposals.values()
            if proposal.kind == ProposalKind.OFFICIAL
        }
        found = [(name, kept.get(name) or read.get(name)) for name in names]
        return [
            _in_post(name, proposal, role)
            for name, proposal in found
            if proposal is None or proposal.state != ProposalState.REJECTED.value
        ]

    def seen_on(self, fields: Fields) -> PartialDate:
        """Return the day on which the source shows a person in a post: the form's, else the source's own."""
        stated = date_of(fields)
        if stated is not None:
            return stated
        return PartialDate(self.source.published or str(self.source.imported_at.year), DateBasis.INFERRED)


def open_desk(
    node: Node, actor: Actor, source: Source, mechanism: MechanismId | None = None, *, lock: bool = False
) -> Desk:
    """Return the desk of a source with its proposals as they stand; with `lock`, nobody else decides about them until
    the running transaction ends.
    """
    rows = source.proposals.order_by("position")
    if lock:
        rows = rows.select_for_update(of=("self",))
    desk = Desk(node, actor, source, {item.key: item for item in rows}, mechanism)
    for item in desk.proposals.values():
        item.source = source
    return desk


def kind_of(proposal: Proposal) -> Kind:
    """Return the declared kind that a proposal is of; raises `NoSuchKind`."""
    return load_kinds().get(proposal.kind)


def date_of(fields: Fields, name: str = "date") -> PartialDate | None:
    """Return a partial date of a proposal's fields, or None."""
    if not fields.get(name):
        return None
    return PartialDate(fields[name], DateBasis(fields.get(f"{name}_basis") or DateBasis.STATED))


def candidate_view(item: Candidate) -> CandidateView:
    """Return a fact of the register as one that a proposal may mean."""
    return CandidateView(
        item.id, item.summary, item.match.strength, item.match.reason.message, item.match.contradictions
    )


def _in_post(name: str, proposal: Proposal | None, role: PersonRole) -> PersonInPost:
    """Return a person as kept, or by name alone."""
    if proposal is None or proposal.state not in IN_REGISTER:
        return PersonInPost(name, "", "", role)
    fields: Fields = proposal.fields
    tenure = TenureId(proposal.fact_id) if fields and proposal.fact_id else None
    return PersonInPost(fields.get("name", name), fields.get("post", ""), fields.get("state", ""), role, tenure)
