"""What the other parties' messages do to a plan here; the same message a second time changes nothing.

A node moves a plan only for its own party and for those on paper for which it speaks, and only from the state in which
that move is allowed. Every message carries the digest of the text it leads to, so that two copies can never drift apart
unseen. What rests on a third party's message that has not come yet waits for it: `MoveToCome` holds back this plan's
thread from that partner, and nothing else.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Final, TypeVar
from uuid import UUID

from django.db import DataError, IntegrityError
from django.db import transaction as database_transaction

from entraide.channel.api import Handled, HandlingResult, ReceivedMessage
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
from entraide.plans.domain.messages import (
    ClauseSent,
    PlanAgreed,
    PlanAgreedOnPaper,
    PlanAmended,
    PlanProposed,
    PlanSigned,
    PlanSignedOnPaper,
)
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
from entraide.plans.domain.plan_text import PlanParty, clean
from entraide.plans.models import Clause, Plan, RefusedPlan
from entraide.plans.selectors.opening import find_open_plan, other_plan_exists
from entraide.plans.services.recording import record
from entraide.plans.services.saving import (
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

Value = TypeVar("Value", PlanProposed, PlanAmended, PlanAgreed, PlanSigned, PlanAgreedOnPaper, PlanSignedOnPaper)
Later = PlanAmended | PlanAgreed | PlanSigned | PlanAgreedOnPaper | PlanSignedOnPaper
Applied = tuple[OpenPlan, PartyId]
Apply = Callable[[Node, Partner, Value], Applied]


def accept_proposal(node: Node, partner: Partner, proposed: PlanProposed) -> Applied:
    """Keep a plan that the partner proposes: its text at version 1, the next party's turn.

    Raises `BadPlanMessage`, `OtherText`, or `PlanExists` where the same parties have one for the period.
    """
    sender = PartyId(partner.name)
    known = find_open_plan(node, proposed.plan)
    if known is not None:
        _require_party(known, sender)
        _require_digest(digest_at(known, 1), proposed)
        return known, sender
    plan = _proposed(node, sender, proposed)
    if other_plan_exists(node, plan, drafts=False):
        raise PlanExists(period=plan.period)
    create_plan(plan)
    _create_records(node, plan, plan.records, ())
    digest = digest_at(plan, 1)
    _require_digest(digest, proposed)
    record(node, "plan_received", plan.id, None, partner=partner.id, version=1, digest=digest)
    return plan, sender


def accept_amendments(node: Node, partner: Partner, amended: PlanAmended) -> Applied:
    """Apply the partner's amendments to the version that they amend; the next party has the turn then.

    Raises `MoveToCome`, `BadPlanMessage`, `OtherText`, and what `negotiation.amend` raises.
    """
    before, sender = _plan_of(node, partner, amended), PartyId(partner.name)
    if amended.version <= before.version:
        # The same move once more changes nothing; another text under its number is refused.
        _require_digest(digest_at(before, amended.version), amended)
        return before, sender
    if before.negotiation.turn != sender or amended.base_version != before.version:
        _require_no_move_to_come(before, sender, amended.base_version, frozenset(amended.agreed))
    records = _records(node, sender, amended.clauses, amended.version)
    plan = after_amendment(before, sender, amended.base_version, records, node.clock.now())
    if plan.version != amended.version:
        raise BadPlanMessage(why="its version does not follow the one it amends")
    digest = digest_at(plan, plan.version)
    _require_digest(digest, amended)
    _create_records(node, plan, records, {item.clause_id for item in before.records})
    save_plan(plan)
    record(node, "amendments_received", plan.id, None, partner=partner.id, version=plan.version, digest=digest)
    return plan, sender


def accept_agreement(node: Node, partner: Partner, agreed: PlanAgreed) -> Applied:
    """Keep the partner's agreement to the present version; one that an amendment overtook changes nothing."""
    plan, party_id = _plan_of(node, partner, agreed), PartyId(partner.name)
    return _accept_agreement(node, partner, plan, Agreement(party_id, agreed.version, agreed.digest)), party_id


def accept_paper_agreement(node: Node, partner: Partner, agreed: PlanAgreedOnPaper) -> Applied:
    """Verify and keep the agreement of a party on paper for which the partner's node speaks, as `accept_agreement`."""
    plan = _plan_of(node, partner, agreed)
    party = _spoken_for(plan, partner, agreed.statement.party)
    seal = agreed.attestation.to_json()
    verify_paper(
        node,
        plan,
        party,
        agreed.statement,
        seal,
        act=PaperAct.AGREEMENT,
        digest=agreed.digest,
        stored_at=node.clock.now(),
    )
    agreement = Agreement(party.id, agreed.version, agreed.digest, agreed.statement.to_json(), seal)
    return _accept_agreement(node, partner, plan, agreement), party.id


def accept_signature(node: Node, partner: Partner, signed: PlanSigned) -> Applied:
    """Verify and keep the partner's signature of the frozen text; with all, the plan enters the register."""
    plan, party_id = _plan_of(node, partner, signed), PartyId(partner.name)
    signature = SignatureRecord(
        party=party_id,
        statement=signed.statement.to_json(),
        public_keys=signed.public_keys.to_json(),
        signature=signed.signature.to_json(),
        attestation=signed.attestation.to_json(),
        stored_at=node.clock.now(),
    )
    return _accept_signature(node, partner, plan, signed, signature), party_id


def accept_paper_signature(node: Node, partner: Partner, signed: PlanSignedOnPaper) -> Applied:
    """Verify and keep the signature of a party on paper for which the partner's node speaks, as `accept_signature`."""
    plan = _plan_of(node, partner, signed)
    party = _spoken_for(plan, partner, signed.statement.party)
    statement, seal = signed.statement.to_json(), signed.attestation.to_json()
    signature = SignatureRecord(party.id, statement, {}, {}, seal, node.clock.now())
    return _accept_signature(node, partner, plan, signed, signature), party.id


def _accept_agreement(node: Node, partner: Partner, before: OpenPlan, agreement: Agreement) -> OpenPlan:
    version = agreement.version
    if any((item.party, item.version) == (agreement.party, version) for item in before.agreements):
        return before
    outdated = is_outdated(before.negotiation, version)
    if not outdated:
        _require_no_move_to_come(before, PartyId(partner.name), version, frozenset())
    if version <= before.version and digest_at(before, version) != agreement.digest:
        raise OtherText(own=digest_at(before, version)[:16], given=agreement.digest[:16])
    if outdated:
        create_agreement(node, before.id, agreement)
        return before
    plan = after_agreement(before, agreement, node.clock.now())
    create_agreement(node, plan.id, agreement)
    save_plan(plan)
    tell = {"version": version, "digest": agreement.digest, "party": agreement.party}
    record(node, "agreement_received", plan.id, None, partner=partner.id, **tell)
    return plan


def _accept_signature(
    node: Node, partner: Partner, before: OpenPlan, signed: PlanSigned | PlanSignedOnPaper, signature: SignatureRecord
) -> OpenPlan:
    kept = next((item for item in before.signatures if item.party == signature.party), None)
    if kept is not None:
        if (kept.statement, kept.signature) != (signature.statement, signature.signature):
            raise AlreadySigned
        return before
    if before.state is not PlanState.AGREED:
        everyone = frozenset(before.negotiation.parties)
        _require_no_move_to_come(before, PartyId(partner.name), signed.version, everyone)
    sign(before.negotiation, signature.party)
    require_frozen_text(before)
    _require_digest(before.digest, signed)
    verify_one(node, before, signature)
    tell = {"digest": before.digest, "party": signature.party}
    record(node, "signature_received", before.id, None, partner=partner.id, **tell)
    return add_signature(node, before, signature)


def _handled(message: type[Value], apply: Apply[Value]) -> Handled[Value]:
    """Return the handler that applies each message in a savepoint of its own and answers with its error's code."""

    def handle_many(node: Node, messages: Sequence[ReceivedMessage[Value]]) -> Sequence[HandlingResult]:
        return [_handle_one(node, message, apply) for message in messages]

    return Handled(message, handle_many)


def _handle_one(node: Node, message: ReceivedMessage[Value], apply: Apply[Value]) -> HandlingResult:
    try:
        with database_transaction.atomic(using=node.database):
            partner = get_partner(node, message.partner_id)
            plan, party = apply(node, partner, message.value)
            keep_move(node, plan, message.message_id, message.value, party=party, sender=partner.name)
    except Unavailable:
        raise
    except EntraideError as error:
        return _reject(node, message.value, error.code)
    except (DataError, IntegrityError):
        return _reject(node, message.value, BadPlanMessage.code)
    return HandlingResult.accepted()


def _reject(node: Node, value: PlanProposed | Later, code: str) -> HandlingResult:
    """Reject a message; that a proposal was refused is kept."""
    if isinstance(value, PlanProposed) and not Plan.objects.filter(id=value.plan).exists():
        keep_refusal(node, value.plan)
    return HandlingResult.rejected(code)


def _plan_of(node: Node, partner: Partner, moved: Later) -> OpenPlan:
    plan = find_open_plan(node, moved.plan, lock=True)
    if plan is None:
        # The partner's own proposal came before this in its thread; another party's may still be on its way.
        drafter = find_partner(node, moved.drafter)
        refused = RefusedPlan.objects.filter(id=moved.plan).exists()
        if drafter is not None and drafter.id != partner.id and not refused:
            raise MoveToCome
        raise NoSuchPlan(plan=moved.plan)
    _require_party(plan, partner.name)
    return plan


def _require_party(plan: OpenPlan, name: str) -> None:
    if not any(party.id == name for party in plan.parties):
        raise NoSuchPlan(plan=plan.id)


def _require_digest(own: str, moved: PlanProposed | Later) -> None:
    if own != moved.digest:
        raise OtherText(own=own[:16], given=moved.digest[:16])


def _require_no_move_to_come(plan: OpenPlan, sender: PartyId, version: int, agreed: frozenset[str]) -> None:
    if is_early(plan.negotiation, version, agreed, sender=sender, own=plan.own):
        raise MoveToCome


def _spoken_for(plan: OpenPlan, partner: Partner, party_id: str) -> Party:
    """Return a party on paper for which the partner's node speaks."""
    for party in plan.parties:
        if party.id == party_id and party.on_paper and party.node == partner.name:
            return party
    raise BadPlanMessage(why="it tells of a party for which its node does not speak")


def _proposed(node: Node, sender: PartyId, proposed: PlanProposed) -> OpenPlan:
    """Return the plan of a proposal as it stands after it; raises for whatever a plan here cannot be."""
    parties = _parties(node, sender, proposed.parties)
    draft = Negotiation(
        parties=tuple(party.id for party in parties),
        turn=sender,
        speakers={party.id: party.node for party in parties if party.on_paper},
    )
    after = propose(draft, sender)
    return OpenPlan(
        id=PlanId(proposed.plan),
        mechanism_id=_mechanism(node, parties),
        own=PartyId(node.settings.name),
        drafter=sender,
        parties=parties,
        titles=clean(proposed.titles),
        period=PartialDate(proposed.period).value,
        languages=proposed.languages,
        authentic=proposed.authentic,
        state=after.state,
        version=after.version,
        turn=after.turn,
        digest="",
        updated_at=node.clock.now(),
        records=_records(node, sender, proposed.clauses, after.version),
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


def _records(node: Node, author: PartyId, clauses: Sequence[ClauseSent], version: int) -> tuple[ClauseRecord, ...]:
    domains = list(load_domains().codes)
    if len({sent.id for sent in clauses}) != len(clauses):
        raise BadPlanMessage(why="one of its clauses stands twice")
    return tuple(
        ClauseRecord(
            id=new_uuid(node),
            clause_id=sent.id,
            version=version,
            position=sent.position,
            domain=require_code(sent.domain, domains, "domain of cooperation"),
            texts=clean(sent.texts),
            lead_units=clean(sent.lead_units),
            removed=sent.removed,
            author=author,
        )
        for sent in clauses
    )


def _create_records(node: Node, plan: OpenPlan, records: Sequence[ClauseRecord], known: Collection[UUID]) -> None:
    new = [item.clause_id for item in records if item.clause_id not in known]
    if Clause.objects.filter(id__in=new).exists():
        raise BadPlanMessage(why="a clause belongs to another plan")
    create_records(node, plan.id, records, known)


def _parties(node: Node, sender: PartyId, sent: Sequence[PlanParty]) -> tuple[Party, ...]:
    """Return the parties of a proposal: the sender, this node, nodes paired with it, and those on paper of one of them.

    They stand in order and are written as a plan's text writes them.
    """
    parties = order_parties(item.party for item in sent)
    ids = [party.id for party in parties]
    if list(map(PlanParty.of, parties)) != list(sent) or len(set(ids)) != len(ids):
        raise BadPlanMessage(why="its parties are not written as a plan's text writes them, or one stands twice")
    nodes = {party.id for party in parties if not party.on_paper}
    if not {sender, node.settings.name} <= nodes:
        raise BadPlanMessage(why="its parties are not both nodes")
    if not all(_is_known(node, party, nodes) for party in parties):
        raise BadPlanMessage(why="a party's node is not paired with this one")
    return parties


def _is_known(node: Node, party: Party, nodes: Collection[str]) -> bool:
    if party.state != OF_STATES and parse_state(party.state) != party.state:
        return False
    if party.on_paper:
        return party.node in nodes and party.id == f"{party.node}/{_uuid(party.id.rpartition('/')[2])}"
    if party.id == node.settings.name:
        return party.state == node.settings.state
    partner = find_partner(node, party.id)
    return partner is not None and partner.state == party.state


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


HANDLERS: Final = (
    _handled(PlanProposed, accept_proposal),
    _handled(PlanAmended, accept_amendments),
    _handled(PlanAgreed, accept_agreement),
    _handled(PlanSigned, accept_signature),
    _handled(PlanAgreedOnPaper, accept_paper_agreement),
    _handled(PlanSignedOnPaper, accept_paper_signature),
)
"""The handlers of messages about plans, for composition."""
