"""Decisions."""

from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.decision import Decision, Outcome, combine_decisions

decisions = st.builds(Decision, st.sampled_from(Outcome), st.tuples(st.text(max_size=3)))
ORDER = list(Outcome)


def test_no_rule_at_all_blocks() -> None:
    """An empty rule set denies."""
    assert combine_decisions([]).outcome is Outcome.BLOCK


@given(st.lists(decisions, min_size=1), decisions)
def test_adding_a_decision_never_makes_the_result_lighter(some: list[Decision], more: Decision) -> None:
    """The heaviest outcome wins, whatever is added."""
    before, after = combine_decisions(some), combine_decisions([*some, more])
    assert ORDER.index(after.outcome) >= ORDER.index(before.outcome)
    assert after.rule_ids[: len(before.rule_ids)] == before.rule_ids
