"""What a party on paper agreed to and signed, recorded by the registrar of the party that speaks for it.

These facts are one-sided: no key of that party stands under them, only the seal of the node that keeps the paper.
"""

from entraide.access.api import Actor, Role, require_role
from entraide.directory.api import PaperFact, Party, parse_day
from entraide.kernel.ids import MessageId, PartyId, PlanId
from entraide.kernel.node import Node
from entraide.kernel.signing import Signature
from entraide.kernel.text import N_
from entraide.plans.domain.errors import NotOnPaper
from entraide.plans.domain.messages import PlanAgreedOnPaper, PlanSignedOnPaper
from entraide.plans.domain.negotiation import sign
from entraide.plans.domain.open_plan import Agreement, OpenPlan, SignatureRecord, after_agreement, digest_at
from entraide.plans.domain.paper import PaperAct, PaperStatement, paper_bytes, paper_statement
from entraide.plans.domain.plan_text import PAPER_LABEL
from entraide.plans.selectors.opening import get_open_plan
from entraide.plans.services.negotiating import require_settled
from entraide.plans.services.recording import record
from entraide.plans.services.saving import create_agreement, save_plan, send
from entraide.plans.services.signing import add_signature
from entraide.plans.services.verifying import require_frozen_text
from entraide.programme.domain.errors import TextMissing
from entraide.storage.api import transaction


def record_paper_agreement(
    node: Node, *, actor: Actor, plan_id: PlanId, party_id: PartyId, fact: PaperFact, seen: int | None = None
) -> tuple[MessageId, ...]:
    """Record that a party on paper agreed to the present version, and tell the other nodes; returns the messages' ids.

    `seen` is the version that the paper has. Raises `NotOnPaper` unless this node speaks for the party, `BadScan`,
    `TextMissing`, and what `agree_plan` raises.
    """
    require_role(actor, Role.approver)
    with transaction(node):
        before = get_open_plan(node, plan_id, lock=True)
        party = _spoken_for(before, party_id)
        require_settled(node, before, actor, seen)
        digest = digest_at(before, before.version)
        statement = _statement(node, before, party, PaperAct.AGREEMENT, fact, actor, digest)
        seal = _seal(node, statement)
        agreement = Agreement(party.id, before.version, digest, statement.to_json(), seal.to_json())
        plan = after_agreement(before, agreement, node.clock.now())
        create_agreement(node, plan.id, agreement)
        save_plan(plan)
        tell = {"version": plan.version, "digest": digest, "party": party.id, "scan": statement.scan}
        record(node, "paper_agreement_recorded", plan.id, actor.user_id, **tell)
        told = PlanAgreedOnPaper(plan.id, plan.drafter, digest, plan.version, statement, seal)
        return send(node, plan, told, party=party.id)


def record_paper_signature(
    node: Node, *, actor: Actor, plan_id: PlanId, party_id: PartyId, fact: PaperFact
) -> tuple[MessageId, ...]:
    """Record that a party on paper signed the frozen text, and tell the other nodes; returns the messages' ids.

    Raises `NotOnPaper` unless this node speaks for the party, `BadScan`, `TextMissing`, `WrongState`, `AlreadySigned`,
    `PlanNotVerified` when the stored text no longer has the frozen digest, `RoleMissing`.
    """
    require_role(actor, Role.approver)
    with transaction(node):
        plan = get_open_plan(node, plan_id, lock=True)
        party = _spoken_for(plan, party_id)
        sign(plan.negotiation, party.id)
        require_frozen_text(plan)
        statement = _statement(node, plan, party, PaperAct.SIGNATURE, fact, actor, plan.digest)
        seal, now = _seal(node, statement), node.clock.now()
        signature = SignatureRecord(party.id, statement.to_json(), {}, {}, seal.to_json(), now)
        tell = {"digest": plan.digest, "party": party.id, "scan": statement.scan}
        record(node, "paper_signature_recorded", plan.id, actor.user_id, **tell)
        plan = add_signature(node, plan, signature)
        told = PlanSignedOnPaper(plan.id, plan.drafter, plan.digest, plan.version, statement, seal)
        return send(node, plan, told, party=party.id)


def _spoken_for(plan: OpenPlan, party_id: PartyId) -> Party:
    for party in plan.parties:
        if party.id == party_id and party.on_paper and party.node == plan.own:
            return party
    raise NotOnPaper(party=party_id)


def _statement(
    node: Node, plan: OpenPlan, party: Party, act: PaperAct, fact: PaperFact, actor: Actor, digest: str
) -> PaperStatement:
    post = " ".join(fact.post.split())[:300]
    if not post:
        raise TextMissing(what=N_("post"))
    return paper_statement(
        act,
        PaperFact(post, parse_day(fact.signed_on), fact.scan),
        plan_id=plan.id,
        digest=digest,
        party=party.id,
        recorded_by=actor.post,
        recorded_on=node.clock.now().date().isoformat(),
    )


def _seal(node: Node, statement: PaperStatement) -> Signature:
    return node.keyring.sign(PAPER_LABEL, paper_bytes(statement, node.settings.name), at=node.clock.now())
