"""Only named humans clear what a rule stopped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from entraide.kernel.decision import Outcome
from entraide.kernel.ids import UserId
from entraide.safeguards.api import Clearance, decide_clearance, evaluate, load_rules
from entraide.safeguards.domain import clearance as texts
from entraide.safeguards.domain.model import RuleSet
from entraide.safeguards.domain.request_facts import EarlierRefusal, HumanFlags
from tests.factories.nodes import make_node
from tests.factories.safeguards import SUBJECT_A, make_evidence

NODE = make_node()
RULES = load_rules(NODE)
DRAFTER, FIRST, SECOND = (UserId(UUID(int=number)) for number in (1, 2, 3))
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
REPEATED = evaluate(RULES, make_evidence(earlier_refusals=(EarlierRefusal("VN-2026-0007"),)))
ASYLUM = evaluate(RULES, make_evidence(persons=(replace(SUBJECT_A, asylum_against=frozenset({"VN"})),)))
INCOMPLETE = evaluate(RULES, make_evidence(facts_stated=False))
CLEARED = Clearance(
    REPEATED.stopping[0].key, REPEATED.facts_digest, FIRST, AT, reason_given=True, confirmed_by=SECOND, confirmed_at=AT
)
ASYLUM_CLEARED = replace(CLEARED, finding_key="R08.asylum", facts_digest=ASYLUM.facts_digest)


@pytest.mark.parametrize(
    ("name", "evaluation", "given", "why"),
    [
        ("cleared and confirmed", REPEATED, CLEARED, None),
        ("nobody cleared", REPEATED, None, texts.NOT_CLEARED),
        ("not confirmed", REPEATED, replace(CLEARED, confirmed_by=None), texts.NOT_CONFIRMED),
        ("confirmed later", REPEATED, replace(CLEARED, confirmed_at=AT + timedelta(hours=1)), texts.NOT_CONFIRMED),
        ("confirmed by oneself", REPEATED, replace(CLEARED, confirmed_by=FIRST), texts.SAME_PERSON),
        ("cleared by the drafter", REPEATED, replace(CLEARED, cleared_by=DRAFTER), texts.SAME_PERSON),
        ("confirmed by the drafter", REPEATED, replace(CLEARED, confirmed_by=DRAFTER), texts.SAME_PERSON),
        ("no reason", REPEATED, replace(CLEARED, reason_given=False), texts.NOT_CLEARED),
        ("changed afterwards", REPEATED, replace(CLEARED, facts_digest="00"), texts.OTHER_FACTS),
        ("another finding", REPEATED, replace(CLEARED, finding_key="R12.judged"), texts.NOT_CLEARED),
        ("asylum by colleagues", ASYLUM, ASYLUM_CLEARED, texts.NO_DECISION),
        ("asylum on a decision", ASYLUM, replace(ASYLUM_CLEARED, decision_reference="Court order 12/2026"), None),
        ("missing facts", INCOMPLETE, replace(CLEARED, finding_key="R01.facts"), texts.NEVER),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_clearance(name, evaluation, given, why) -> None:
    """A clearance holds when three persons, a reason and, where asked for, a decision stand behind it."""
    decision = decide_clearance(evaluation, [given] if given else [], drafter=DRAFTER, at=AT)
    assert [reason.message for reason in decision.reasons] == ([why] if why else [])
    assert (decision.outcome is Outcome.PERMIT) == (why is None)


def test_one_sufficient_clearance_is_enough() -> None:
    """A clearance that lacks its confirmation undoes no other of the same finding, in whatever order they came."""
    open_one = replace(CLEARED, confirmed_by=None)
    for given in ([CLEARED, open_one], [open_one, CLEARED]):
        assert decide_clearance(REPEATED, given, drafter=DRAFTER, at=AT).outcome is Outcome.PERMIT


def test_the_heaviest_of_what_is_left_open_decides() -> None:
    """Each open finding gives its reason and keeps its outcome; what is cleared weighs no longer."""
    facts = make_evidence(
        earlier_refusals=(EarlierRefusal("VN-2026-0007"),), flags=HumanFlags(unfair_trial=True, sovereignty=True)
    )
    evaluation = evaluate(RULES, facts)
    again = replace(CLEARED, facts_digest=evaluation.facts_digest)
    left = decide_clearance(evaluation, [again], drafter=DRAFTER, at=AT)
    assert left.outcome is Outcome.NEEDS_ASSURANCE
    assert [reason.rule_id for reason in left.reasons] == ["R11", "R20"]
    assert left.rule_ids == evaluation.decision.rule_ids
    review = replace(again, finding_key="R11.unfair")
    assert decide_clearance(evaluation, [again, review], drafter=DRAFTER, at=AT).outcome is Outcome.NEEDS_REVIEW
    assert decide_clearance(evaluation, [], drafter=DRAFTER, at=AT).outcome is Outcome.BLOCK


def test_no_rules_cannot_be_cleared() -> None:
    """An evaluation that consulted no rule stays blocked whatever is cleared."""
    empty = evaluate(RuleSet("", ()), make_evidence())
    assert decide_clearance(empty, [CLEARED], drafter=DRAFTER, at=AT).outcome is Outcome.BLOCK


def test_only_four_rules_ask_for_a_decision() -> None:
    """R08, R09, R27 and R31 are cleared on the reference of a court's or asylum authority's decision alone."""
    asked = {rule.id for rule in RULES.rules if rule.clearable.value == "decision_reference"}
    assert asked == {"R08", "R09", "R27", "R31"}
