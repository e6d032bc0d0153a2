"""Who may clear what a rule stopped: a machine may block, only named humans may clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from entraide.kernel.decision import Decision, Outcome, Reason
from entraide.kernel.ids import UserId
from entraide.kernel.text import N_
from entraide.safeguards.domain.model import Clearable, Evaluation, Finding

NEVER = N_("This cannot be cleared by anyone: supply what is missing.")
NOT_CLEARED = N_("A named person has to examine this and clear it with a reason.")
NO_DECISION = N_("This can be cleared only on the reference of a court's or an asylum authority's decision.")
NOT_CONFIRMED = N_("A second person has to confirm the clearance.")
SAME_PERSON = N_("The person who cleared this cannot confirm it, and the drafter can do neither.")
OTHER_FACTS = N_("The request was changed after it was cleared; it has to be cleared again.")


@dataclass(frozen=True, slots=True)
class Clearance:
    """One act of clearing one finding, and its confirmation by a second person.

    `finding_key` and `facts_digest` bind it to what was seen; `reason_given` says that a reason is journaled;
    `decision_reference` cites a court's or asylum authority's decision where the rule asks for one.
    """

    finding_key: str
    facts_digest: str
    cleared_by: UserId
    cleared_at: datetime
    reason_given: bool
    decision_reference: str = ""
    confirmed_by: UserId | None = None
    confirmed_at: datetime | None = None


def decide_clearance(
    evaluation: Evaluation,
    clearances: Sequence[Clearance],
    *,
    drafter: UserId,
    at: datetime,
) -> Decision:
    """Return whether all that stopped the request is cleared at the moment `at`.

    The outcome is `permit` when nothing stops or all is cleared, otherwise the heaviest outcome that is left with one
    reason per finding. An evaluation that consulted no rule cannot be cleared. Steps for each stopping finding: (1) it
    is clearable at all; (2) a clearance of this finding on these very facts exists, with a reason, not later than
    `at`; (3) its rule's need for a decision reference is met; (4) a second person confirmed; (5) clearer, confirmer
    and drafter are three persons.
    """
    if not evaluation.decision.rule_ids:
        return evaluation.decision
    open_reasons: list[Reason] = []
    heaviest = Outcome.PERMIT
    for finding in evaluation.stopping:
        why = _why_open(finding, evaluation.facts_digest, clearances, drafter, at)
        if why:
            open_reasons.append(Reason(finding.rule_id, why))
            heaviest = max(heaviest, finding.outcome, key=list(Outcome).index)
    return Decision(heaviest, evaluation.decision.rule_ids, tuple(open_reasons))


def _why_open(
    finding: Finding, facts_digest: str, clearances: Sequence[Clearance], drafter: UserId, at: datetime
) -> str:
    if finding.clearable is Clearable.NEVER_FOR_MISSING:
        return NEVER
    given = [item for item in clearances if item.finding_key == finding.key and item.cleared_at <= at]
    reasons = [_why_insufficient(item, finding, facts_digest, drafter, at) for item in given]
    if not reasons:
        return NOT_CLEARED
    return "" if "" in reasons else reasons[-1]


def _why_insufficient(item: Clearance, finding: Finding, facts_digest: str, drafter: UserId, at: datetime) -> str:
    if item.facts_digest != facts_digest:
        return OTHER_FACTS
    if not item.reason_given:
        return NOT_CLEARED
    if finding.clearable is Clearable.DECISION_REFERENCE and not item.decision_reference.strip():
        return NO_DECISION
    if item.confirmed_by is None or item.confirmed_at is None or item.confirmed_at > at:
        return NOT_CONFIRMED
    if len({drafter, item.cleared_by, item.confirmed_by}) < 3:
        return SAME_PERSON
    return ""
