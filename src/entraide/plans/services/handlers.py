"""What a partner's messages do to a plan here; the same message a second time changes nothing.

Only the partner of a plan can move it, only for its own side, and only from the state in which that move is allowed;
every message carries the digest of the text it leads to, so that two copies can never drift apart unseen.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError
from django.db import transaction as database_transaction

from entraide.channel.api import Handler, HandlingResult, ReceivedMessage
from entraide.directory.api import Partner, get_partner
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import PlanId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.domain.errors import AlreadySigned, BadPlanMessage, NoSuchPlan, OtherText
from entraide.plans.domain.negotiation import PlanState, agree, amend, is_outdated, sign
from entraide.plans.domain.plan_text import PlanParty, clean, plan_digest
from entraide.plans.models import Clause, ClauseVersion, Plan, PlanSignature
from entraide.plans.selectors.plan_text import get_plan_row, negotiation_of, text_of
from entraide.plans.services.negotiating import (
    AGREED,
    AMENDED,
    PROPOSED,
    SIGNED,
    move_to,
    store_agreement,
    store_move,
)
from entraide.plans.services.publishing import enter_register
from entraide.plans.services.recording import record
from entraide.plans.services.signing import require_frozen_text, verify_one
from entraide.programme.api import load_domains, require_code, store_mechanism
from entraide.programme.domain.errors import PlanExists
from entraide.programme.domain.facts import Party
from entraide.programme.domain.terms import Level, MechanismStatus

MOST_CLAUSES, MOST_LANGUAGES, LONGEST_CODE, LONGEST_TEXT, LARGEST_NUMBER = 1000, 30, 20, 20_000, 1_000_000

Apply = Callable[[Node, Partner, Mapping[str, Any]], None]


def accept_proposal(node: Node, partner: Partner, payload: Mapping[str, Any]) -> None:
    """Keep a plan that the partner proposes: its text at version 1, this side's turn."""
    plan_id = UUID(payload["plan"])
    known = Plan.objects.filter(id=plan_id).first()
    if known is not None:
        _require_partner(known, partner)
        _require_digest(plan_digest(text_of(known, 1)), payload)
        return
    parties = _parties(payload["parties"])
    sides = {(str(party["state"]), str(party["node"])) for party in parties}
    if sides != {(partner.state, partner.name), (node.settings.state, node.settings.name)} or len(parties) != 2:
        raise BadPlanMessage(why="its parties are not these two nodes")
    languages, authentic = _codes(payload["languages"]), _codes(payload["authentic"])
    period = PartialDate(str(payload["period"])).value
    mechanism_id = store_mechanism(
        node,
        None,
        parties=[Party(str(party["state"]), None, dict(party["organisation"])) for party in parties],
        names={},
        level=Level.MINISTER,
        status=MechanismStatus.ACTIVE,
    )
    if Plan.objects.filter(mechanism_id=mechanism_id, period=period).exclude(state=PlanState.DRAFT).exists():
        raise PlanExists(period=period)
    now = node.clock.now()
    plan = Plan.objects.create(
        id=plan_id,
        mechanism_id=mechanism_id,
        partner_id=partner.id,
        own_state=node.settings.state,
        partner_state=partner.state,
        parties=parties,
        titles=_texts(payload["titles"]),
        period=period,
        languages=languages,
        authentic=authentic,
        state=PlanState.PROPOSED.value,
        version=1,
        turn=node.settings.state,
        created_at=now,
        updated_at=now,
    )
    _store_clauses(node, plan, partner, payload["clauses"], 1)
    digest = move_to(node, plan, negotiation_of(plan))
    _require_digest(digest, payload)
    record(node, "plan_received", plan.id, None, partner=partner.id, version=1, digest=digest)


def accept_amendments(node: Node, partner: Partner, payload: Mapping[str, Any]) -> None:
    """Apply the partner's amendments to the version that they amend; this side has the turn then."""
    plan = _plan_of(partner, payload)
    if _version(payload["version"]) <= plan.version:
        # The same move once more changes nothing; another text under its number is refused.
        _require_digest(plan_digest(text_of(plan, _version(payload["version"]))), payload)
        return
    after = amend(negotiation_of(plan), partner.state, _version(payload["base_version"]))
    if after.version != _version(payload["version"]):
        raise BadPlanMessage(why="its version does not follow the one it amends")
    _store_clauses(node, plan, partner, payload["clauses"], after.version)
    digest = move_to(node, plan, after)
    _require_digest(digest, payload)
    record(node, "amendments_received", plan.id, None, partner=partner.id, version=after.version, digest=digest)


def accept_agreement(node: Node, partner: Partner, payload: Mapping[str, Any]) -> None:
    """Keep the partner's agreement to the present version; one that an amendment overtook changes nothing."""
    plan = _plan_of(partner, payload)
    version = _version(payload["version"])
    if plan.agreements.filter(state=partner.state, version=version).exists():
        return
    before = negotiation_of(plan)
    if is_outdated(before, version):
        _require_digest(plan_digest(text_of(plan, version)), payload)
        store_agreement(node, plan, partner.state, version, str(payload["digest"]))
        return
    after = agree(before, partner.state, version)
    store_agreement(node, plan, partner.state, version, str(payload["digest"]))
    _require_digest(move_to(node, plan, after), payload)
    record(node, "agreement_received", plan.id, None, partner=partner.id, version=version, digest=payload["digest"])


def accept_signature(node: Node, partner: Partner, payload: Mapping[str, Any]) -> None:
    """Verify and keep the partner's signature of the frozen text; with both, the plan enters the register."""
    plan = _plan_of(partner, payload)
    kept = plan.signatures.filter(state=partner.state).first()
    if kept is not None:
        if (kept.statement, kept.signature) != (payload["statement"], payload["signature"]):
            raise AlreadySigned
        return
    after = sign(negotiation_of(plan), partner.state)
    require_frozen_text(plan)
    _require_digest(plan.digest, payload)
    verify_one(node, plan, partner.state, payload)
    PlanSignature.objects.create(
        id=new_uuid(node),
        plan=plan,
        state=partner.state,
        statement=dict(payload["statement"]),
        public_keys=dict(payload["public_keys"]),
        signature=dict(payload["signature"]),
        attestation=dict(payload["attestation"]),
        created_at=node.clock.now(),
    )
    move_to(node, plan, after)
    record(node, "signature_received", plan.id, None, partner=partner.id, digest=plan.digest)
    if after.state is PlanState.SIGNED:
        enter_register(node, plan)


def _handler(apply: Apply) -> Handler:
    """Return the handler that applies each message in a savepoint of its own and answers with its error's code."""

    def handle_many(node: Node, messages: Sequence[ReceivedMessage]) -> Sequence[HandlingResult]:
        return [_handle_one(node, message, apply) for message in messages]

    return handle_many


def _handle_one(node: Node, message: ReceivedMessage, apply: Apply) -> HandlingResult:
    try:
        with database_transaction.atomic(using=node.database):
            partner = get_partner(message.partner_id)
            apply(node, partner, message.payload)
            plan = get_plan_row(PlanId(UUID(message.payload["plan"])))
            store_move(node, plan, message.message_id, message.type, partner.state)
    except EntraideError as error:
        return HandlingResult.rejected(error.code)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, DataError, IntegrityError):
        return HandlingResult.rejected(BadPlanMessage.code)
    return HandlingResult.accepted()


def _plan_of(partner: Partner, payload: Mapping[str, Any]) -> Plan:
    plan = get_plan_row(PlanId(UUID(payload["plan"])), lock=True)
    _require_partner(plan, partner)
    return plan


def _require_partner(plan: Plan, partner: Partner) -> None:
    if plan.partner_id != partner.id:
        raise NoSuchPlan(plan=plan.id)


def _require_digest(own: str, payload: Mapping[str, Any]) -> None:
    if own != payload["digest"]:
        raise OtherText(own=own[:16], given=str(payload["digest"])[:16])


def _store_clauses(
    node: Node, plan: Plan, partner: Partner, clauses: Sequence[Mapping[str, Any]], version: int
) -> None:
    domains = list(load_domains().codes)
    if len(clauses) > MOST_CLAUSES or len({str(value["id"]) for value in clauses}) != len(clauses):
        raise BadPlanMessage(why="its clauses are too many, or one stands twice")
    for value in clauses:
        clause, _ = Clause.objects.get_or_create(id=UUID(value["id"]), defaults={"plan": plan})
        if clause.plan_id != plan.id:
            raise BadPlanMessage(why="a clause belongs to another plan")
        ClauseVersion.objects.create(
            id=new_uuid(node),
            clause=clause,
            version=version,
            position=_number(value["position"]),
            domain=require_code(str(value["domain"]), domains, "domain of cooperation"),
            texts=_texts(value["texts"]),
            lead_units=_texts(value["lead_units"]),
            removed=value["removed"] is True,
            author_state=partner.state,
            author_node=partner.name,
            created_at=node.clock.now(),
        )


def _parties(value: object) -> list[dict[str, Any]]:
    """Return the parties of a proposal, which say what a plan's text says of a party and nothing more."""
    if not isinstance(value, list) or not all(isinstance(party, dict) for party in value):
        raise TypeError("parties are a list of objects")
    read = [PlanParty(str(item["state"]), str(item["node"]), _texts(item["organisation"])).to_json() for item in value]
    if read != value:
        raise BadPlanMessage(why="a party says more than state, node and organisation")
    return read


def _texts(value: object) -> dict[str, str]:
    """Return texts by language or State; raises `TypeError` or `ValueError` for anything else, or too long."""
    if not isinstance(value, dict):
        raise TypeError("texts are an object")
    if len(value) > MOST_LANGUAGES or any(len(key) > LONGEST_CODE for key in value):
        raise ValueError("texts are filed by codes")
    texts = clean(value)
    if any(len(text) > LONGEST_TEXT for text in texts.values()):
        raise ValueError("a text is too long")
    return texts


def _version(value: object) -> int:
    """Return the number of a version that was sent; the first is 1."""
    version = _number(value)
    if version < 1:
        raise ValueError("versions begin at 1")
    return version


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_NUMBER:
        raise ValueError("not a number of a plan")
    return value


def _codes(value: object) -> list[str]:
    """Return a list of language codes; raises `TypeError` for anything else."""
    if not isinstance(value, list) or not all(isinstance(code, str) and len(code) <= 8 for code in value):
        raise TypeError("languages are a list of codes")
    return list(value)


HANDLERS: dict[tuple[str, int], Handler] = {
    PROPOSED: _handler(accept_proposal),
    AMENDED: _handler(accept_amendments),
    AGREED: _handler(accept_agreement),
    SIGNED: _handler(accept_signature),
}
"""The programme's message types with their handlers, for composition."""
