"""Writing what a use case decided: the plan's row once, and beside it what is new."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from entraide.channel.api import submit_message
from entraide.directory.api import NoSuchPartner, find_partner
from entraide.kernel.ids import MessageId, PartyId, PlanId, ThreadId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.wire import Message
from entraide.plans.domain.open_plan import Agreement, ClauseRecord, OpenPlan, SignatureRecord
from entraide.plans.domain.plan_text import PlanParty
from entraide.plans.models import (
    Clause,
    ClauseVersion,
    MoveMessage,
    Plan,
    PlanAgreement,
    PlanMove,
    PlanSignature,
    RefusedPlan,
)


def create_plan(plan: OpenPlan) -> None:
    """Keep a new plan without its clauses."""
    Plan.objects.create(
        id=plan.id,
        mechanism_id=plan.mechanism_id,
        drafter=plan.drafter,
        parties=[PlanParty.of(party).to_json() for party in plan.parties],
        titles=dict(plan.titles),
        period=plan.period,
        languages=list(plan.languages),
        authentic=list(plan.authentic),
        state=plan.state.value,
        version=plan.version,
        turn=plan.turn,
        created_at=plan.updated_at,
        updated_at=plan.updated_at,
    )


def keep_refusal(node: Node, plan_id: UUID) -> None:
    """Remember that the proposal of a plan was refused here."""
    RefusedPlan.objects.get_or_create(id=plan_id, defaults={"refused_at": node.clock.now()})


def save_plan(plan: OpenPlan) -> None:
    """Write where a plan stands, its frozen digest, and what it is linked to in the register."""
    Plan.objects.filter(id=plan.id).update(
        state=plan.state.value,
        version=plan.version,
        turn=plan.turn,
        digest=plan.digest,
        meeting=plan.meeting_id,
        instrument=plan.instrument_id,
        updated_at=plan.updated_at,
    )


def create_records(node: Node, plan_id: PlanId, records: Iterable[ClauseRecord], known: Iterable[UUID]) -> None:
    """Keep new records of clauses, and the clauses themselves that are not `known` yet."""
    new, had, now = list(records), set(known), node.clock.now()
    Clause.objects.bulk_create(
        Clause(id=record.clause_id, plan_id=plan_id, follows_commitment_id=record.follows_commitment_id)
        for record in new
        if record.clause_id not in had
    )
    ClauseVersion.objects.bulk_create(
        ClauseVersion(
            id=record.id,
            clause_id=record.clause_id,
            version=record.version,
            position=record.position,
            author=record.author,
            created_at=now,
            **_content(record),
        )
        for record in new
    )


def save_record(record: ClauseRecord) -> None:
    """Write what a record of the working copy says now."""
    ClauseVersion.objects.filter(id=record.id).update(**_content(record))


def create_agreement(node: Node, plan_id: PlanId, agreement: Agreement) -> None:
    """Keep one party's agreement to a version."""
    PlanAgreement.objects.create(
        id=new_uuid(node),
        plan_id=plan_id,
        party=agreement.party,
        version=agreement.version,
        digest=agreement.digest,
        statement=agreement.statement,
        attestation=agreement.attestation,
        created_at=node.clock.now(),
    )


def create_signature(node: Node, plan_id: PlanId, signature: SignatureRecord) -> None:
    """Keep one party's signature."""
    PlanSignature.objects.create(
        id=new_uuid(node),
        plan_id=plan_id,
        party=signature.party,
        statement=dict(signature.statement),
        public_keys=dict(signature.public_keys),
        signature=dict(signature.signature),
        attestation=dict(signature.attestation),
        created_at=signature.stored_at,
    )


def send(node: Node, plan: OpenPlan, message: Message, *, party: PartyId | None = None) -> tuple[MessageId, ...]:
    """Submit a move of `party` (this node's own if not given) to every other node of the plan, in the plan's thread.

    Returns the messages' ids, in the order of the parties. Raises `NoSuchPartner` where a party's node is not paired
    with this one.
    """
    move = _create_move(node, plan, message, party or plan.own)
    return tuple(
        _submit(node, move, other.node, message)
        for other in plan.parties
        if not other.on_paper and other.id != plan.own
    )


def keep_move(
    node: Node, plan: OpenPlan, message_id: MessageId, message: Message, *, party: PartyId, sender: str
) -> None:
    """Keep which message of the node `sender` moved the plan here; one that comes twice is kept once."""
    if not MoveMessage.objects.filter(message_id=message_id).exists():
        move = _create_move(node, plan, message, party)
        MoveMessage.objects.create(id=new_uuid(node), move=move, message_id=message_id, node=sender)


def _create_move(node: Node, plan: OpenPlan, message: Message, party: PartyId) -> PlanMove:
    return PlanMove.objects.create(
        id=new_uuid(node),
        plan_id=plan.id,
        act=message.message_type.removeprefix("plans.").removesuffix("_on_paper"),
        party=party,
        version=plan.version,
        created_at=node.clock.now(),
    )


def _submit(node: Node, move: PlanMove, to: str, message: Message) -> MessageId:
    partner = find_partner(node, to)
    if partner is None:
        raise NoSuchPartner
    message_id = submit_message(node, partner_id=partner.id, message=message, thread_id=ThreadId(move.plan_id))
    MoveMessage.objects.create(id=new_uuid(node), move=move, message_id=message_id, node=to)
    return message_id


def _content(record: ClauseRecord) -> dict[str, Any]:
    return {
        "domain": record.domain,
        "texts": dict(record.texts),
        "lead_units": dict(record.lead_units),
        "removed": record.removed,
    }
