"""Where a query is found in a text, as a reader sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.search.domain.marking import mark_excerpt, mark_terms


def marked(text: str, query: str) -> list[str]:
    """Return the stretches of `text` that are marked."""
    return [part for part, found in mark_terms(text, query) if found]


@pytest.mark.parametrize(
    ("text", "query", "stretches"),
    [
        ("Le général Tô Lâm, ministre", "to lam", ["Tô Lâm"]),
        ("Le général To Lam, ministre", "Tô Lâm", ["To Lam"]),
        ("Lâm, Tô, tổng kết", "to lam", ["Lâm", "Tô", "tổ"]),
        ("tổng kết, Tô Lâm", "to lam", ["Tô Lâm"]),
        ("cửa khẩu, đường biên giới", "duong", ["đường"]),
        ("中华人民共和国公安部部长", "公安部", ["公安部"]),
        ("ກະຊວງປ້ອງກັນຄວາມສະຫງົບ", "ປ້ອງກັນ", ["ປ້ອງກັນ"]),
        ("the cooperation of both", "coop", ["coop"]),
        ("a scooped cooperation", "coop", ["coop"]),
        ("Hanoï", "vientiane", []),
        ("Hanoï", "…", []),
    ],
    ids=[
        "accents",
        "no accents",
        "in another order",
        "as typed only",
        "stroke",
        "Chinese",
        "Lao",
        "beginning",
        "not inside",
        "absent",
        "no word",
    ],
)
def test_the_find_is_marked_as_it_is_written(text: str, query: str, stretches: list[str]):
    """Compared without accents, marks and case; shown with them."""
    assert marked(text, query) == stretches


@given(st.text(max_size=200), st.text(max_size=40))
def test_marking_changes_no_character(text: str, query: str):
    """Whatever is asked for, the stretches joined are the text."""
    assert "".join(part for part, _ in mark_terms(text, query)) == text


def test_an_excerpt_shows_the_first_find():
    """A long text is cut around what was asked for, with an ellipsis where words are left out."""
    excerpt = mark_excerpt("one " * 100 + "Viêng Chăn " + "two " * 100, "vieng", 40)
    text = "".join(part for part, _ in excerpt)
    assert ("Viêng", True) in excerpt
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) < 150
