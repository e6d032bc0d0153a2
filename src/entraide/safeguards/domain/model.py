"""Rules, findings and evaluations as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from entraide.kernel.decision import Decision, Outcome

GENERAL_GROUND = "general_ground"
"""The neutral code under which R04, R07, R08, R09 and R11 leave the node: assistance not possible, general ground."""


class RuleKind(StrEnum):
    """Force of a rule, the heaviest first: mandatory, optional ground, or this product's own policy."""

    MANDATORY = "M"
    OPTIONAL = "O"
    POLICY = "P"


class SourceStatus(StrEnum):
    """Whether the cited text was read, or the article still has to be checked against the official text."""

    SEEN = "seen"
    TO_CONFIRM = "to_confirm"


class Clearable(StrEnum):
    """Who may clear what a rule stopped.

    `two_humans`: a named human clears, a second one confirms. `decision_reference`: the same two, and only on the
    reference of a court's or asylum authority's decision. `never_for_missing`: nobody; what is missing is supplied.
    """

    TWO_HUMANS = "two_humans"
    DECISION_REFERENCE = "decision_reference"
    NEVER_FOR_MISSING = "never_for_missing"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from: a code of the vocabulary `instruments`, the article, and whether it was read."""

    instrument: str
    article: str
    status: SourceStatus

    def __str__(self) -> str:
        """Return the citation in short form, such as `UNTOC 18(15)`."""
        return f"{self.instrument} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class Params:
    """The reviewed lists and numbers of a rule; a missing one raises `KeyError`, and a crashing rule refuses."""

    values: Mapping[str, Any] = field(default_factory=dict)

    def codes(self, name: str) -> frozenset[str]:
        """Return the list of codes `name`."""
        return frozenset(str(code) for code in self.values[name])

    def number(self, name: str) -> int:
        """Return the whole number `name`."""
        return int(self.values[name])

    def table(self, name: str) -> dict[str, frozenset[str]]:
        """Return the table `name` of codes to lists of codes."""
        return {str(key): frozenset(str(code) for code in codes) for key, codes in self.values[name].items()}


@dataclass(frozen=True, slots=True)
class Lift:
    """An exception to a rule: when the rule `rule_id` holds, a block of the lifted rule becomes `outcome`."""

    rule_id: str
    outcome: Outcome
    params: Params


@dataclass(frozen=True, slots=True)
class Rule:
    """One reviewed rule, as it stands in `vocabulary/rules.yaml`.

    `applies_to` and `kinds` (its force, with `default` for the others) name traits and, for the types that the rules
    know, their ids. `other_outcomes` are the lighter ones
    that its check may give besides `outcome`. `lift` is its exception. A rule that `lifts` another finds nothing by
    itself. `neutral` rules leave the node under one general ground.
    """

    id: str
    applies_to: frozenset[str]
    outcome: Outcome
    other_outcomes: frozenset[Outcome]
    kinds: Mapping[str, RuleKind]
    clearable: Clearable
    neutral: bool
    sources: tuple[Source, ...]
    params: Params
    since: date
    lift: Lift | None = None
    lifts: str = ""

    def kind_for(self, request_type: str, traits: frozenset[str] = frozenset()) -> RuleKind:
        """Return the force of the rule for a request of this type: the heaviest that its traits give it."""
        named = {self.kinds[name] for name in (request_type, *traits) if name in self.kinds}
        return next((kind for kind in RuleKind if kind in named), self.kinds["default"])

    @property
    def source_status(self) -> SourceStatus:
        """`seen` only when every cited text was read."""
        seen = all(source.status is SourceStatus.SEEN for source in self.sources)
        return SourceStatus.SEEN if seen else SourceStatus.TO_CONFIRM


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of a node and the SHA-256 digest (hex) of their canonical structure, labels not included."""

    digest: str
    rules: tuple[Rule, ...]

    def for_type(self, request_type: str, traits: frozenset[str] = frozenset()) -> tuple[Rule, ...]:
        """Return the rules that apply to a request of this type, or to one with one of these traits."""
        return tuple(rule for rule in self.rules if rule.applies_to & {request_type, *traits})


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found: a stable code such as `R04.only_opinion`, an English message id and the values that fill it.

    `outcome` is given only where it differs from the rule's own. `missing`: something was not stated or answered, so
    it is supplied, never cleared.
    """

    code: str
    message: str
    params: Mapping[str, str] = field(default_factory=dict)
    outcome: Outcome | None = None
    missing: bool = False


def lacking(code: str, message: str, **params: str) -> Hit:
    """Return a hit for something that is not stated or answered."""
    return Hit(code, message, params, missing=True)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a rule on one request, with all that a person needs to understand and to answer it."""

    code: str
    rule_id: str
    outcome: Outcome
    message: str
    params: Mapping[str, str]
    source: str
    sources: tuple[Source, ...]
    source_status: SourceStatus
    clearable: Clearable
    kind: RuleKind
    neutral: bool
    missing: bool = False
    lifted_by: str = ""

    @property
    def key(self) -> str:
        """What a clearance names: the code with the values that tell two findings of one code apart."""
        return ":".join((self.code, *(self.params[name] for name in sorted(self.params))))

    @property
    def stops(self) -> bool:
        """Whether the request may not go on before a human has acted."""
        return self.outcome not in (Outcome.PERMIT, Outcome.WARN)

    @property
    def by_policy(self) -> bool:
        """Whether carriage is refused by this node's policy; no State has refused anything."""
        return self.kind is not RuleKind.MANDATORY

    @property
    def outward_code(self) -> str:
        """The code that may leave the node: the rule's id, or the general ground for a protected one."""
        return GENERAL_GROUND if self.neutral else self.rule_id


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The decision on one request, its findings, and the digests (hex) of the rules and of the facts it rests on."""

    decision: Decision
    findings: tuple[Finding, ...]
    rules_digest: str
    facts_digest: str

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """The findings that a human must answer."""
        return tuple(finding for finding in self.findings if finding.stops)

    def to_json(self) -> dict[str, Any]:
        """Return what travels in the sealed message: digests, outcome, and findings under their outward codes."""
        seen = sorted({(finding.outward_code, finding.outcome.value) for finding in self.findings})
        return {
            "rules": self.rules_digest,
            "outcome": self.decision.outcome.value,
            "findings": [{"ground": code, "outcome": outcome} for code, outcome in seen],
        }


def derive_refusal_ground(findings: tuple[Finding, ...]) -> str:
    """Return the one ground that a refusal names to the other side: the general ground as soon as one finding is
    neutral, otherwise the id of the first stopping rule; the general ground also when nothing is found.
    """
    stopping = [finding for finding in findings if finding.stops]
    if not stopping or any(finding.neutral for finding in stopping):
        return GENERAL_GROUND
    return stopping[0].rule_id
