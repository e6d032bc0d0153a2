"""A decision explains itself: an outcome, the rules that led to it, and reasons a person can read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What a decision says; later members outweigh earlier ones when decisions are combined."""

    PERMIT = "permit"
    WARN = "warn"
    NEEDS_REVIEW = "needs_review"
    NEEDS_ASSURANCE = "needs_assurance"
    BLOCK = "block"


_WEIGHT = {outcome: weight for weight, outcome in enumerate(Outcome)}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: the rule that gives it, its English message id and the values that fill it (no personal data)."""

    rule_id: str
    message: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome with the ids of the rules that were consulted and the reasons for it."""

    outcome: Outcome
    rule_ids: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def allows(self) -> bool:
        """Whether the act may go on without a human (permitted, or permitted with a warning)."""
        return self.outcome in (Outcome.PERMIT, Outcome.WARN)


def combine_decisions(decisions: Sequence[Decision]) -> Decision:
    """Return the heaviest outcome of `decisions` with all their rules and reasons; an empty sequence blocks.

    Adding a decision never makes the result lighter.
    """
    if not decisions:
        return Decision(Outcome.BLOCK, (), (Reason("none", "No rule was consulted."),))
    heaviest = max((decision.outcome for decision in decisions), key=lambda outcome: _WEIGHT[outcome])
    rule_ids = tuple(rule_id for decision in decisions for rule_id in decision.rule_ids)
    reasons = tuple(reason for decision in decisions for reason in decision.reasons)
    return Decision(heaviest, rule_ids, reasons)
