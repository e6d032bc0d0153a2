"""One request as a use case decides on it: loaded once, frozen, and judged by pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from entraide.kernel.decision import Decision
from entraide.kernel.ids import UserId
from entraide.requests.domain.completeness import CodeLists, decide_completeness
from entraide.requests.domain.forms import Form
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.statements import ClearanceNamed, derive_content_digest
from entraide.requests.domain.told_facts import Surroundings, derive_facts
from entraide.safeguards.domain.clearance import Clearance, decide_clearance
from entraide.safeguards.domain.evaluation import evaluate
from entraide.safeguards.domain.model import GENERAL_GROUND, Evaluation, RuleSet


@dataclass(frozen=True, slots=True)
class GivenClearance:
    """A clearance as it was given on this request, with the posts of those who gave and confirmed it."""

    facts: Clearance
    cleared_by_post: str
    confirmed_by_post: str


@dataclass(frozen=True, slots=True)
class Case:
    """What decides about one request: its form, what it says, what the node knows around it, what was cleared.

    `reference` is its number, `sides` the parties that ask and are asked. `salt` is that of the content's digest;
    `checked_on` the day of the last check, None for a draft that was changed.
    """

    reference: str
    sides: Sides
    form: Form
    content: Mapping[str, Any]
    salt: bytes
    around: Surroundings
    clearances: tuple[GivenClearance, ...] = ()
    drafter: UserId | None = None
    checked_on: date | None = None

    @property
    def content_digest(self) -> str:
        """The salted digest (hex) of what the request says."""
        return derive_content_digest(self.content, self.salt)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found: completeness, the safeguards' evaluation on the day `on`, and what is left of it."""

    completeness: Decision
    evaluation: Evaluation
    remaining: Decision
    on: date

    @property
    def may_leave(self) -> bool:
        """Whether nothing stops the request any more."""
        return self.completeness.allows and self.remaining.allows


def decide_check(case: Case, rules: RuleSet, codes: CodeLists, at: datetime) -> CheckResult:
    """Return what completeness and safeguards say of `case` at the moment `at`, and what is left after clearances."""
    # A clearance holds for the very facts that were seen, and the day is one of them.
    on = case.checked_on if case.clearances and case.checked_on else at.date()
    # Words and names are no facts for a rule, but a clearance given for one text never serves another.
    around = replace(case.around, on=on, content_digest=case.content_digest)
    evaluation = evaluate(rules, derive_facts(case.form, case.content, around))
    given = [item.facts for item in case.clearances]
    remaining = decide_clearance(evaluation, given, drafter=case.drafter or UserId(UUID(int=0)), at=at)
    return CheckResult(decide_completeness(case.form, case.content, codes, at), evaluation, remaining, on)


def describe_clearances(case: Case, evaluation: Evaluation) -> tuple[ClearanceNamed, ...]:
    """Return the confirmed clearances of these very facts as a statement names them: by finding and posts.

    A protected finding is named to nobody outside (R22).
    """
    codes = {item.key: GENERAL_GROUND if item.neutral else item.code for item in evaluation.findings}
    holding = [
        item
        for item in case.clearances
        if item.facts.facts_digest == evaluation.facts_digest and item.facts.confirmed_by is not None
    ]
    return tuple(
        ClearanceNamed(codes.get(item.facts.finding_key, GENERAL_GROUND), item.cleared_by_post, item.confirmed_by_post)
        for item in sorted(holding, key=lambda item: item.facts.finding_key)
    )
