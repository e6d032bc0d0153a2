"""What the other parties' messages do to a plan here; the same message a second time changes nothing.

A node moves a plan only for its own party and for those on paper for which it speaks, and only from the state in which
that move is allowed. Every message carries the digest of the text it leads to, so that two copies can never drift apart
unseen. What rests on a third party's message that has not come yet waits for it: `MoveToCome` holds back this plan's
thread from that partner, and nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError
from django.db import transaction as database_transaction

from entraide.channel.api import Handler, HandlingResult, ReceivedMessage
from entraide.directory.api import (
    OF_STATES,
    Partner,
    Party,
    ensure_party_organisation,
    find_partner,
    get_partner,
    order_parties,
    parse_state,
)
from entraide.kernel.errors import EntraideError, Unavailable
from entraide.kernel.ids import MechanismId, PartyId, PlanId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.domain.errors import AlreadySigned, BadPlanMessage, MoveToCome, NoSuchPlan, OtherText
from entraide.plans.domain.negotiation import Negotiation, PlanState, is_early, is_outdated, propose, sign
from entraide.plans.domain.open_plan import (
    Agreement,
    ClauseRecord,
    OpenPlan,
    SignatureRecord,
    after_agreement,
    after_amendment,
    digest_at,
)
from entraide.plans.domain.paper import PaperAct
from entraide.plans.domain.plan_text import clean, party_json
from entraide.plans.models import LONGEST_PARTY, Clause, Plan, RefusedPlan
from entraide.plans.selectors.opening import find_open_plan, other_plan_exists
from entraide.plans.services.recording import record
from entraide.plans.services.saving import (
    AGREED,
    AMENDED,
    PROPOSED,
    SIGNED,
    create_agreement,
    create_plan,
    create_records,
    keep_move,
    keep_refusal,
    save_plan,
)
from entraide.plans.services.signing import add_signature
from entraide.plans.services.verifying import require_frozen_text, verify_one, verify_paper
from entraide.programme.api import load_domains, require_code, store_mechanism
from entraide.programme.domain.errors import PlanExists
from entraide.programme.domain.facts import Party as MechanismParty
from entraide.programme.domain.terms import Level, MechanismStatus

MOST_CLAUSES, MOST_LANGUAGES, LONGEST_CODE, LONGEST_TEXT, LARGEST_NUMBER = 1000, 30, 20, 20_000, 1_000_000
MOST_PARTIES = 30

Payload = Mapping[str, Any]
Applied = tuple[OpenPlan, PartyId]
Apply = Callable[[Node, Partner, Payload], Applied]


def accept_proposal(node: Node, partner: Partner, payload: Payload) -> Applied:
    """Keep a plan that the partner proposes: its text at version 1, the next party's turn."""
    plan_id, sender = PlanId(UUID(payload["plan"])), PartyId(partner.name)
    known = find_open_plan(node, plan_id)
    if known is not None:
        _require_party(known, sender)
        _require_digest(digest_at(known, 1), payload)
        return known, sender
    plan = _proposed(node, sender, payload)
    if other_plan_exists(plan, drafts=False):
        raise PlanExists(period=plan.period)
    create_plan(plan)
    _create_records(node, plan, plan.records, ())
    digest = digest_at(plan, 1)
    _require_digest(digest, payload)
    record(node, "plan_received", plan.id, None, partner=partner.id, version=1, digest=digest)
    return plan, sender


def accept_amendments(node: Node, partner: Partner, payload: Payload) -> Applied:
    """Apply the partner's amendments to the version that they amend; the next party has the turn then."""
    before, sender = _plan_of(node, partner, payload), PartyId(partner.name)
    version, base = _version(payload["version"]), _number(payload["base_version"])
    if version <= before.version:
        # The same move once more changes nothing; another text under its number is refused.
        _require_digest(digest_at(before, version), payload)
        return before, sender
    if before.negotiation.turn != sender or base != before.version:
        _require_no_move_to_come(before, sender, base, _party_ids(payload["agreed"]))
    records = _records(node, sender, payload["clauses"], version)
    plan = after_amendment(before, sender, base, records, node.clock.now())
    if plan.version != version:
        raise BadPlanMessage(why="its version does not follow the one it amends")
    digest = digest_at(plan, plan.version)
    _require_digest(digest, payload)
    _create_records(node, plan, records, {item.clause_id for item in before.records})
    save_plan(plan)
    record(node, "amendments_received", plan.id, None, partner=partner.id, version=plan.version, digest=digest)
    return plan, sender


def accept_agreement(node: Node, partner: Partner, payload: Payload) -> Applied:
    """Keep an agreement to the present version; one that an amendment overtook changes nothing."""
    before = _plan_of(node, partner, payload)
    party, version = _acting(before, partner, payload), _version(payload["version"])
    if any((item.party, item.version) == (party.id, version) for item in before.agreements):
        return before, party.id
    if is_outdated(before.negotiation, version):
        _require_digest(digest_at(before, version), payload)
        create_agreement(node, before.id, _agreement(node, before, party, payload, version))
        return before, party.id
    _require_no_move_to_come(before, PartyId(partner.name), version, frozenset())
    if version == before.version:
        _require_digest(digest_at(before, version), payload)
    agreement = _agreement(node, before, party, payload, version)
    plan = after_agreement(before, agreement, node.clock.now())
    create_agreement(node, plan.id, agreement)
    save_plan(plan)
    tell = {"version": version, "digest": agreement.digest, "party": party.id}
    record(node, "agreement_received", plan.id, None, partner=partner.id, **tell)
    return plan, party.id


def accept_signature(node: Node, partner: Partner, payload: Payload) -> Applied:
    """Verify and keep a signature of the frozen text; with all of them, the plan enters the register."""
    before = _plan_of(node, partner, payload)
    party = _acting(before, partner, payload)
    kept = next((item for item in before.signatures if item.party == party.id), None)
    if kept is not None:
        if (kept.statement, kept.signature) != (payload["statement"], payload["signature"]):
            raise AlreadySigned
        return before, party.id
    if before.state is not PlanState.AGREED:
        everyone = frozenset(before.negotiation.parties)
        _require_no_move_to_come(before, PartyId(partner.name), _version(payload["version"]), everyone)
    sign(before.negotiation, party.id)
    require_frozen_text(before)
    _require_digest(before.digest, payload)
    signature = SignatureRecord(
        party.id, *(dict(payload[key]) for key in ("statement", "public_keys", "signature", "attestation"))
    )
    verify_one(node, before, signature)
    tell = {"digest": before.digest, "party": party.id}
    record(node, "signature_received", before.id, None, partner=partner.id, **tell)
    return add_signature(node, before, signature), party.id


def _handler(apply: Apply) -> Handler:
    """Return the handler that applies each message in a savepoint of its own and answers with its error's code."""

    def handle_many(node: Node, messages: Sequence[ReceivedMessage]) -> Sequence[HandlingResult]:
        return [_handle_one(node, message, apply) for message in messages]

    return handle_many


def _handle_one(node: Node, message: ReceivedMessage, apply: Apply) -> HandlingResult:
    try:
        with database_transaction.atomic(using=node.database):
            partner = get_partner(message.partner_id)
            plan, party = apply(node, partner, message.payload)
            keep_move(node, plan, message.message_id, message.type, party=party, sender=partner.name)
    except Unavailable:
        raise
    except EntraideError as error:
        return _reject(node, message, error.code)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, DataError, IntegrityError):
        return _reject(node, message, BadPlanMessage.code)
    return HandlingResult.accepted()


def _reject(node: Node, message: ReceivedMessage, code: str) -> HandlingResult:
    """Reject a message; of a refused proposal the thread is kept, which is the plan's id."""
    if message.type == PROPOSED[0] and not Plan.objects.filter(id=message.thread_id).exists():
        keep_refusal(node, message.thread_id)
    return HandlingResult.rejected(code)


def _plan_of(node: Node, partner: Partner, payload: Payload) -> OpenPlan:
    plan_id = PlanId(UUID(payload["plan"]))
    plan = find_open_plan(node, plan_id, lock=True)
    if plan is None:
        # The partner's own proposal came before this in its thread; another party's may still be on its way.
        drafter = find_partner(str(payload["drafter"]))
        refused = RefusedPlan.objects.filter(id=plan_id).exists()
        if drafter is not None and drafter.id != partner.id and not refused:
            raise MoveToCome
        raise NoSuchPlan(plan=plan_id)
    _require_party(plan, partner.name)
    return plan


def _require_party(plan: OpenPlan, name: str) -> None:
    if not any(party.id == name for party in plan.parties):
        raise NoSuchPlan(plan=plan.id)


def _require_digest(own: str, payload: Payload) -> None:
    if own != payload["digest"]:
        raise OtherText(own=own[:16], given=str(payload["digest"])[:16])


def _require_no_move_to_come(plan: OpenPlan, sender: PartyId, version: int, agreed: frozenset[str]) -> None:
    if is_early(plan.negotiation, version, agreed, sender=sender, own=plan.own):
        raise MoveToCome


def _acting(plan: OpenPlan, partner: Partner, payload: Payload) -> Party:
    """Return the party for which the partner acts: its own, or one on paper for which it speaks."""
    for party in plan.parties:
        if party.id == payload["party"] and party.node == partner.name:
            return party
    raise BadPlanMessage(why="it acts for a party for which its node does not speak")


def _agreement(node: Node, plan: OpenPlan, party: Party, payload: Payload, version: int) -> Agreement:
    agreement = Agreement(party.id, version, str(payload["digest"]))
    if not party.on_paper:
        return agreement
    statement, seal = dict(payload["statement"]), dict(payload["attestation"])
    verify_paper(node, plan, party, PaperAct.AGREEMENT, statement, seal, digest=agreement.digest)
    return replace(agreement, statement=statement, attestation=seal)


def _proposed(node: Node, sender: PartyId, payload: Payload) -> OpenPlan:
    """Return the plan of a proposal as it stands after it; raises for whatever a plan here cannot be."""
    parties = _parties(node, sender, payload["parties"])
    draft = Negotiation(
        parties=tuple(party.id for party in parties),
        turn=sender,
        speakers={party.id: party.node for party in parties if party.on_paper},
    )
    after = propose(draft, sender)
    return OpenPlan(
        id=PlanId(UUID(payload["plan"])),
        mechanism_id=_mechanism(node, parties),
        own=PartyId(node.settings.name),
        drafter=sender,
        parties=parties,
        titles=_texts(payload["titles"]),
        period=PartialDate(str(payload["period"])).value,
        languages=tuple(_codes(payload["languages"])),
        authentic=tuple(_codes(payload["authentic"])),
        state=after.state,
        version=after.version,
        turn=after.turn,
        digest="",
        updated_at=node.clock.now(),
        records=_records(node, sender, payload["clauses"], after.version),
    )


def _mechanism(node: Node, parties: Sequence[Party]) -> MechanismId:
    return store_mechanism(
        node,
        None,
        parties=[
            MechanismParty(party.state, ensure_party_organisation(node, party), dict(party.organisation))
            for party in parties
        ],
        names={},
        level=Level.MINISTER,
        status=MechanismStatus.ACTIVE,
    )


def _records(
    node: Node, author: PartyId, clauses: Sequence[Mapping[str, Any]], version: int
) -> tuple[ClauseRecord, ...]:
    domains = list(load_domains().codes)
    if len(clauses) > MOST_CLAUSES or len({str(value["id"]) for value in clauses}) != len(clauses):
        raise BadPlanMessage(why="its clauses are too many, or one stands twice")
    return tuple(
        ClauseRecord(
            id=new_uuid(node),
            clause_id=UUID(value["id"]),
            version=version,
            position=_number(value["position"]),
            domain=require_code(str(value["domain"]), domains, "domain of cooperation"),
            texts=_texts(value["texts"]),
            lead_units=_texts(value["lead_units"], longest=LONGEST_PARTY),
            removed=value["removed"] is True,
            author=author,
        )
        for value in clauses
    )


def _create_records(
    node: Node, plan: OpenPlan, records: Sequence[ClauseRecord], known: Sequence[UUID] | set[UUID]
) -> None:
    new = [item.clause_id for item in records if item.clause_id not in known]
    if Clause.objects.filter(id__in=new).exists():
        raise BadPlanMessage(why="a clause belongs to another plan")
    create_records(node, plan.id, records, known)


def _parties(node: Node, sender: PartyId, value: object) -> tuple[Party, ...]:
    """Return the parties of a proposal: the sender, this node, nodes paired with it, and those on paper of one of them.

    Each says what a plan's text says of a party and nothing more.
    """
    if not isinstance(value, list) or not all(isinstance(party, dict) for party in value):
        raise TypeError("parties are a list of objects")
    read = order_parties(
        Party(PartyId(str(item["id"])), str(item["state"]), str(item["node"]), _texts(item["organisation"]))
        for item in value
    )
    if [party_json(party) for party in read] != value:
        raise BadPlanMessage(why="a party says more than id, state, node and organisation, or stands out of order")
    nodes = {party.id for party in read if not party.on_paper}
    if not {sender, node.settings.name} <= nodes or len({party.id for party in read}) != len(read):
        raise BadPlanMessage(why="its parties are not both nodes, or one stands twice")
    if len(read) > MOST_PARTIES or not all(_is_known(node, party, nodes) for party in read):
        raise BadPlanMessage(why="a party's node is not paired with this one")
    return read


def _is_known(node: Node, party: Party, nodes: set[PartyId]) -> bool:
    if party.state != OF_STATES and parse_state(party.state) != party.state:
        return False
    if party.on_paper:
        return PartyId(party.node) in nodes and party.id == f"{party.node}/{UUID(party.id.rpartition('/')[2])}"
    if party.id == node.settings.name:
        return party.state == node.settings.state
    partner = find_partner(party.id)
    return partner is not None and partner.state == party.state


def _party_ids(value: object) -> frozenset[str]:
    if not isinstance(value, list) or len(value) > MOST_PARTIES:
        raise TypeError("parties are a list of ids")
    return frozenset(str(party) for party in value)


def _texts(value: object, *, longest: int = LONGEST_CODE) -> dict[str, str]:
    """Return texts by language or party; raises `TypeError` or `ValueError` for anything else, or too long."""
    if not isinstance(value, dict):
        raise TypeError("texts are an object")
    if len(value) > MOST_LANGUAGES or any(len(key) > longest for key in value):
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
"""The message types of plans with their handlers, for composition."""
