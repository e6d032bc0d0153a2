"""Three or more delegations at one table: the nodes of a ring with their negotiators, and a mechanism on the first."""

from collections.abc import Sequence

from entraide.access.api import Actor, Role
from entraide.directory.api import PaperFact, ensure_organisation
from entraide.kernel.ids import MechanismId, OrganisationId, PartyId, PlanId
from entraide.kernel.node import Node
from entraide.plans.api import (
    PlanView,
    VerifiedPlan,
    add_clause,
    agree_plan,
    draft_plan_from_commitments,
    edit_clause,
    get_plan,
    list_clauses,
    propose_plan,
    record_paper_agreement,
    record_paper_signature,
    register_signatory,
    send_amendments,
    sign_plan,
    verify_plan,
)
from entraide.programme.api import Party, ensure_mechanism
from tests.factories.people import make_actor
from tests.simulators.ring import Ring

FACT = PaperFact("Secretary-General", "2026-01-12", "ab" * 32)


class Council:
    """The parties by the name of their node, each with a desk officer and an approver (`desk`, `chief`)."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.nodes: dict[str, Node] = {member.node.settings.name: member.node for member in ring.members}
        self.partners = {member.node.settings.name: member.partners for member in ring.members}
        self.desk: dict[str, Actor] = {name: make_actor(node, Role.desk_officer) for name, node in self.nodes.items()}
        self.chief: dict[str, Actor] = {name: make_actor(node, Role.approver) for name, node in self.nodes.items()}

    def organisation(self, name: str, *, state: str = "", called: str = "Secretariat of Tests") -> OrganisationId:
        """Enter an organisation without a node in the directory of `name`."""
        node = self.nodes[name]
        return ensure_organisation(node, actor=self.desk[name], state=state, name=called, language="en")

    def mechanism(self, name: str, states: Sequence[str]) -> MechanismId:
        """Return the mechanism of these States on the node `name`."""
        node = self.nodes[name]
        with node.active():
            return ensure_mechanism(node, actor=self.desk[name], parties=[Party(state) for state in states])

    def draft(self, by: str, others: Sequence[str], *, paper: Sequence[OrganisationId] = ()) -> PlanId:
        """Draft a plan of one clause for 2026 on the node `by`, with the parties of the nodes `others`."""
        node = self.nodes[by]
        states = [self.nodes[name].settings.state for name in (by, *others)] + ["XX"] * len(paper)
        states = states if len(states) > 1 else [*states, "XX"]
        plan_id = draft_plan_from_commitments(
            node,
            actor=self.desk[by],
            partner_ids=[self.partners[by][name] for name in others],
            paper_ids=paper,
            mechanism_id=self.mechanism(by, states),
            period="2026",
            commitment_ids=[],
            languages=("fr", "en", "vi"),
        )
        texts = {"fr": "Former ensemble.", "en": "Train together.", "vi": "Cùng đào tạo."}
        add_clause(node, actor=self.desk[by], plan_id=plan_id, domain="training", texts=texts)
        return plan_id

    def propose(self, by: str, others: Sequence[str], *, paper: Sequence[OrganisationId] = ()) -> PlanId:
        """Draft such a plan and bring it to the others."""
        plan_id = self.draft(by, others, paper=paper)
        propose_plan(self.nodes[by], actor=self.desk[by], plan_id=plan_id)
        self.ring.deliver()
        return plan_id

    def amend(self, name: str, plan_id: PlanId, text: str, *, deliver: bool = True) -> None:
        """Change the first clause on the node `name` and send it."""
        node, desk = self.nodes[name], self.desk[name]
        clause = list_clauses(node, plan_id)[0]
        edit_clause(node, actor=desk, plan_id=plan_id, clause_id=clause.id, texts={**clause.texts, "fr": text})
        send_amendments(node, actor=desk, plan_id=plan_id)
        if deliver:
            self.ring.deliver()

    def agree(self, plan_id: PlanId, *names: str, deliver: bool = True) -> None:
        """Let the parties of these nodes agree, one after the other."""
        for name in names:
            agree_plan(self.nodes[name], actor=self.chief[name], plan_id=plan_id)
            if deliver:
                self.ring.deliver()

    def sign(self, plan_id: PlanId, *names: str) -> None:
        """Let the parties of these nodes sign, one after the other."""
        for name in names:
            node, chief, phrase = self.nodes[name], self.chief[name], f"mot de passe du ministre de {name}"
            register_signatory(node, actor=chief, passphrase=phrase, post=f"Minister of {name}")
            sign_plan(node, actor=chief, plan_id=plan_id, passphrase=phrase)
            self.ring.deliver()

    def agree_on_paper(self, name: str, plan_id: PlanId, party_id: PartyId, fact: PaperFact = FACT) -> None:
        """Record on the node `name` that a party on paper agreed."""
        record_paper_agreement(self.nodes[name], actor=self.chief[name], plan_id=plan_id, party_id=party_id, fact=fact)
        self.ring.deliver()

    def sign_on_paper(self, name: str, plan_id: PlanId, party_id: PartyId, fact: PaperFact = FACT) -> None:
        """Record on the node `name` that a party on paper signed."""
        record_paper_signature(self.nodes[name], actor=self.chief[name], plan_id=plan_id, party_id=party_id, fact=fact)
        self.ring.deliver()

    def plan(self, name: str, plan_id: PlanId) -> PlanView:
        """Return the plan as the node `name` sees it."""
        return get_plan(self.nodes[name], plan_id)

    def plans(self, plan_id: PlanId) -> list[PlanView]:
        """Return the plan as each of its parties' nodes sees it."""
        first = next(iter(self.nodes))
        holders = [party.id for party in self.plan(first, plan_id).parties if not party.on_paper]
        return [self.plan(name, plan_id) for name in holders]

    def verified(self, plan_id: PlanId) -> list[VerifiedPlan]:
        """Verify the plan on each of its parties' nodes."""
        return [verify_plan(self.nodes[plan.own], plan_id) for plan in self.plans(plan_id)]
