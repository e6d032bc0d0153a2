"""Two delegations at one table: two paired nodes with their negotiators, and last year's plan on A."""

from entraide.access.api import Actor, Role
from entraide.kernel.ids import PlanId
from entraide.kernel.node import Node
from entraide.plans.api import (
    ClauseView,
    PlanView,
    agree_plan,
    draft_plan_from_commitments,
    get_plan,
    list_clauses,
    propose_plan,
    register_signatory,
    sign_plan,
)
from entraide.programme.api import (
    CommitmentStatus,
    InstrumentKind,
    Party,
    create_commitment,
    create_instrument,
    ensure_mechanism,
)
from tests.factories.people import make_actor
from tests.simulators.pair import SimulatedPair

PASSPHRASES = {"a": "mot de passe du ministre vietnamien", "b": "mot de passe du ministre laotien"}


class Table:
    """The two sides `a` (Vietnam) and `b` (Laos), each with a desk officer and an approver (`desk`, `chief`).

    The commitments of 2025 stand on A.
    """

    def __init__(self, pair: SimulatedPair) -> None:
        self.pair = pair
        self.a: Node = pair.a.node
        self.b: Node = pair.b.node
        self.desk: dict[str, Actor] = {
            "a": make_actor(self.a, Role.desk_officer),
            "b": make_actor(self.b, Role.desk_officer),
        }
        self.chief: dict[str, Actor] = {"a": make_actor(self.a, Role.approver), "b": make_actor(self.b, Role.approver)}
        with self.a.active():
            self.mechanism = ensure_mechanism(self.a, actor=self.desk["a"], parties=[Party("VN"), Party("LA")])
            self.last = create_instrument(
                self.a,
                actor=self.desk["a"],
                mechanism_id=self.mechanism,
                kind=InstrumentKind.PLAN,
                titles={"fr": "plan de coopération 2025"},
                period="2025",
            )
            self.commitments = [
                create_commitment(
                    self.a,
                    actor=self.desk["a"],
                    mechanism_id=self.mechanism,
                    domain=domain,
                    status=CommitmentStatus.PLEDGED,
                    texts={"fr": text},
                    instrument_id=self.last,
                    period="2025",
                )
                for domain, text in (("drugs", "Lutter contre la drogue."), ("legal-assistance", "Entraide pénale."))
            ]

    def node(self, side: str) -> Node:
        """Return the node of a side."""
        return {"a": self.a, "b": self.b}[side]

    def draft(self) -> PlanId:
        """Draft the plan for 2026 on A from the commitments of 2025."""
        with self.a.active():
            return draft_plan_from_commitments(
                self.a,
                actor=self.desk["a"],
                partner_ids=[self.pair.a.partner_id],
                mechanism_id=self.mechanism,
                period="2026",
                commitment_ids=self.commitments,
            )

    def plan(self, side: str, plan_id: PlanId) -> PlanView:
        """Return the plan as a side sees it."""
        return get_plan(self.node(side), plan_id)

    def clauses(self, side: str, plan_id: PlanId) -> tuple[ClauseView, ...]:
        """Return the clauses as a side sees them."""
        return list_clauses(self.node(side), plan_id)

    def propose(self) -> PlanId:
        """Draft the plan on A and bring it to B."""
        plan_id = self.draft()
        propose_plan(self.a, actor=self.desk["a"], plan_id=plan_id)
        self.pair.deliver()
        return plan_id

    def agree_both(self, plan_id: PlanId) -> None:
        """Let both sides agree to the present version."""
        for side in ("a", "b"):
            agree_plan(self.node(side), actor=self.chief[side], plan_id=plan_id)
            self.pair.deliver()

    def sign_both(self, plan_id: PlanId) -> None:
        """Let both sides sign the frozen text."""
        self.sign("a", plan_id)
        self.sign("b", plan_id)

    def sign(self, side: str, plan_id: PlanId) -> None:
        """Register a side's signatory and let them sign."""
        node = self.node(side)
        with node.active():
            register_signatory(node, actor=self.chief[side], passphrase=PASSPHRASES[side], post=f"Minister {side}")
        sign_plan(node, actor=self.chief[side], plan_id=plan_id, passphrase=PASSPHRASES[side])
        self.pair.deliver()
