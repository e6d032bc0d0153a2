"""Drafting a plan and editing its clauses, by the party whose turn it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.directory.api import Party, get_organisation, get_partner, order_parties, own_party, paper_party, party_of
from entraide.kernel.ids import (
    ClauseId,
    CommitmentId,
    MechanismId,
    OrganisationId,
    PartnerId,
    PartyId,
    PlanId,
    UserId,
    new_uuid,
)
from entraide.kernel.languages import SOURCE, SPOKEN
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.domain.errors import ChangedMeanwhile, NoOtherParty, NoSuchClause
from entraide.plans.domain.negotiation import PlanState, require_editable
from entraide.plans.domain.open_plan import ClauseRecord, OpenPlan, clauses_at
from entraide.plans.domain.plan_text import clause_digest, clean
from entraide.plans.models import Clause, ClauseVersion
from entraide.plans.selectors.opening import get_open_plan, other_plan_exists
from entraide.plans.services.recording import record
from entraide.plans.services.saving import create_plan, create_records, save_plan, save_record
from entraide.programme.api import (
    clean_texts,
    get_mechanism,
    has_wording,
    list_commitments,
    load_domains,
    load_wording,
    require_code,
)
from entraide.programme.domain.errors import NoSuchFact, PlanExists
from entraide.programme.domain.wording import compose_title
from entraide.storage.api import transaction

SPACING = 10
"""Positions of clauses are this far apart, so that one can be put between two others."""


def require_negotiator(actor: Actor) -> UserId:
    """Return the id of `actor`, who may draft and edit plans; raises `RoleMissing`."""
    require_role(actor, Role.desk_officer, Role.approver)
    return actor.user_id


def draft_plan_from_commitments(
    node: Node,
    *,
    actor: Actor,
    partner_ids: Sequence[PartnerId],
    mechanism_id: MechanismId,
    period: str,
    commitment_ids: Sequence[CommitmentId],
    paper_ids: Sequence[OrganisationId] = (),
    languages: Sequence[str] = SPOKEN,
    titles: Mapping[str, str] | None = None,
) -> PlanId:
    """Draft a plan for `period` with a clause per commitment, in the given order, and return its id.

    Its parties are this node's ministry, those of the partners, and the organisations `paper_ids`, which have no node
    and for which this one speaks. `languages` are those the plan is written in and equally authentic; commitments keep
    the languages they have. The draft is this node's alone until it is proposed. Raises `PlanExists` when the same
    parties have a plan of the mechanism for the period, `NoOtherParty`, `NoSuchFact`, `NoSuchPartner`,
    `NoSuchOrganisation`, `RoleMissing`.
    """
    by = require_negotiator(actor)
    PartialDate(period)
    with transaction(node):
        parties = _parties(node, partner_ids, paper_ids)
        plan = OpenPlan(
            id=PlanId(new_uuid(node)),
            mechanism_id=get_mechanism(node, mechanism_id).id,
            own=PartyId(node.settings.name),
            drafter=PartyId(node.settings.name),
            parties=parties,
            titles=clean_texts(titles or _titles(parties, period, tuple(languages)), "title"),
            period=period,
            languages=tuple(languages),
            authentic=tuple(languages),
            state=PlanState.DRAFT,
            version=0,
            turn=node.settings.name,
            digest="",
            updated_at=node.clock.now(),
        )
        if other_plan_exists(node, plan, drafts=True):
            raise PlanExists(period=period)
        create_plan(plan)
        create_records(node, plan.id, _from_commitments(node, plan, commitment_ids), ())
        others = [party.id for party in parties if party.id != plan.own]
        record(node, "plan_drafted", plan.id, by, parties=others, period=period, clauses=len(commitment_ids))
        return plan.id


def edit_clause(
    node: Node,
    *,
    actor: Actor,
    plan_id: PlanId,
    clause_id: ClauseId,
    texts: Mapping[str, str],
    domain: str | None = None,
    lead_units: Mapping[str, str] | None = None,
    seen: str | None = None,
) -> None:
    """Change a clause in the working copy of the party whose turn it is; what the others have seen stays as it is.

    `lead_units` are by party, `seen` is the `clause_digest` of the clause as the editor opened it. Raises
    `ChangedMeanwhile` when it has changed since, `NotYourTurn`, `WrongState`, `NoSuchClause`, `TextMissing`,
    `UnknownCode`, `RoleMissing`.
    """
    by = require_negotiator(actor)
    with transaction(node):
        plan = _editable(node, plan_id)
        present = _present(plan, clause_id)
        if seen is not None and clause_digest(present.text) != seen:
            raise ChangedMeanwhile(version=plan.version)
        changed = replace(
            present,
            texts=clean(clean_texts(texts, "clause")),
            domain=_domain(domain or present.domain),
            lead_units=clean(present.lead_units if lead_units is None else lead_units),
        )
        _keep(node, plan, changed)
        record(node, "clause_edited", plan.id, by, clause=clause_id, version=plan.version + 1)


def add_clause(
    node: Node,
    *,
    actor: Actor,
    plan_id: PlanId,
    domain: str,
    texts: Mapping[str, str],
    lead_units: Mapping[str, str] | None = None,
    follows_commitment_id: CommitmentId | None = None,
) -> ClauseId:
    """Add a clause at the end of the working copy and return its id; raises like `edit_clause`."""
    by = require_negotiator(actor)
    with transaction(node):
        plan = _editable(node, plan_id)
        present = clauses_at(plan, plan.version + 1)
        new = ClauseRecord(
            id=new_uuid(node),
            clause_id=new_uuid(node),
            version=plan.version + 1,
            position=(present[-1].position if present else 0) + SPACING,
            domain=_domain(domain),
            texts=clean(clean_texts(texts, "clause")),
            lead_units=clean(lead_units or {}),
            removed=False,
            author=plan.own,
            follows_commitment_id=follows_commitment_id,
        )
        create_records(node, plan.id, [new], ())
        save_plan(plan)
        record(node, "clause_added", plan.id, by, clause=new.clause_id, version=new.version)
        return ClauseId(new.clause_id)


def remove_clause(node: Node, *, actor: Actor, plan_id: PlanId, clause_id: ClauseId) -> None:
    """Remove a clause from the working copy; the other parties see it struck out. Raises like `edit_clause`."""
    by = require_negotiator(actor)
    with transaction(node):
        plan = _editable(node, plan_id)
        _keep(node, plan, replace(_present(plan, clause_id), removed=True))
        record(node, "clause_removed", plan.id, by, clause=clause_id, version=plan.version + 1)


def discard_changes(node: Node, *, actor: Actor, plan_id: PlanId) -> None:
    """Throw away this node's changes that were not sent; raises `NotYourTurn`, `WrongState`, `RoleMissing`."""
    by = require_negotiator(actor)
    with transaction(node):
        plan = _editable(node, plan_id)
        save_plan(plan)
        if plan.version:
            ClauseVersion.objects.filter(clause__plan=plan.id, version=plan.version + 1).delete()
            Clause.objects.filter(plan=plan.id, versions__isnull=True).delete()
            record(node, "changes_discarded", plan.id, by, version=plan.version)


def _parties(node: Node, partner_ids: Sequence[PartnerId], paper_ids: Sequence[OrganisationId]) -> tuple[Party, ...]:
    others = [party_of(get_partner(node, partner_id)) for partner_id in dict.fromkeys(partner_ids)]
    others += [paper_party(node, get_organisation(node, paper_id)) for paper_id in dict.fromkeys(paper_ids)]
    if not others:
        raise NoOtherParty
    return order_parties(replace(party, organisation=clean(party.organisation)) for party in (own_party(node), *others))


def _titles(parties: Sequence[Party], period: str, languages: Sequence[str]) -> dict[str, str]:
    """Return the title of a plan per language, for those languages that have words here."""
    named = [(party.state, party.organisation) for party in parties]
    known = [language for language in languages if has_wording(language)] or [SOURCE]
    return {language: compose_title(load_wording(language), period, named) for language in known}


def _from_commitments(node: Node, plan: OpenPlan, commitment_ids: Sequence[CommitmentId]) -> list[ClauseRecord]:
    rows = list_commitments(node, mechanism_id=plan.mechanism_id, ids=commitment_ids, limit=len(commitment_ids))
    found = {row.id: row for row in rows}
    missing = next((item for item in commitment_ids if item not in found), None)
    if missing is not None:
        raise NoSuchFact(kind="commitment", id=missing)
    return [
        ClauseRecord(
            id=new_uuid(node),
            clause_id=new_uuid(node),
            version=1,
            position=place * SPACING,
            domain=_domain(row.domain),
            texts=clean(clean_texts(row.texts, "clause")),
            lead_units=clean(_by_party(plan.parties, row.lead_units)),
            removed=False,
            author=plan.own,
            follows_commitment_id=row.id,
        )
        for place, row in enumerate((found[item] for item in commitment_ids), start=1)
    ]


def _by_party(parties: Sequence[Party], units: Mapping[str, str]) -> dict[str, str]:
    """Return leading units of States as those of parties, where the State has one party in the plan."""
    of_state: dict[str, list[Party]] = {}
    for party in parties:
        of_state.setdefault(party.state, []).append(party)
    return {of_state[state][0].id: unit for state, unit in units.items() if len(of_state.get(state, ())) == 1}


def _editable(node: Node, plan_id: PlanId) -> OpenPlan:
    plan = get_open_plan(node, plan_id, lock=True)
    require_editable(plan.negotiation, plan.own)
    return replace(plan, updated_at=node.clock.now())


def _present(plan: OpenPlan, clause_id: UUID) -> ClauseRecord:
    for present in clauses_at(plan, plan.version + 1):
        if present.clause_id == clause_id:
            return present
    raise NoSuchClause(clause=clause_id)


def _keep(node: Node, plan: OpenPlan, changed: ClauseRecord) -> None:
    """Keep a changed clause in the working copy: in its record there, or in a new one."""
    if changed.version > plan.version:
        save_record(changed)
    else:
        new = replace(changed, id=new_uuid(node), version=plan.version + 1, author=plan.own)
        create_records(node, plan.id, [new], [new.clause_id])
    save_plan(plan)


def _domain(code: str) -> str:
    return require_code(code, list(load_domains().codes), "domain of cooperation")
