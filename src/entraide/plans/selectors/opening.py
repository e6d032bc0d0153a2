"""Reading plans, each with everything of it, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from entraide.kernel.ids import InstrumentId, MechanismId, MeetingId, PartyId, PlanId
from entraide.kernel.node import Node
from entraide.plans.domain.errors import NoSuchPlan
from entraide.plans.domain.negotiation import PlanState
from entraide.plans.domain.open_plan import Agreement, ClauseRecord, OpenPlan, SignatureRecord
from entraide.plans.domain.plan_text import PlanParty
from entraide.plans.models import ClauseVersion, Plan, PlanAgreement, PlanSignature

Row = TypeVar("Row", PlanAgreement, PlanSignature)


def find_open_plan(node: Node, plan_id: UUID, *, lock: bool = False) -> OpenPlan | None:
    """Return a plan with all that is kept of it, its row locked until the transaction ends if asked, or None."""
    with node.active():
        rows = Plan.objects.select_for_update() if lock else Plan.objects.all()
        return next(iter(open_plans(node, rows.filter(id=plan_id))), None)


def get_open_plan(node: Node, plan_id: PlanId, *, lock: bool = False) -> OpenPlan:
    """Do `find_open_plan`; raises `NoSuchPlan`."""
    plan = find_open_plan(node, plan_id, lock=lock)
    if plan is None:
        raise NoSuchPlan(plan=plan_id)
    return plan


def open_plans(node: Node, rows: Iterable[Plan]) -> tuple[OpenPlan, ...]:
    """Return the plans of `rows` in their order: three queries beside that of the rows."""
    with node.active():
        plans = list(rows)
        ids = [row.id for row in plans]
        if not ids:
            return ()
        versions = ClauseVersion.objects.filter(clause__plan__in=ids).select_related("clause")
        records = {
            plan_id: tuple(map(_record, found))
            for plan_id, found in groupby(
                versions.order_by("clause__plan_id", "version", "position", "id"), key=lambda row: row.clause.plan_id
            )
        }
        agreements = _by_plan(PlanAgreement.objects.filter(plan__in=ids).order_by("created_at", "id"))
        signatures = _by_plan(PlanSignature.objects.filter(plan__in=ids).order_by("party"))
        return tuple(
            _open(
                node,
                row,
                records.get(row.id, ()),
                tuple(map(_agreement, agreements.get(row.id, ()))),
                tuple(map(_signature, signatures.get(row.id, ()))),
            )
            for row in plans
        )


def _by_plan(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row.plan_id, []).append(row)
    return found


def _open(
    node: Node,
    row: Plan,
    records: Sequence[ClauseRecord],
    agreements: Sequence[Agreement],
    signatures: Sequence[SignatureRecord],
) -> OpenPlan:
    return OpenPlan(
        id=PlanId(row.id),
        mechanism_id=MechanismId(row.mechanism_id),
        own=PartyId(node.settings.name),
        drafter=PartyId(row.drafter),
        parties=tuple(PlanParty.from_json(party).party for party in row.parties),
        titles=row.titles,
        period=row.period,
        languages=tuple(row.languages),
        authentic=tuple(row.authentic),
        state=PlanState(row.state),
        version=row.version,
        turn=row.turn,
        digest=row.digest,
        updated_at=row.updated_at,
        meeting_id=MeetingId(row.meeting_id) if row.meeting_id else None,
        instrument_id=InstrumentId(row.instrument_id) if row.instrument_id else None,
        records=tuple(records),
        agreements=tuple(agreements),
        signatures=tuple(signatures),
    )


def _record(row: ClauseVersion) -> ClauseRecord:
    return ClauseRecord(
        id=row.id,
        clause_id=row.clause_id,
        version=row.version,
        position=row.position,
        domain=row.domain,
        texts=row.texts,
        lead_units=row.lead_units,
        removed=row.removed,
        author=PartyId(row.author),
        follows_commitment_id=row.clause.follows_commitment_id,
    )


def _agreement(row: PlanAgreement) -> Agreement:
    return Agreement(PartyId(row.party), row.version, row.digest, row.statement, row.attestation)


def _signature(row: PlanSignature) -> SignatureRecord:
    return SignatureRecord(
        PartyId(row.party), row.statement, row.public_keys, row.signature, row.attestation, row.created_at
    )


def other_plan_exists(node: Node, plan: OpenPlan, *, drafts: bool) -> bool:
    """Return whether the same parties have another plan of this mechanism and period; drafts count where asked."""
    with node.active():
        rows = Plan.objects.filter(mechanism_id=plan.mechanism_id, period=plan.period).exclude(id=plan.id)
        if not drafts:
            rows = rows.exclude(state=PlanState.DRAFT)
        ids = {party.id for party in plan.parties}
        return any({party["id"] for party in parties} == ids for parties in rows.values_list("parties", flat=True))
