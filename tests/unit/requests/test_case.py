"""Deciding on a case: what is complete, what the safeguards say, what clearances leave; all without a database."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from entraide.directory.api import Party
from entraide.kernel.decision import Outcome
from entraide.kernel.ids import UserId
from entraide.requests.domain.case import Case, CheckResult, GivenClearance, Written, decide_check, describe_clearances
from entraide.requests.domain.lifecycle import State
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.statements import ClearanceNamed
from entraide.requests.domain.told_facts import Surroundings
from entraide.safeguards.api import Clearance, load_rules
from entraide.safeguards.domain.request_facts import AuthorityFacts
from tests.factories.contents import evidence_content
from tests.factories.forms import released_codes, released_form
from tests.factories.nodes import NOON, make_node

ENDS = [
    AuthorityFacts(state, registered=True, covers_type=True, covers_basis=True, languages=frozenset({"en"}))
    for state in ("VN", "LA")
]
SIDES = Sides(Party("vn-mps", "VN", "vn-mps"), Party("la-mops", "LA", "la-mops"), "vn-mps")
REQUEST = UUID(int=9)
DRAFTER, CLEARER, CONFIRMER = (UserId(UUID(int=number)) for number in (1, 2, 3))
JUDGED = "R12.judged"


def case_of(**changes: object) -> Case:
    content = evidence_content(**changes)
    around = Surroundings(NOON.date(), *ENDS)
    return Case(
        id=REQUEST,
        reference="VN-2025-000001",
        sides=SIDES,
        form=released_form("evidence"),
        state=State.DRAFT,
        thread_id=REQUEST,
        changed_at=NOON,
        written=Written(content, bytes(32)),
        around=around,
        drafter=DRAFTER,
    )


def check(case: Case, *, days: int = 0) -> CheckResult:
    return decide_check(case, load_rules(make_node()), released_codes(), NOON + timedelta(days=days))


def cleared(case: Case, **changes: Any) -> Case:  # noqa: ANN401 - any part of a clearance
    """The case once two people have cleared what it holds of a final judgment."""
    facts = Clearance(JUDGED, check(case).evaluation.facts_digest, CLEARER, NOON, True, "", CONFIRMER, NOON)
    given = GivenClearance(UUID(int=8), replace(facts, **changes), "First approver", "Second approver")
    return replace(case, clearances=(given,), checked_on=NOON.date())


def test_a_complete_harmless_case_may_leave():
    """Nothing is missing and no rule objects."""
    result = check(case_of())
    assert (result.may_leave, result.on, result.remaining.outcome) == (True, NOON.date(), Outcome.PERMIT)


def test_an_incomplete_case_may_not_leave_though_no_rule_objects():
    """Completeness and safeguards are two questions."""
    result = check(case_of(procedure=None))
    assert (result.completeness.allows, result.remaining.allows, result.may_leave) == (False, True, False)


def test_two_people_clear_what_a_rule_stopped():
    """What was cleared on these very facts stops no more, and the statement names finding and posts."""
    case = cleared(case_of(final_judgment="yes"))
    result = check(case)
    assert (result.evaluation.decision.outcome, result.may_leave) == (Outcome.BLOCK, True)
    assert describe_clearances(case, result.evaluation) == (
        ClearanceNamed(JUDGED, "First approver", "Second approver"),
    )


def test_a_clearance_holds_on_later_days():
    """The day is one of the facts, and stays that of the check that was cleared."""
    case = cleared(case_of(final_judgment="yes"))
    assert check(case, days=9).may_leave
    assert check(case, days=9).on == NOON.date()
    assert check(case_of(), days=9).on == date(2025, 1, 21)


NOT_CLEARED: dict[str, tuple[dict[str, Any], dict[str, object]]] = {
    "nobody confirmed": ({"confirmed_by": None, "confirmed_at": None}, {}),
    "the drafter cleared": ({"cleared_by": DRAFTER}, {}),
    "another finding": ({"finding_key": "R17.otherwise"}, {}),
    "a word was changed since": ({}, {"facts": "Other words, the same codes."}),
}


@pytest.mark.parametrize("name", NOT_CLEARED)
def test_what_is_not_cleared_stays_stopped(name: str):
    """A clearance is bound to its finding, to two people beside the drafter, and to every word."""
    clearance, changes = NOT_CLEARED[name]
    case = cleared(case_of(final_judgment="yes"), **clearance)
    case = replace(case, written=replace(case.says, content={**case.says.content, **changes}))
    assert not check(case).may_leave


def test_a_protected_finding_is_named_to_nobody():
    """A statement says that a general ground was cleared, never which (R22)."""
    case = case_of(beneficiary="holders_of_power")
    found = check(case).evaluation.findings[0]
    assert found.neutral
    told = describe_clearances(cleared(case, finding_key=found.key), check(case).evaluation)
    assert [item.finding for item in told] == ["general_ground"]
