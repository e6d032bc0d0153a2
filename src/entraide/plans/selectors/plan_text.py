"""A plan's rows as the pure values of the domain: its negotiation, its clauses at a version, its text."""

from collections.abc import Iterable
from uuid import UUID

from entraide.kernel.ids import PlanId
from entraide.plans.domain.errors import NoSuchPlan
from entraide.plans.domain.negotiation import Negotiation, PlanState
from entraide.plans.domain.plan_text import ClauseText, PlanParty, PlanText
from entraide.plans.models import ClauseVersion, Plan


def get_plan_row(plan_id: PlanId, *, lock: bool = False) -> Plan:
    """Return the row of a plan, locked until the transaction ends if asked; raises `NoSuchPlan`."""
    rows = Plan.objects.select_for_update() if lock else Plan.objects.all()
    row = rows.filter(id=plan_id).first()
    if row is None:
        raise NoSuchPlan(plan=plan_id)
    return row


def negotiation_of(row: Plan) -> Negotiation:
    """Return where the negotiation of a plan stands."""
    return Negotiation(
        sides=tuple(sorted((row.own_state, row.partner_state))),
        turn=row.turn,
        state=PlanState(row.state),
        version=row.version,
        agreed=frozenset(row.agreements.filter(version=row.version).values_list("state", flat=True)),
        signed=frozenset(row.signatures.values_list("state", flat=True)),
    )


def latest_versions(plan_id: UUID, version: int) -> list[ClauseVersion]:
    """Return what each clause says at `version` of the plan, in order, removed clauses left out."""
    rows = ClauseVersion.objects.filter(clause__plan_id=plan_id, version__lte=version).select_related("clause")
    latest: dict[UUID, ClauseVersion] = {row.clause_id: row for row in rows.order_by("version")}
    return sorted(
        (row for row in latest.values() if not row.removed), key=lambda row: (row.position, str(row.clause_id))
    )


def clauses_of(rows: Iterable[ClauseVersion]) -> tuple[ClauseText, ...]:
    """Return rows of clause versions as the domain's clauses."""
    return tuple(ClauseText(row.clause_id, row.domain, row.texts, row.lead_units) for row in rows)


def text_of(row: Plan, version: int | None = None) -> PlanText:
    """Return the text of a plan at `version` (its present one by default)."""
    clauses = latest_versions(row.id, row.version if version is None else version)
    return PlanText(
        id=row.id,
        period=row.period,
        titles=row.titles,
        parties=tuple(PlanParty(party["state"], party["node"], party["organisation"]) for party in row.parties),
        authentic=tuple(row.authentic),
        clauses=clauses_of(clauses),
    )


def has_working_copy(row: Plan) -> bool:
    """Return whether this side has changes that the other has not seen."""
    return ClauseVersion.objects.filter(clause__plan_id=row.id, version=row.version + 1).exists()
