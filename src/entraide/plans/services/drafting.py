"""Drafting a plan and editing its clauses, by the side whose turn it is."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.directory.api import Partner, get_partner
from entraide.kernel.ids import ClauseId, CommitmentId, MechanismId, PartnerId, PlanId, UserId, new_uuid
from entraide.kernel.languages import SOURCE, SPOKEN
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.domain.errors import ChangedMeanwhile, NoSuchClause
from entraide.plans.domain.negotiation import PlanState, require_editable
from entraide.plans.domain.plan_text import ClauseText, PlanParty, clause_digest, clean
from entraide.plans.models import Clause, ClauseVersion, Plan
from entraide.plans.selectors.plan_text import get_plan_row, latest_versions, negotiation_of
from entraide.plans.services.recording import record
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
    partner_id: PartnerId,
    mechanism_id: MechanismId,
    period: str,
    commitment_ids: Sequence[CommitmentId],
    languages: Sequence[str] = SPOKEN,
    titles: Mapping[str, str] | None = None,
) -> PlanId:
    """Draft a plan for `period` with a clause per commitment, in the given order, and return its id.

    `languages` are those the plan is written in and equally authentic; commitments keep the languages they have. The
    draft is this side's alone until it is proposed. Raises `PlanExists` when the mechanism has a plan for the period,
    `NoSuchFact`, `NoSuchPartner`, `RoleMissing`.
    """
    by = require_negotiator(actor)
    PartialDate(period)
    with transaction(node):
        partner = get_partner(partner_id)
        mechanism = get_mechanism(mechanism_id)
        if Plan.objects.filter(mechanism_id=mechanism.id, period=period).exists():
            raise PlanExists(period=period)
        parties = _parties(node, partner)
        now = node.clock.now()
        plan = Plan.objects.create(
            id=new_uuid(node),
            mechanism_id=mechanism.id,
            partner_id=partner.id,
            own_state=node.settings.state,
            partner_state=partner.state,
            parties=[party.to_json() for party in parties],
            titles=clean_texts(titles or _titles(parties, period, tuple(languages)), "title"),
            period=period,
            languages=list(languages),
            authentic=list(languages),
            state=PlanState.DRAFT.value,
            turn=node.settings.state,
            created_at=now,
            updated_at=now,
        )
        _add_commitments(node, plan, commitment_ids)
        record(node, "plan_drafted", plan.id, by, partner=partner.id, period=period, clauses=len(commitment_ids))
        return PlanId(plan.id)


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
    """Change a clause in the working copy of the side whose turn it is; what the other side has seen stays as it is.

    `seen` is the `clause_digest` of the clause as the editor opened it. Raises `ChangedMeanwhile` when it has changed
    since, `NotYourTurn`, `WrongState`, `NoSuchClause`, `TextMissing`, `UnknownCode`, `RoleMissing`.
    """
    by = require_negotiator(actor)
    with transaction(node):
        plan = _editable(node, plan_id)
        present = _present(plan, clause_id)
        now_text = ClauseText(present.clause_id, present.domain, present.texts, present.lead_units)
        if seen is not None and clause_digest(now_text) != seen:
            raise ChangedMeanwhile(version=plan.version)
        working = _working_copy(node, plan, present)
        working.texts = clean(clean_texts(texts, "clause"))
        working.domain = _domain(domain or present.domain)
        working.lead_units = clean(present.lead_units if lead_units is None else lead_units)
        working.save()
        record(node, "clause_edited", plan.id, by, clause=clause_id, version=working.version)


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
        clause_id = _create_clause(
            node, plan, domain=domain, texts=texts, lead_units=lead_units or {}, commitment_id=follows_commitment_id
        )
        record(node, "clause_added", plan.id, by, clause=clause_id, version=plan.version + 1)
        return clause_id


def remove_clause(node: Node, *, actor: Actor, plan_id: PlanId, clause_id: ClauseId) -> None:
    """Remove a clause from the working copy; the other side sees it struck out. Raises like `edit_clause`."""
    by = require_negotiator(actor)
    with transaction(node):
        plan = _editable(node, plan_id)
        working = _working_copy(node, plan, _present(plan, clause_id))
        working.removed = True
        working.save()
        record(node, "clause_removed", plan.id, by, clause=clause_id, version=working.version)


def discard_changes(node: Node, *, actor: Actor, plan_id: PlanId) -> None:
    """Throw away this side's changes that were not sent; raises `NotYourTurn`, `WrongState`, `RoleMissing`."""
    by = require_negotiator(actor)
    with transaction(node):
        plan = _editable(node, plan_id)
        if plan.version:
            ClauseVersion.objects.filter(clause__plan=plan, version=plan.version + 1).delete()
            Clause.objects.filter(plan=plan, versions__isnull=True).delete()
            record(node, "changes_discarded", plan.id, by, version=plan.version)


def _parties(node: Node, partner: Partner) -> tuple[PlanParty, ...]:
    own = PlanParty(node.settings.state, node.settings.name, clean(node.settings.organisation))
    other = PlanParty(partner.state, partner.name, clean(partner.organisation))
    return tuple(sorted((own, other), key=lambda party: party.state))


def _titles(parties: Sequence[PlanParty], period: str, languages: Sequence[str]) -> dict[str, str]:
    """Return the title of a plan per language, for those languages that have words here."""
    sides = [(party.state, party.organisation) for party in parties]
    known = [language for language in languages if has_wording(language)] or [SOURCE]
    return {language: compose_title(load_wording(language), period, sides) for language in known}


def _add_commitments(node: Node, plan: Plan, commitment_ids: Sequence[CommitmentId]) -> None:
    mechanism_id = MechanismId(plan.mechanism_id)
    rows = list_commitments(mechanism_id=mechanism_id, ids=commitment_ids, limit=len(commitment_ids))
    found = {row.id: row for row in rows}
    for commitment_id in commitment_ids:
        row = found.get(commitment_id)
        if row is None:
            raise NoSuchFact(kind="commitment", id=commitment_id)
        _create_clause(
            node, plan, domain=row.domain, texts=row.texts, lead_units=row.lead_units, commitment_id=commitment_id
        )


def _create_clause(
    node: Node,
    plan: Plan,
    *,
    domain: str,
    texts: Mapping[str, str],
    lead_units: Mapping[str, str],
    commitment_id: UUID | None,
) -> ClauseId:
    rows = latest_versions(plan.id, plan.version + 1)
    clause = Clause.objects.create(id=new_uuid(node), plan=plan, follows_commitment_id=commitment_id)
    ClauseVersion.objects.create(
        id=new_uuid(node),
        clause=clause,
        version=plan.version + 1,
        position=(rows[-1].position if rows else 0) + SPACING,
        domain=_domain(domain),
        texts=clean(clean_texts(texts, "clause")),
        lead_units=clean(lead_units),
        author_state=plan.own_state,
        author_node=node.settings.name,
        created_at=node.clock.now(),
    )
    return ClauseId(clause.id)


def _editable(node: Node, plan_id: PlanId) -> Plan:
    plan = get_plan_row(plan_id, lock=True)
    require_editable(negotiation_of(plan), plan.own_state)
    plan.updated_at = node.clock.now()
    plan.save(update_fields=["updated_at"])
    return plan


def _present(plan: Plan, clause_id: ClauseId) -> ClauseVersion:
    for row in latest_versions(plan.id, plan.version + 1):
        if row.clause_id == clause_id:
            return row
    raise NoSuchClause(clause=clause_id)


def _working_copy(node: Node, plan: Plan, present: ClauseVersion) -> ClauseVersion:
    """Return the row of the working copy: `present` itself if it is one, else a new version of the clause."""
    if present.version > plan.version:
        return present
    return ClauseVersion(
        id=new_uuid(node),
        clause=present.clause,
        version=plan.version + 1,
        position=present.position,
        domain=present.domain,
        texts=present.texts,
        lead_units=present.lead_units,
        author_state=plan.own_state,
        author_node=node.settings.name,
        created_at=node.clock.now(),
    )


def _domain(code: str) -> str:
    return require_code(code, list(load_domains().codes), "domain of cooperation")
