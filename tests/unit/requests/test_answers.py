"""Answers: a refusal is itself checked, and a protected ground leaves as one neutral code."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.canonical import canonical_bytes
from entraide.requests.domain.answers import (
    PROTECTED_GROUNDS,
    AnswerOutcome,
    ProtectedGroundRefusesAll,
    RefusalWithoutConsultation,
    derive_act,
    derive_sent_answer,
    require_grounds,
)
from entraide.requests.domain.lifecycle import Act
from entraide.safeguards.api import load_rules
from tests.factories.nodes import make_node

CONSULTED = {"reasons": "Because.", "consultation_means": "call", "consulted_on": "2025-01-10"}


def test_protected_grounds_are_those_of_the_safeguards():
    """The grounds that leave as one neutral code are the rules that the safeguards mark as neutral."""
    assert {rule.id for rule in load_rules(make_node()).rules if rule.neutral} == PROTECTED_GROUNDS


@given(
    st.sampled_from(sorted(PROTECTED_GROUNDS)),
    st.dictionaries(
        st.sampled_from(
            ["reasons", "done", "conditions_of_use", "handling", "language", "consultation_means", "expected_on"]
        ),
        st.text(max_size=20),
    ),
)
def test_refusals_on_protected_grounds_are_equal_to_the_byte(ground: str, written: dict[str, str]):
    """Whatever the protected ground and whatever was written, what leaves is the same."""
    sent = derive_sent_answer({**written, "outcome": "refused", "ground": ground})
    assert canonical_bytes(sent) == b'{"ground":"general","outcome":"refused"}'


STOPPED: dict[str, tuple[dict[str, Any], type[Exception]]] = {
    "a refusal without a consultation": (
        {"outcome": "refused", "ground": "R20", "reasons": "Because."},
        RefusalWithoutConsultation,
    ),
    "a refusal without reasons": (
        {"outcome": "refused", "ground": "R20", "consultation_means": "call", "consulted_on": "2025-01-10"},
        RefusalWithoutConsultation,
    ),
    "a postponement without a consultation": (
        {"outcome": "postponed", "ground": "R20", "reasons": "Because."},
        RefusalWithoutConsultation,
    ),
    "a postponement on a protected ground": (
        {"outcome": "postponed", "ground": "R09", **CONSULTED},
        ProtectedGroundRefusesAll,
    ),
    "a part on a protected ground": ({"outcome": "in_part", "ground": "R04", **CONSULTED}, ProtectedGroundRefusesAll),
}

FREE: dict[str, dict[str, Any]] = {
    "an execution": {"outcome": "executed"},
    "a refusal with consultation and reasons": {"outcome": "refused", "ground": "R20", **CONSULTED},
    "a refusal on a protected ground": {"outcome": "refused", "ground": "R08"},
    "an execution that once named a protected ground": {"outcome": "executed", "ground": "R08"},
}


@pytest.mark.parametrize("case", STOPPED)
def test_a_refusal_that_r22_stops(case: str):
    """R22 blocks the refusal itself."""
    answer, error = STOPPED[case]
    with pytest.raises(error):
        require_grounds(answer)


@pytest.mark.parametrize("case", FREE)
def test_an_answer_that_may_leave(case: str):
    """Executions, founded refusals and neutral refusals may leave."""
    require_grounds(FREE[case])


def test_an_execution_carries_no_ground():
    """A ground that stayed in the form from an earlier draft does not leave with an execution."""
    sent = derive_sent_answer({"outcome": "executed", "done": "x", "ground": "R08", "reasons": "secret"})
    assert sent == {"outcome": "executed", "done": "x"}


def test_a_postponement_leaves_the_request_in_execution():
    """Only a final outcome answers a request."""
    assert {outcome: derive_act(outcome) for outcome in AnswerOutcome} == {
        AnswerOutcome.EXECUTED: Act.ANSWERED,
        AnswerOutcome.IN_PART: Act.ANSWERED,
        AnswerOutcome.REFUSED: Act.ANSWERED,
        AnswerOutcome.POSTPONED: Act.POSTPONED,
    }
