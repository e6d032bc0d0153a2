"""What a partner's messages do to a plan here; the same message a second time changes nothing.

Only the partner of a plan can move it, only for its own side, and only from the state in which that move is allowed;
every message carries the digest of the text it leads to, so that two copies can never drift apart unseen.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from django.db import DataError, IntegrityError
from django.db import transaction as database_transaction

from entraide.channel.api import Handled, HandlingResult, ReceivedMessage
from entraide.directory.api import Partner, get_partner
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PlanId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.domain.errors import AlreadySigned, BadPlanMessage, NoSuchPlan, OtherText
from entraide.plans.domain.messages import ClauseSent, PlanAgreed, PlanAmended, PlanProposed, PlanSigned
from entraide.plans.domain.negotiation import PlanState, agree, amend, is_outdated, sign
from entraide.plans.domain.plan_text import PlanParty, clean, plan_digest
from entraide.plans.models import Clause, ClauseVersion, Plan, PlanSignature
from entraide.plans.selectors.plan_text import get_plan_row, negotiation_of, text_of
from entraide.plans.services.negotiating import move_to, store_agreement, store_move
from entraide.plans.services.publishing import enter_register
from entraide.plans.services.recording import record
from entraide.plans.services.signing import require_frozen_text, verify_one
from entraide.programme.api import load_domains, require_code, store_mechanism
from entraide.programme.domain.errors import PlanExists
from entraide.programme.domain.facts import Party
from entraide.programme.domain.terms import Level, MechanismStatus

Value = TypeVar("Value", PlanProposed, PlanAmended, PlanAgreed, PlanSigned)
Apply = Callable[[Node, Partner, Value], None]


def accept_proposal(node: Node, partner: Partner, proposed: PlanProposed) -> None:
    """Keep a plan that the partner proposes: its text at version 1, this side's turn.

    Raises `BadPlanMessage`, or `PlanExists` where the period has one.
    """
    known = Plan.objects.filter(id=proposed.plan).first()
    if known is not None:
        _require_partner(known, partner)
        _require_digest(plan_digest(text_of(known, 1)), proposed)
        return
    parties = _parties(node, partner, proposed.parties)
    period = PartialDate(proposed.period).value
    mechanism_id = store_mechanism(
        node,
        None,
        parties=[Party(party.state, None, dict(party.organisation)) for party in parties],
        names={},
        level=Level.MINISTER,
        status=MechanismStatus.ACTIVE,
    )
    if Plan.objects.filter(mechanism_id=mechanism_id, period=period).exclude(state=PlanState.DRAFT).exists():
        raise PlanExists(period=period)
    now = node.clock.now()
    plan = Plan.objects.create(
        id=proposed.plan,
        mechanism_id=mechanism_id,
        partner_id=partner.id,
        own_state=node.settings.state,
        partner_state=partner.state,
        parties=[party.to_json() for party in parties],
        titles=clean(proposed.titles),
        period=period,
        languages=list(proposed.languages),
        authentic=list(proposed.authentic),
        state=PlanState.PROPOSED.value,
        version=1,
        turn=node.settings.state,
        created_at=now,
        updated_at=now,
    )
    _store_clauses(node, plan, partner, proposed.clauses, 1)
    digest = move_to(node, plan, negotiation_of(plan))
    _require_digest(digest, proposed)
    record(node, "plan_received", plan.id, None, partner=partner.id, version=1, digest=digest)


def accept_amendments(node: Node, partner: Partner, amended: PlanAmended) -> None:
    """Apply the partner's amendments to the version that they amend; this side has the turn then.

    Raises `BadPlanMessage`.
    """
    plan = _plan_of(partner, amended)
    if amended.version <= plan.version:
        # The same move once more changes nothing; another text under its number is refused.
        _require_digest(plan_digest(text_of(plan, amended.version)), amended)
        return
    after = amend(negotiation_of(plan), partner.state, amended.base_version)
    if after.version != amended.version:
        raise BadPlanMessage(why="its version does not follow the one it amends")
    _store_clauses(node, plan, partner, amended.clauses, after.version)
    digest = move_to(node, plan, after)
    _require_digest(digest, amended)
    record(node, "amendments_received", plan.id, None, partner=partner.id, version=after.version, digest=digest)


def accept_agreement(node: Node, partner: Partner, agreed: PlanAgreed) -> None:
    """Keep the partner's agreement to the present version; one that an amendment overtook changes nothing."""
    plan, version = _plan_of(partner, agreed), agreed.version
    if plan.agreements.filter(state=partner.state, version=version).exists():
        return
    before = negotiation_of(plan)
    if is_outdated(before, version):
        _require_digest(plan_digest(text_of(plan, version)), agreed)
        store_agreement(node, plan, partner.state, version, agreed.digest)
        return
    after = agree(before, partner.state, version)
    store_agreement(node, plan, partner.state, version, agreed.digest)
    _require_digest(move_to(node, plan, after), agreed)
    record(node, "agreement_received", plan.id, None, partner=partner.id, version=version, digest=agreed.digest)


def accept_signature(node: Node, partner: Partner, signed: PlanSigned) -> None:
    """Verify and keep the partner's signature of the frozen text; with both, the plan enters the register.

    Raises `AlreadySigned` for another signature than the one that was kept.
    """
    plan = _plan_of(partner, signed)
    kept = plan.signatures.filter(state=partner.state).first()
    if kept is not None:
        if (kept.statement, kept.signature) != (signed.statement.to_json(), signed.signature.to_json()):
            raise AlreadySigned
        return
    after = sign(negotiation_of(plan), partner.state)
    require_frozen_text(plan)
    _require_digest(plan.digest, signed)
    now = node.clock.now()
    verify_one(node, plan, partner.state, signed, stored_at=now)
    PlanSignature.objects.create(
        id=new_uuid(node),
        plan=plan,
        state=partner.state,
        statement=signed.statement.to_json(),
        public_keys=signed.public_keys.to_json(),
        signature=signed.signature.to_json(),
        attestation=signed.attestation.to_json(),
        created_at=now,
    )
    move_to(node, plan, after)
    record(node, "signature_received", plan.id, None, partner=partner.id, digest=plan.digest)
    if after.state is PlanState.SIGNED:
        enter_register(node, plan)


def _handled(message: type[Value], apply: Apply[Value]) -> Handled[Value]:
    """Return the handler that applies each message in a savepoint of its own and answers with its error's code."""

    def handle_many(node: Node, messages: Sequence[ReceivedMessage[Value]]) -> Sequence[HandlingResult]:
        return [_handle_one(node, message, apply) for message in messages]

    return Handled(message, handle_many)


def _handle_one(node: Node, message: ReceivedMessage[Value], apply: Apply[Value]) -> HandlingResult:
    try:
        with database_transaction.atomic(using=node.database):
            partner = get_partner(message.partner_id)
            apply(node, partner, message.value)
            plan = get_plan_row(PlanId(message.value.plan))
            store_move(node, plan, message.message_id, message.value, partner.state)
    except EntraideError as error:
        return HandlingResult.rejected(error.code)
    except (DataError, IntegrityError):
        return HandlingResult.rejected(BadPlanMessage.code)
    return HandlingResult.accepted()


def _plan_of(partner: Partner, moved: PlanAmended | PlanAgreed | PlanSigned) -> Plan:
    plan = get_plan_row(PlanId(moved.plan), lock=True)
    _require_partner(plan, partner)
    return plan


def _require_partner(plan: Plan, partner: Partner) -> None:
    if plan.partner_id != partner.id:
        raise NoSuchPlan(plan=plan.id)


def _require_digest(own: str, moved: PlanProposed | PlanAmended | PlanAgreed | PlanSigned) -> None:
    if own != moved.digest:
        raise OtherText(own=own[:16], given=moved.digest[:16])


def _store_clauses(node: Node, plan: Plan, partner: Partner, clauses: Sequence[ClauseSent], version: int) -> None:
    domains = list(load_domains().codes)
    if len({sent.id for sent in clauses}) != len(clauses):
        raise BadPlanMessage(why="one of its clauses stands twice")
    for sent in clauses:
        clause, _ = Clause.objects.get_or_create(id=sent.id, defaults={"plan": plan})
        if clause.plan_id != plan.id:
            raise BadPlanMessage(why="a clause belongs to another plan")
        ClauseVersion.objects.create(
            id=new_uuid(node),
            clause=clause,
            version=version,
            position=sent.position,
            domain=require_code(sent.domain, domains, "domain of cooperation"),
            texts=clean(sent.texts),
            lead_units=clean(sent.lead_units),
            removed=sent.removed,
            author_state=partner.state,
            author_node=partner.name,
            created_at=node.clock.now(),
        )


def _parties(node: Node, partner: Partner, parties: Sequence[PlanParty]) -> Sequence[PlanParty]:
    """Return the parties of a proposal, which are these two nodes, written as a plan's text writes them."""
    sides = {(party.state, party.node) for party in parties}
    if sides != {(partner.state, partner.name), (node.settings.state, node.settings.name)} or len(parties) != 2:
        raise BadPlanMessage(why="its parties are not these two nodes")
    if any(clean(party.organisation) != party.organisation for party in parties):
        raise BadPlanMessage(why="a party's name is not written as a plan's text writes it")
    return parties


HANDLERS: Final = (
    _handled(PlanProposed, accept_proposal),
    _handled(PlanAmended, accept_amendments),
    _handled(PlanAgreed, accept_agreement),
    _handled(PlanSigned, accept_signature),
)
"""The handlers of messages about plans, for composition."""
