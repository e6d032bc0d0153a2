"""Contradictions: proposals of their own kind, put to a person where a source says something else than is shown.

A contradiction is proposed when a proposal is kept as another source of a known fact and disagrees in a field. Until a
person has settled it, the register shows what it showed, and nothing of the other value is recorded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.communiques.domain.acts import SETTLED
from entraide.communiques.domain.errors import AlreadyDecided, NoSuchProposal
from entraide.communiques.domain.proposals import ProposalKind, ProposalState
from entraide.communiques.models import Citation, Proposal, Source
from entraide.communiques.selectors import CitationView, citations_of_many
from entraide.communiques.services.context import FoundContradiction
from entraide.journal.api import act, append_entry
from entraide.kernel.ids import ProposalId, TenureId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    FactKind,
    PersonInPost,
    PersonRole,
    Settled,
    ShownValue,
    SourceKind,
    Statement,
    Weighed,
    find_difference,
    list_shown_values,
    load_kinds,
    settle_contradiction,
    stands_in_signed_text,
    tells_standing,
    weigh,
)

WAITING = ProposalState.WAITING.value


@dataclass(frozen=True, slots=True)
class WaitingContradiction:
    """A contradiction with both values as statements of their sources; `weighed` says which one their weight shows
    (0 for the register's, 1 for the new one) and why. `shown_passages` stand behind the register's.
    """

    proposal_id: ProposalId
    fact_kind: str
    fact_id: UUID
    field: str
    shown: Statement
    given: Statement
    weighed: Weighed
    shown_passages: tuple[CitationView, ...]


def propose_contradictions(node: Node, proposal: Proposal, contradictions: Sequence[FoundContradiction]) -> None:
    """Add a waiting proposal to the source of `proposal` for each field in which it differs, within a transaction."""
    source = proposal.source
    number = source.proposals.filter(kind=ProposalKind.CONTRADICTION).count()
    last = source.proposals.order_by("-position").values_list("position", flat=True).first() or 0
    for offset, item in enumerate(contradictions, 1):
        fields = {
            "fact_kind": item.fact_kind,
            "fact_id": str(item.fact_id),
            "field": item.field,
            "recorded": item.recorded,
            "given": item.given,
            "basis": item.basis,
            "cited": [item.cited_kind, str(item.cited_id), item.cited_field],
            "person": _person_to_json(item.person),
            "about": proposal.key,
        }
        passage = proposal.evidence.get(item.cited_field)
        Proposal.objects.create(
            id=new_uuid(node),
            source=source,
            key=f"{ProposalKind.CONTRADICTION}-{number + offset}",
            position=last + offset,
            kind=ProposalKind.CONTRADICTION,
            read_fields=fields,
            fields=fields,
            evidence={"given": passage} if passage else {},
            state=WAITING,
        )


def list_waiting_contradictions(node: Node, source_id: UUID) -> dict[ProposalId, WaitingContradiction]:
    """Return the waiting contradictions of a source with both values as they stand now."""
    rows = Proposal.objects.filter(source_id=source_id, kind=ProposalKind.CONTRADICTION, state=WAITING)
    views = _views(node, list(rows.select_related("source").order_by("position")))
    return {view.proposal_id: view for view in views}


def settle_proposal(
    node: Node,
    *,
    actor: Actor,
    proposal_id: ProposalId,
    take: bool | None = None,
    note: str = "",
    seen: str | None = None,
    batch: UUID | None = None,
) -> bool:
    """Settle a contradiction and return whether the new value is shown from now on; the other one stays beside it.

    `take` is true for the new value, false for the register's; without it the weight of the sources decides. `seen` is
    the register's value that the person compared with, `batch` names what is settled together. To reject the new value
    as misread, use `reject_proposal`. Raises `AlreadyDecided`, `NoSuchProposal`, the errors of `settle_contradiction`,
    and `RoleMissing` (desk officer).
    """
    require_role(actor, Role.desk_officer)
    with act(node, kind=SETTLED, by=actor.user_id, subject=proposal_id, batch=batch, reason=note):
        proposal = _waiting(proposal_id)
        (view,) = _views(node, [proposal])
        fields = proposal.fields
        shown = view.shown if seen is None else Statement(seen, view.shown.kind, view.shown.told_on, view.shown.basis)
        done = settle_contradiction(
            node,
            actor=actor,
            fact_kind=view.fact_kind,
            fact_id=view.fact_id,
            field=view.field,
            shown=shown,
            given=view.given,
            take=take,
            note=note,
            person=_person_from_json(fields.get("person")),
        )
        _cite(node, proposal, done)
        by_weight = done.taken == (view.weighed.index == 1)
        _close(node, actor, proposal, done, by_weight=by_weight)
        return done.taken


def _close(node: Node, actor: Actor, proposal: Proposal, done: Settled, *, by_weight: bool) -> None:
    fields = proposal.fields
    proposal.fields = {**fields, "taken": done.taken}
    proposal.fact_kind, proposal.fact_id = FactKind.CONTRADICTION, done.contradiction_id
    proposal.state = ProposalState.KEPT.value
    proposal.decided_by, proposal.decided_at = actor.user_id, node.clock.now()
    proposal.save()
    append_entry(
        node,
        kind="communiques.contradiction_settled",
        subject=proposal.id,
        content={
            "source": str(proposal.source_id),
            "fact": fields["fact_id"],
            "field": fields["field"],
            "taken": done.taken,
            "by_weight": by_weight,
        },
        actor=actor.user_id,
    )


def family_of(field: str) -> str:
    """Return what contradictions of one kind share: `co_chair` for `co_chair.VN`, `date` for `signed.date`."""
    names = (kind.apart for kind in load_kinds() if kind.apart)
    return next((apart.family for apart in names if apart.read(field)), field)


def _waiting(proposal_id: ProposalId) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("source")
    proposal = rows.filter(id=proposal_id, kind=ProposalKind.CONTRADICTION).first()
    if proposal is None:
        raise NoSuchProposal
    if proposal.state != WAITING:
        raise AlreadyDecided(state=proposal.state)
    return proposal


def _views(node: Node, proposals: Sequence[Proposal]) -> list[WaitingContradiction]:
    """Return contradictions with both values; the queries grow with the contradicted facts, not with the fields."""
    cited: dict[str, set[UUID]] = {}
    asked: dict[tuple[str, UUID], list[str]] = {}
    for proposal in proposals:
        kind, fact_id, _field = proposal.fields["cited"]
        cited.setdefault(kind, set()).add(UUID(fact_id))
        asked.setdefault(_fact_of(proposal), []).append(proposal.fields["field"])
    passages = {kind: citations_of_many(node, kind, ids) for kind, ids in cited.items()}
    shown = {fact: list_shown_values(node, *fact, fields) for fact, fields in asked.items()}
    signed = {fact: stands_in_signed_text(node, *fact) for fact in asked}
    found = []
    for proposal in proposals:
        fact = _fact_of(proposal)
        kind, fact_id, field = proposal.fields["cited"]
        behind = [item for item in passages[kind].get(UUID(fact_id), []) if item.field == field]
        found.append(_view(proposal, shown[fact].get(proposal.fields["field"]), behind, signed=signed[fact]))
    return found


def _fact_of(proposal: Proposal) -> tuple[str, UUID]:
    return str(proposal.fields["fact_kind"]), UUID(proposal.fields["fact_id"])


def _view(
    proposal: Proposal, there: ShownValue | None, behind: Sequence[CitationView], *, signed: bool
) -> WaitingContradiction:
    (fact_kind, fact_id), field = _fact_of(proposal), proposal.fields["field"]
    value, basis = (there.value, there.basis) if there else ("", "")
    later = tells_standing(fact_kind, field)
    shown = _weightiest(value, basis, behind, signed=signed, later=later)
    given = Statement(
        proposal.fields["given"],
        SourceKind(proposal.source.kind),
        _published(proposal.source),
        proposal.fields.get("basis", ""),
    )
    weighed = weigh([shown, given], later=later)
    return WaitingContradiction(
        ProposalId(proposal.id), fact_kind, fact_id, field, shown, given, weighed, tuple(behind)
    )


def _citations(cited: Sequence[str]) -> list[Citation]:
    kind, fact_id, field = cited
    rows = Citation.objects.filter(fact_kind=kind, fact_id=fact_id, field=field)
    return list(rows.order_by("id"))


def _weightiest(value: str, basis: str, behind: Sequence[CitationView], *, signed: bool, later: bool) -> Statement:
    """Return the register's value as the statement of its weightiest source."""
    if signed:
        return Statement(value, SourceKind.SIGNED_TEXT, None, basis)
    statements = [Statement(value, item.source.kind, item.source.published, basis) for item in behind]
    return statements[weigh(statements, later=later).index] if statements else Statement(value, None, None, basis)


def _published(source: Source) -> PartialDate | None:
    return PartialDate(source.published) if source.published else None


def _cite(node: Node, proposal: Proposal, done: Settled) -> None:
    """Put each value's passages beside the value: those of the shown one at the fact, those of the other beside it."""
    kind, fact_id, field = proposal.fields["cited"]
    beside = (FactKind.CONTRADICTION, done.contradiction_id)
    found = find_difference(proposal.fields["fact_kind"], proposal.fields["field"])
    shared = found is not None and bool(found[0].cites_as)  # its passages show other parts of the fact too
    if done.taken:
        for row in _citations([kind, fact_id, field]):
            _point(node, row.passage_id, row.proposal_id, corrected=row.corrected, field=field, at=beside)
            if not shared:
                row.delete()
    if done.ended_id is not None:
        for row in Citation.objects.filter(fact_kind=FactKind.CONTRADICTION, fact_id=done.ended_id):
            _point(
                node, row.passage_id, row.proposal_id, corrected=row.corrected, field=field, at=(kind, UUID(fact_id))
            )
            row.delete()
    evidence = proposal.evidence.get("given")
    if evidence is not None:
        at = (kind, UUID(fact_id)) if done.taken else beside
        _point(node, UUID(evidence["passage"]), proposal.id, corrected=False, field=field, at=at)


def _point(
    node: Node, passage_id: UUID, proposal_id: UUID | None, *, corrected: bool, field: str, at: tuple[str, UUID]
) -> None:
    Citation.objects.get_or_create(
        fact_kind=at[0],
        fact_id=at[1],
        field=field,
        passage_id=passage_id,
        defaults={"id": new_uuid(node), "proposal_id": proposal_id, "corrected": corrected},
    )


def _person_to_json(person: PersonInPost | None) -> dict[str, str] | None:
    if person is None:
        return None
    tenure = str(person.tenure_id) if person.tenure_id else ""
    return {"name": person.name, "post": person.post, "state": person.state, "tenure": tenure}


def _person_from_json(value: Mapping[str, Any] | None) -> PersonInPost | None:
    if not value:
        return None
    tenure = TenureId(UUID(value["tenure"])) if value["tenure"] else None
    return PersonInPost(value["name"], value["post"], value["state"], PersonRole.CO_CHAIR, tenure)
