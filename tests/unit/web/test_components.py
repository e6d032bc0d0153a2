"""What the components compute: clocks, groups of digits, differences."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from hypothesis import given
from hypothesis import strategies as st

from entraide.web.templatetags.ui import clock_state, digit_groups, page_numbers, word_diff

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "done", "code", "text"),
    [
        (NOW + 5 * DAY, None, "running", "5 days left"),
        (NOW + timedelta(hours=7), None, "soon", "7 hours left"),
        (NOW + timedelta(seconds=20), None, "soon", "1 minute left"),
        (NOW - DAY, None, "overdue", "overdue by 1 day"),
        (NOW, NOW, "met", "done in time"),
        (NOW - 2 * DAY, NOW, "late", "done 2 days late"),
        (None, NOW, "met", "done"),
        (None, None, "none", "no time limit"),
    ],
)
def test_clock_says_how_a_term_stands(due: datetime | None, done: datetime | None, code: str, text: str):
    """A term runs, is near, is overdue, or ended in time or late."""
    state = clock_state(due, NOW, done)
    assert (state.code, state.text) == (code, text)


@pytest.mark.parametrize(
    ("value", "group", "parts"),
    [
        ("7f3a91c0", None, ["7f3a", "91c0"]),
        ("7f3a91", 4, ["7f3a", "91"]),
        ("482 917 305", None, ["482", "917", "305"]),
        ("482-917-305", 3, ["482", "917", "305"]),
    ],
)
def test_digits_are_grouped(value: str, group: int | None, parts: list[str]):
    """Two people compare group by group; groups that exist are kept."""
    assert digit_groups(value, group) == parts


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, [1, 2, "…", 12]), (5, [1, "…", 4, 5, 6, "…", 12]), (12, [1, "…", 11, 12])],
)
def test_pages_around_the_one_shown_are_offered(number: int, shown: list[int | str]):
    """The page that is shown is always among the numbers, with its neighbours and both ends."""
    assert page_numbers(Paginator(range(240), 20).get_page(number)) == shown


def test_difference_names_whole_words():
    """A changed word is shown removed and added, the rest stays as it is."""
    parts = word_diff("The conference meets in Vientiane in 2026.", "The conference meets in Hanoi in 2026.")
    assert [(part.kind, part.text) for part in parts] == [
        ("same", "The conference meets in "),
        ("del", "Vientiane"),
        ("ins", "Hanoi"),
        ("same", " in 2026."),
    ]


@given(st.text(alphabet="ab .,\n", max_size=30), st.text(alphabet="ab .,\n", max_size=30))
def test_difference_holds_both_texts(old: str, new: str):
    """Without the additions it is the old text, without the removals the new one."""
    parts = word_diff(old, new)
    assert "".join(part.text for part in parts if part.kind != "ins") == old
    assert "".join(part.text for part in parts if part.kind != "del") == new
