"""The text of a plan that was signed on this node, as the source of its own commitments."""

from dataclasses import dataclass

from entraide.kernel.node import Node
from entraide.plans.api import (
    ClauseView,
    PlanState,
    SignatureView,
    get_plan,
    list_clauses,
    list_signatures,
)
from entraide.programme.api import InstrumentView


@dataclass(frozen=True, slots=True)
class SignedText:
    """The frozen text: its digest (SHA-256, hexadecimal), its clauses and the posts that signed it."""

    digest: str
    authentic: tuple[str, ...]
    clauses: tuple[ClauseView, ...]
    signatures: tuple[SignatureView, ...]


def find_signed_text(node: Node, instrument: InstrumentView) -> SignedText | None:
    """Return the text that was signed on this node and became `instrument`, or None; drafts are never public."""
    if instrument.plan_id is None:
        return None
    plan = get_plan(node, instrument.plan_id)
    if plan.state is not PlanState.SIGNED:
        return None
    return SignedText(plan.digest, plan.authentic, list_clauses(node, plan.id), list_signatures(node, plan.id))
