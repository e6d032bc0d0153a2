"""One request as a use case decides on it: loaded once, frozen, and judged by pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from entraide.kernel.decision import Decision
from entraide.kernel.ids import RequestId, UserId
from entraide.requests.domain.clocks import Event
from entraide.requests.domain.completeness import CodeLists, decide_completeness
from entraide.requests.domain.forms import Form
from entraide.requests.domain.lifecycle import Direction, State
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.statements import ClearanceNamed, derive_content_digest
from entraide.requests.domain.timeline import EvidenceFacts
from entraide.requests.domain.told_facts import Surroundings, derive_facts
from entraide.safeguards.domain.clearance import Clearance, decide_clearance
from entraide.safeguards.domain.evaluation import evaluate
from entraide.safeguards.domain.model import GENERAL_GROUND, Evaluation, RuleSet


@dataclass(frozen=True, slots=True)
class GivenClearance:
    """A clearance as it was given on this request, with the posts of those who gave and confirmed it."""

    id: UUID
    facts: Clearance
    cleared_by_post: str
    confirmed_by_post: str


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of the last check, and what may clear it (`Clearable`)."""

    key: str
    clearable: str


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer as it lies here, its content sealed; `state` is draft, approved or received."""

    id: UUID
    state: str
    drafter: UserId | None
    written_at: datetime
    message_id: UUID | None
    content: bytes | None = field(repr=False)
    statement: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Written:
    """What a request says, and the salt of its digest."""

    content: Mapping[str, Any]
    salt: bytes

    @property
    def digest(self) -> str:
        """The salted digest (hex) of what the request says."""
        return derive_content_digest(self.content, self.salt)


@dataclass(frozen=True, slots=True)
class Case:
    """What decides about one request: where it stands, who asks whom, what happened, and what the use case needs more.

    `reference` is its number; `events` and `answers` are in the order of time; `evidences` are those of its messages
    and `has_left` tells that one was sent. `writers` are all who did an act that excludes from the one to be decided.
    `checked_on` is the day of the last check, None for a draft that was changed, `facts_digest` that of its facts.
    `written` and `around`, what it says and what the node knows around it, are there for those who decide on it,
    `clearances` and `findings` likewise.
    """

    id: RequestId
    reference: str
    sides: Sides
    form: Form
    state: State
    thread_id: UUID
    changed_at: datetime
    urgent: bool = False
    has_left: bool = False
    events: tuple[Event, ...] = ()
    evidences: tuple[EvidenceFacts, ...] = ()
    answers: tuple[AnswerRecord, ...] = ()
    drafter: UserId | None = None
    writers: frozenset[UserId] = frozenset()
    checked_on: date | None = None
    facts_digest: str = ""
    preserved_until: date | None = None
    clearances: tuple[GivenClearance, ...] = ()
    findings: tuple[Found, ...] = ()
    written: Written | None = None
    around: Surroundings | None = None
    wrapped_key: bytes | None = field(default=None, repr=False)

    @property
    def direction(self) -> Direction:
        """Which side this node is."""
        return self.sides.direction

    @property
    def says(self) -> Written:
        """What the request says; raises `LookupError` where the use case did not load it."""
        if self.written is None:
            raise LookupError("the content was not loaded")
        return self.written

    @property
    def draft_answer(self) -> AnswerRecord | None:
        """The answer that is drafted and waits for approval."""
        return next((answer for answer in self.answers if answer.state == "draft"), None)

    def happened(self, kind: str) -> bool:
        """Whether there is an event of this kind."""
        return any(event.kind == kind for event in self.events)

    def clearance_of(self, finding_key: str) -> GivenClearance | None:
        """The clearance of a finding on the facts as they were last checked."""
        for item in self.clearances:
            if (item.facts.finding_key, item.facts.facts_digest) == (finding_key, self.facts_digest):
                return item
        return None


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
    """Return what completeness and safeguards say of `case` at the moment `at`, and what is left after clearances.

    Raises `LookupError` where content or surroundings were not loaded.
    """
    if case.around is None:
        raise LookupError("the surroundings were not loaded")
    # A clearance holds for the very facts that were seen, and the day is one of them.
    on = case.checked_on if case.clearances and case.checked_on else at.date()
    # Words and names are no facts for a rule, but a clearance given for one text never serves another.
    around = replace(case.around, on=on, content_digest=case.says.digest)
    evaluation = evaluate(rules, derive_facts(case.form, case.says.content, around))
    given = [item.facts for item in case.clearances]
    remaining = decide_clearance(evaluation, given, drafter=case.drafter or UserId(UUID(int=0)), at=at)
    return CheckResult(decide_completeness(case.form, case.says.content, codes, at), evaluation, remaining, on)


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
