"""Laws of the evaluation: empty denies, crashing refuses, a rule more never lightens."""

import hashlib
import json
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.decision import Outcome
from entraide.safeguards.api import GENERAL_GROUND, derive_refusal_ground, digest_facts, evaluate, load_rules
from entraide.safeguards.domain.codes import BasisKind, Conduct, MainElement, PublicRole
from entraide.safeguards.domain.evaluation import CRASHED, NO_CHECK
from entraide.safeguards.domain.model import Clearable, Params, RuleKind, RuleSet, SourceStatus
from entraide.safeguards.domain.request_facts import (
    AuthorityFacts,
    HumanFlags,
    LegalBasisFacts,
    OffenceFacts,
    PersonalDataFacts,
    PersonFacts,
    PreservationFacts,
    RequestFacts,
)
from tests.factories.nodes import make_node
from tests.factories.safeguards import make_evidence, make_preservation

NODE = make_node()
RULES = load_rules(NODE)
RULE = {rule.id: rule for rule in RULES.rules}
WEIGHT = list(Outcome)


def test_complete_requests_pass_all_rules() -> None:
    """The harmless request of each built type is permitted outright."""
    for facts in (make_evidence(), make_preservation()):
        evaluation = evaluate(RULES, facts)
        assert evaluation.decision.outcome is Outcome.PERMIT, evaluation.findings
        assert len(evaluation.decision.rule_ids) > 15


def test_no_rules_deny() -> None:
    """A rule set without an applicable rule blocks even the harmless request."""
    assert evaluate(RuleSet("", ()), make_evidence()).decision.outcome is Outcome.BLOCK


@pytest.mark.parametrize("rule_id", ["R14", "R17"])
def test_crashing_rule_refuses(rule_id: str) -> None:
    """A rule whose parameters are lost cannot be decided and blocks, though it would only warn; nobody clears that."""
    broken = replace(RULE[rule_id], params=Params({}))
    finding = evaluate(RuleSet("", (broken,)), make_evidence()).findings[0]
    assert (finding.code, finding.outcome) == (f"{rule_id}.crashed", Outcome.BLOCK)
    assert (finding.missing, finding.clearable) == (True, Clearable.NEVER_FOR_MISSING)
    assert (finding.message, finding.params) == (CRASHED, {"rule": rule_id})


def test_an_outcome_that_the_reviewed_rule_does_not_declare_refuses() -> None:
    """A check that would only warn, where its rule declares no warning, blocks."""
    strict = replace(RULE["R29"], other_outcomes=frozenset())
    facts = make_evidence(earlier_refusals_of_sender=5)
    assert evaluate(RuleSet("", (strict,)), facts).decision.outcome is Outcome.BLOCK
    assert evaluate(RuleSet("", (RULE["R29"],)), facts).decision.outcome is Outcome.WARN


def test_what_is_missing_is_never_lifted() -> None:
    """Violence with harm lifts a block of R04, but not one for an answer that was not given."""
    facts = make_evidence(
        conducts=frozenset({Conduct.VIOLENCE}), predominance=replace(make_evidence().predominance, act_described=None)
    )
    assert [(one.code, one.outcome) for one in evaluate(RULES, facts).findings] == [("R04.act", Outcome.BLOCK)]


def test_crashing_exception_lifts_nothing() -> None:
    """When the exception to R04 cannot be decided, the block stays."""
    broken = replace(RULE["R04"], lift=replace(RULE["R04"].lift, params=Params({})))  # type: ignore[type-var]
    facts = make_evidence(conducts=frozenset({Conduct.RELIGION}))
    assert evaluate(RuleSet("", (broken,)), facts).decision.outcome is Outcome.BLOCK


def test_types_that_are_not_carried_yet_are_refused() -> None:
    """A rule without a check refuses its types instead of passing over them."""
    evaluation = evaluate(RULES, make_evidence(request_type="extradition"))
    assert {"R13.no_check", "R15.no_check"} <= {finding.code for finding in evaluation.stopping}
    warning = next(finding for finding in evaluation.stopping if finding.rule_id == "R28")
    assert (warning.outcome, warning.missing) == (Outcome.BLOCK, True)
    assert (warning.message, warning.params) == (NO_CHECK, {"rule": "R28"})


def test_a_type_that_the_rules_do_not_know_is_judged_by_its_traits() -> None:
    """A new type is under the rules of its traits, with their force; one without a trait is under none and blocked."""
    unknown = make_evidence(request_type="cash_courier_notice")
    assert evaluate(RULES, unknown).decision.outcome is Outcome.BLOCK
    assert evaluate(RULES, unknown).decision.rule_ids == ()
    military = replace(unknown.offence, purely_military=True)
    surrender = replace(unknown, offence=military, traits=frozenset({"assistance", "surrender"}))
    found = {finding.rule_id: finding for finding in evaluate(RULES, surrender).findings}
    assert (found["R06"].kind, found["R13"].code) == (RuleKind.MANDATORY, "R13.no_check")
    assistance = replace(surrender, traits=frozenset({"assistance"}))
    assert [finding.kind for finding in evaluate(RULES, assistance).findings] == [RuleKind.OPTIONAL]


def test_nothing_stated_is_stopped_by_every_rule_of_completeness() -> None:
    """An empty form is refused with its reasons, none of which anyone may clear."""
    end = AuthorityFacts("VN")
    facts = RequestFacts("preservation", date(2026, 3, 2), end, replace(end, state="LA"))
    evaluation = evaluate(RULES, facts)
    assert {finding.rule_id for finding in evaluation.stopping} == {"R01", "R02", "R03", "R04", "R19", "R25", "R32"}
    assert {finding.clearable for finding in evaluation.stopping} == {Clearable.NEVER_FOR_MISSING}


@pytest.mark.parametrize(
    ("name", "facts", "code"),
    [
        ("no article", make_evidence(basis=replace(make_evidence().basis, article="")), "R02.article"),
        ("not a party", make_evidence(basis=replace(make_evidence().basis, requested_party=None)), "R02.not_party"),
        (
            "unregistered",
            make_evidence(recipient=replace(make_evidence().recipient, registered=False)),
            "R03.unregistered",
        ),
        ("no role", make_evidence(persons=(PersonFacts("Subject A", public_roles=frozenset()),)), "R30.role"),
        ("no expiry", make_evidence(personal_data=PersonalDataFacts(fact_or_opinion=True)), "R30.expiry"),
        ("no translation", make_evidence(language="vi"), "R32.not_accepted"),
        ("no basis", make_evidence(basis=LegalBasisFacts()), "R02.none"),
        ("no penalty", make_evidence(offence=replace(make_evidence().offence, penalty=None)), "R10.unknown"),
        ("no link", make_preservation(preservation=PreservationFacts(data_described=True)), "R25.link"),
        ("roles unanswered", make_evidence(persons=(PersonFacts("Subject A"),)), "R04.public_roles"),
        ("no offence", make_preservation(offence=OffenceFacts()), "R01.offence"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_missing_is_named(name: str, facts: RequestFacts, code: str) -> None:
    """Each gap stops the request under its own code."""
    assert code in {finding.code for finding in evaluate(RULES, facts).stopping}


def test_urgent_language_and_reciprocity_only_warn() -> None:
    """A missing translation of an urgent request, and reciprocity, are pointed out and carried."""
    urgent = evaluate(RULES, make_evidence(language="vi", urgent=True))
    assert urgent.decision.outcome is Outcome.WARN

    assert evaluate(RULES, make_evidence(basis=LegalBasisFacts(BasisKind.RECIPROCITY))).decision.outcome is Outcome.WARN


def test_protected_grounds_leave_the_node_as_one_code() -> None:
    """R04, R07, R08, R09 and R11 look the same to the other side, in the message and in a refusal."""
    assert {rule.id for rule in RULES.rules if rule.neutral} == {"R04", "R07", "R08", "R09", "R11"}
    asylum = make_evidence(persons=(replace(make_evidence().persons[0], asylum_against=frozenset({"VN"})),))
    torture = make_evidence(flags=HumanFlags(torture_risk=True))
    sent = [evaluate(RULES, facts).to_json() for facts in (asylum, torture)]
    assert canonical_bytes(sent[0]) == canonical_bytes(sent[1])
    assert derive_refusal_ground(evaluate(RULES, asylum).findings) == GENERAL_GROUND
    repeated = evaluate(RULES, make_evidence(final_judgment=True)).findings
    assert derive_refusal_ground(repeated) == "R12"


def test_policy_and_duty_are_told_apart() -> None:
    """For mutual legal assistance R04 is this node's policy; a finding carries its source and whether it was read."""
    facts = make_evidence(predominance=replace(make_evidence().predominance, main_element=MainElement.OPINION))
    finding = evaluate(RULES, facts).stopping[0]
    assert (finding.rule_id, finding.by_policy) == ("R04", True)
    assert finding.source == "UN-MODEL-EXTRADITION 3(a); INTERPOL-CONSTITUTION 3"
    assert finding.source_status is SourceStatus.TO_CONFIRM


def test_what_travels_names_grounds_and_outcomes_only() -> None:
    """The sealed message tells digests, outcome and each outward ground once; no code of a finding, no word."""
    roles = (replace(make_evidence().persons[0], public_roles=frozenset({PublicRole.JOURNALIST})),)
    evaluation = evaluate(RULES, make_evidence(persons=roles, final_judgment=True))
    assert evaluation.to_json() == {
        "rules": RULES.digest,
        "outcome": "block",
        "findings": [
            {"ground": "R12", "outcome": "block"},
            {"ground": "R24", "outcome": "needs_review"},
            {"ground": GENERAL_GROUND, "outcome": "needs_review"},
        ],
    }


@pytest.mark.parametrize(
    ("facts", "ground"),
    [
        pytest.param(make_evidence(), GENERAL_GROUND, id="nothing is found"),
        pytest.param(make_evidence(earlier_refusals_of_sender=5), GENERAL_GROUND, id="nothing stops"),
        pytest.param(make_evidence(final_judgment=True, asks_for_person=True), "R12", id="the first that stops"),
        pytest.param(
            make_evidence(final_judgment=True, flags=HumanFlags(torture_risk=True)), GENERAL_GROUND, id="one is neutral"
        ),
    ],
)
def test_a_refusal_names_one_ground(facts: RequestFacts, ground: str) -> None:
    """The first stopping rule is named, unless a protected ground is among them or nothing stops."""
    assert derive_refusal_ground(evaluate(RULES, facts).findings) == ground


@pytest.mark.parametrize(("request_type", "kind"), [("evidence", RuleKind.POLICY), ("extradition", RuleKind.MANDATORY)])
def test_a_finding_has_the_force_of_its_rule_for_the_type(request_type: str, kind: RuleKind) -> None:
    """R04 is a duty in extradition and policy in mutual legal assistance; the finding says which."""
    facts = make_evidence(request_type=request_type, conducts=frozenset({Conduct.RELIGION}))
    finding = next(one for one in evaluate(RULES, facts).findings if one.code == "R04.only_opinion")
    assert (finding.kind, finding.by_policy) == (kind, kind is RuleKind.POLICY)


def test_a_finding_carries_what_its_rule_says() -> None:
    """Sources, neutrality and who may clear come from the reviewed rule; a missing answer is cleared by nobody."""
    facts = make_evidence(final_judgment=True, flags=HumanFlags(torture_risk=True), subject_stated=False)
    for finding in evaluate(RULES, facts).findings:
        rule = RULE[finding.rule_id]
        assert (finding.sources, finding.source_status) == (rule.sources, rule.source_status)
        assert (finding.neutral, finding.missing) == (rule.neutral, finding.code == "R01.subject")
        assert finding.clearable is (Clearable.NEVER_FOR_MISSING if finding.missing else rule.clearable)


def test_the_decision_gives_every_reason_and_every_rule_that_was_consulted() -> None:
    """Reasons stand in the order of the rules, with their values; a rule that finds nothing is named all the same."""
    facts = make_evidence(basis=LegalBasisFacts(BasisKind.RECIPROCITY), earlier_refusals_of_sender=5)
    decision = evaluate(RULES, facts).decision
    assert decision.rule_ids == tuple(rule.id for rule in RULES.rules if "evidence" in rule.applies_to)
    assert [(reason.rule_id, reason.params) for reason in decision.reasons] == [("R02", {}), ("R29", {"count": "5"})]
    assert decision.reasons[0].message == evaluate(RULES, facts).findings[0].message


conducts = st.frozensets(st.sampled_from(list(Conduct)), max_size=4)
elements = st.sampled_from([None, *MainElement])
subsets = st.lists(st.sampled_from(RULES.rules), min_size=1, max_size=12, unique_by=lambda rule: rule.id)


@given(subsets, st.sampled_from(RULES.rules), conducts, elements, st.sampled_from([make_evidence, make_preservation]))
def test_a_rule_more_never_lightens(rules, more, coded, element, make) -> None:
    """Whatever is coded, adding any rule, exceptions included, keeps the outcome or makes it heavier."""
    base = make()
    facts = replace(base, conducts=coded, predominance=replace(base.predominance, main_element=element))
    before = evaluate(RuleSet("", tuple(rules)), facts).decision.outcome
    after = evaluate(RuleSet("", (*rules, more)), facts).decision.outcome
    applies = any(facts.request_type in rule.applies_to for rule in rules)
    assert not applies or WEIGHT.index(after) >= WEIGHT.index(before)


@given(conducts, st.booleans())
def test_facts_digest_binds_to_the_facts(coded: frozenset[Conduct], urgent: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
    """Two digests are equal exactly when the facts are."""
    facts, other = make_evidence(conducts=coded), make_evidence(urgent=urgent)
    same = evaluate(RULES, facts).facts_digest == evaluate(RULES, other).facts_digest
    assert same == (facts == other)


def test_facts_digest_is_that_of_the_canonical_bytes_of_plain_values() -> None:
    """Sets are sorted, dates in ISO form, codes as text: two programs come to the same digest of the same facts."""
    facts = make_evidence(conducts=frozenset({Conduct.MONEY, Conduct.DRUGS}), translations=frozenset({"vi", "fr"}))

    def plain(value: object) -> object:
        if is_dataclass(value):
            return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        if isinstance(value, frozenset):
            return sorted(value)
        return [plain(item) for item in value] if isinstance(value, tuple) else value

    expected = json.dumps(plain(facts), sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    assert digest_facts(facts) == hashlib.sha256(expected.encode()).hexdigest()
