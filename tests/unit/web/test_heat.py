"""The steps and the order of the map of domains."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from entraide.programme.api import PairDomainCount
from entraide.web.register.heat import STEPS, draw_map, step_of

COUNTS = [
    PairDomainCount(("LA", "VN"), "drugs", 12),
    PairDomainCount(("LA", "VN"), "training", 1),
    PairDomainCount(("BE", "MA"), "training", 3),
    PairDomainCount(("RU", "XX"), "training", 30),
]


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_larger_count_is_never_paler(first: int, second: int):
    """Steps grow with counts, begin at the first and end at the last."""
    low, high = sorted((first, second))
    assert STEPS.index(step_of(low, high)) <= STEPS.index(step_of(high, high))
    assert step_of(0, high) == ""


@pytest.mark.parametrize(("count", "highest", "step"), [(1, 1, "a"), (1, 100, "a"), (100, 100, "e"), (4, 4, "d")])
def test_steps(count: int, highest: int, step: str):
    """One is always the palest, the highest the strongest where there are enough."""
    assert step_of(count, highest) == step


def test_the_largest_pairs_and_domains_come_first():
    """Pairs that find no room are counted; a body of many States is no pair."""
    shown = draw_map(COUNTS, most=1)
    assert [pair.total for pair in shown.pairs] == [13]
    assert shown.hidden == 1
    assert [row.total for row in shown.rows] == [12, 1]
    assert [[cell.count for cell in row.cells] for row in draw_map(COUNTS, most=5).rows] == [[12, 0], [1, 3]]
    assert draw_map([], most=5).rows == ()


def test_a_cell_says_what_it_counts():
    """To whom cannot see the table a link is called by domain, States and count, not by a number alone."""
    with override("en"):
        names = [cell.name for row in draw_map(COUNTS, most=5).rows for cell in row.cells]
    assert names == [
        "Drugs, Laos – Vietnam: 12 commitments",
        "",
        "Training, Laos – Vietnam: 1 commitment",
        "Training, Belgium – Morocco: 3 commitments",
    ]


def test_the_legend_names_the_counts_of_each_step():
    """Together the steps cover every count up to the highest."""
    assert [step for step, _ in draw_map(COUNTS, most=5).legend] == list(STEPS)
    assert draw_map(COUNTS[1:2], most=5).legend == (("a", "1"),)
