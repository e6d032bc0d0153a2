"""A rule set and facts give an evaluation: an empty set denies, a crashing rule refuses, a rule more never lightens."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.decision import Decision, Outcome, Reason, combine_decisions
from entraide.kernel.text import N_
from entraide.safeguards.domain.model import Clearable, Evaluation, Finding, Hit, Lift, Rule, RuleSet
from entraide.safeguards.domain.request_facts import RequestFacts
from entraide.safeguards.domain.rules import CHECKS, EXCEPTIONS

NO_CHECK = N_("This version cannot decide the rule {rule} for such a request.")
CRASHED = N_("The rule {rule} could not be decided; what cannot be decided is refused.")


def evaluate(rules: RuleSet, facts: RequestFacts) -> Evaluation:
    """Return the evaluation of `facts` under `rules`.

    Every rule that applies to the type is consulted; the heaviest outcome wins. Rules that apply to no type of the
    request give no consent: a set without an applicable rule blocks.
    """
    decisions: list[Decision] = []
    findings: list[Finding] = []
    for rule in rules.for_type(facts.request_type, facts.traits):
        found = _evaluate_rule(rule, facts)
        findings += found
        decisions.append(_decision(rule, found))
    return Evaluation(combine_decisions(decisions), tuple(findings), rules.digest, digest_facts(facts))


def digest_facts(facts: RequestFacts) -> str:
    """Return the SHA-256 digest (hex) of the facts, so that a clearance holds for exactly what was cleared."""
    return hashlib.sha256(canonical_bytes(_plain(asdict(facts)))).hexdigest()


def _evaluate_rule(rule: Rule, facts: RequestFacts) -> list[Finding]:
    if rule.lifts:
        return []
    check = CHECKS.get(rule.id)
    if check is None:
        return [_finding(rule, facts, _undecided(rule, "no_check", NO_CHECK))]
    try:
        hits = tuple(check(facts, rule.params))
    except Exception:  # noqa: BLE001 - whatever breaks in a rule must refuse, never permit
        return [_finding(rule, facts, _undecided(rule, "crashed", CRASHED))]
    return [_finding(rule, facts, hit) for hit in hits]


def _undecided(rule: Rule, code: str, message: str) -> Hit:
    return Hit(f"{rule.id}.{code}", message, {"rule": rule.id}, Outcome.BLOCK, missing=True)


def _finding(rule: Rule, facts: RequestFacts, hit: Hit) -> Finding:
    outcome = hit.outcome or rule.outcome
    if outcome not in {rule.outcome, *rule.other_outcomes}:
        # A check that gives an outcome its reviewed rule does not declare is a defect, and defects refuse.
        outcome = Outcome.BLOCK
    lifted_by = ""
    if outcome is Outcome.BLOCK and not hit.missing and rule.lift and _is_lifted(rule.lift, facts):
        outcome, lifted_by = rule.lift.outcome, rule.lift.rule_id
    return Finding(
        code=hit.code,
        rule_id=rule.id,
        outcome=outcome,
        message=hit.message,
        params=dict(hit.params),
        source="; ".join(str(source) for source in rule.sources),
        sources=rule.sources,
        source_status=rule.source_status,
        clearable=Clearable.NEVER_FOR_MISSING if hit.missing else rule.clearable,
        kind=rule.kind_for(facts.request_type, facts.traits),
        neutral=rule.neutral,
        missing=hit.missing,
        lifted_by=lifted_by,
    )


def _is_lifted(lift: Lift, facts: RequestFacts) -> bool:
    try:
        return EXCEPTIONS[lift.rule_id](facts, lift.params) is True
    except Exception:  # noqa: BLE001 - an exception to a rule that cannot be decided does not hold
        return False


def _decision(rule: Rule, findings: list[Finding]) -> Decision:
    if not findings:
        return Decision(Outcome.PERMIT, (rule.id,))
    each = [
        Decision(finding.outcome, (rule.id,), (Reason(rule.id, finding.message, dict(finding.params)),))
        for finding in findings
    ]
    combined = combine_decisions(each)
    return Decision(combined.outcome, (rule.id,), combined.reasons)


def _plain(value: Any) -> Any:  # noqa: ANN401 - walks any value of the facts
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
