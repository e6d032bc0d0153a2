"""A row is what the acts that count make of it: cells of an act that was undone go, all others stay."""

from collections.abc import Collection
from uuid import UUID

import pytest

from entraide.storage.domain.traces import Change, Image, carry_back, list_differences, replay

PLACE = ("programme.Meeting", UUID(int=1))
A, B, C = UUID(int=10), UUID(int=11), UUID(int=12)


def changes(*steps: tuple[UUID, Image | None, Image | None]) -> list[Change]:
    return [Change(number, act, PLACE, before, after) for number, (act, before, after) in enumerate(steps)]


MADE = (A, None, {"place": "Hà Nội", "texts": {"fr": "un"}, "aliases": []})
WORDED = (B, MADE[2], {"place": "Hà Nội", "texts": {"fr": "un", "vi": "một"}, "aliases": ["x"]})
MOVED = (C, WORDED[2], {"place": "Huế", "texts": {"fr": "un", "vi": "một", "en": "one"}, "aliases": ["x", "y"]})


@pytest.mark.parametrize(
    ("undone", "row"),
    [
        ((), {"place": "Huế", "texts": {"fr": "un", "vi": "một", "en": "one"}, "aliases": ["x", "y"]}),
        ((C,), {"place": "Hà Nội", "texts": {"fr": "un", "vi": "một"}, "aliases": ["x"]}),
        ((B,), {"place": "Huế", "texts": {"fr": "un", "en": "one"}, "aliases": ["y"]}),
        ((B, C), {"place": "Hà Nội", "texts": {"fr": "un"}, "aliases": []}),
        ((A, B, C), None),
    ],
)
def test_a_row_is_what_the_acts_that_count_make_of_it(undone: Collection[UUID], row: Image | None) -> None:
    assert replay(changes(MADE, WORDED, MOVED), lambda change: change.act not in undone) == row


def test_a_row_that_an_act_took_away_is_there_again_without_it() -> None:
    found = changes(MADE, (B, MADE[2], None))
    assert replay(found, lambda change: change.act != B) == MADE[2]
    assert replay(found, lambda _change: True) is None


def test_a_row_that_was_there_before_any_act_stays_without_them() -> None:
    before = {"place": "Huế", "texts": {}}
    assert replay(changes((A, before, {"place": "Hà Nội", "texts": {}})), lambda _change: False) == before


@pytest.mark.parametrize(
    ("actual", "becomes"),
    [
        ({"place": "Huế", "texts": {"fr": "un", "vi": "một"}}, {"place": "", "texts": {"fr": "un"}}),
        (
            {"place": "Đà Nẵng", "texts": {"fr": "un", "vi": "hai"}},
            {"place": "Đà Nẵng", "texts": {"fr": "un", "vi": "hai"}},
        ),
    ],
    ids=["as acts left it", "changed by another hand"],
)
def test_what_another_hand_changed_is_left(actual: Image, becomes: Image) -> None:
    expected = {"place": "Huế", "texts": {"fr": "un", "vi": "một"}}
    target = {"place": "", "texts": {"fr": "un"}}
    assert carry_back(actual, expected, target) == becomes


def test_differences_are_told_text_by_text() -> None:
    old, new = {"texts": {"fr": "un"}, "place": "Huế"}, {"texts": {"fr": "un", "vi": "một"}, "place": "Hà Nội"}
    assert list_differences(old, new) == [("texts.vi", None, "một"), ("place", "Huế", "Hà Nội")]
    assert list_differences(None, {"place": "Huế"}) == [("place", None, "Huế")]
