"""The door of plans."""

from entraide.plans.domain.negotiation import STATE_NAMES, Negotiation, PlanState
from entraide.plans.domain.plan_text import group_digest
from entraide.plans.selectors.plans import (
    ClauseView,
    PlanView,
    SignatureView,
    compare_versions,
    find_signatory,
    get_clause,
    get_plan,
    get_review,
    list_clauses,
    list_moves,
    list_paper_agreements,
    list_plans,
    list_signatures,
    list_versions,
)
from entraide.plans.services.drafting import (
    add_clause,
    discard_changes,
    draft_plan_from_commitments,
    edit_clause,
    remove_clause,
)
from entraide.plans.services.drafting_communique import draft_communique
from entraide.plans.services.handlers import HANDLERS
from entraide.plans.services.negotiating import agree_plan, propose_plan, send_amendments
from entraide.plans.services.paper import record_paper_agreement, record_paper_signature
from entraide.plans.services.publishing import record_conference
from entraide.plans.services.signing import register_signatory, sign_plan
from entraide.plans.services.verifying import VerifiedPlan, verify_plan

__all__ = [
    "HANDLERS",
    "STATE_NAMES",
    "ClauseView",
    "Negotiation",
    "PlanState",
    "PlanView",
    "SignatureView",
    "VerifiedPlan",
    "add_clause",
    "agree_plan",
    "compare_versions",
    "discard_changes",
    "draft_communique",
    "draft_plan_from_commitments",
    "edit_clause",
    "find_signatory",
    "get_clause",
    "get_plan",
    "get_review",
    "group_digest",
    "list_clauses",
    "list_moves",
    "list_paper_agreements",
    "list_plans",
    "list_signatures",
    "list_versions",
    "propose_plan",
    "record_conference",
    "record_paper_agreement",
    "record_paper_signature",
    "register_signatory",
    "remove_clause",
    "send_amendments",
    "sign_plan",
    "verify_plan",
]
