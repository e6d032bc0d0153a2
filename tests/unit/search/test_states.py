"""Names of States in every form in which people write them."""

import datetime as dt

import pytest

from entraide.search.domain.asking import ask, mark_names
from entraide.search.domain.marks import mark_number, mark_state, mark_year, marks_of_day
from entraide.search.domain.states import find_states


@pytest.mark.parametrize(
    ("query", "states"),
    [
        pytest.param("Vietnam Laos 2025", ("LA", "VN"), id="French and English"),
        pytest.param("Viêt Nam Laos", ("LA", "VN"), id="as French law writes it"),
        pytest.param("Việt Nam Lào", ("LA", "VN"), id="Vietnamese"),
        pytest.param("viet nam lao", ("LA", "VN"), id="without accents"),
        pytest.param("Viet Nam Lao PDR", ("LA", "VN"), id="as the United Nations write it"),
        pytest.param("VN LA", ("LA", "VN"), id="codes of two letters"),
        pytest.param("VNM LAO", ("LA", "VN"), id="codes of three letters"),
        pytest.param("kế hoạch Việt - Lào", ("LA", "VN"), id="short names"),
        pytest.param("le plan vietnamo-lao", ("LA",), id="a compound names one for sure"),
        pytest.param("ministère vietnamien et laotien", ("LA", "VN"), id="adjectives"),
        pytest.param("hội nghị Việt Trung", ("CN", "VN"), id="two short names"),
        pytest.param("Côte d'Ivoire", ("CI",), id="with an apostrophe"),
        pytest.param("République démocratique du Congo", ("CD",), id="the longest name"),
        pytest.param("USA Hoa Kỳ", ("US",), id="one State twice"),
        pytest.param("plan de la drogue", (), id="an article is no code"),
        pytest.param("sở lao động Lào Cai", (), id="a word and a province are no State"),
        pytest.param("bộ tư pháp", (), id="justice is not France"),
        pytest.param("5e réunion", (), id="a meeting is not La Réunion"),
    ],
)
def test_a_query_names_states_in_any_form(query, states):
    """Accents, capitals, language, codes and adjectives make no difference; words that only look so are no State."""
    assert ask(query).states == states


@pytest.mark.parametrize(
    ("query", "mark"),
    [
        pytest.param("7e conférence", mark_number(7), id="French ordinal"),
        pytest.param("7th conference", mark_number(7), id="English ordinal"),
        pytest.param("lần thứ 7", mark_number(7), id="Vietnamese ordinal"),
        pytest.param("septième conférence", mark_number(7), id="ordinal as a word"),
        pytest.param("kế hoạch năm 2025", mark_year(2025), id="a year with its word"),
        pytest.param("12/01/2025", marks_of_day(dt.date(2025, 1, 12))[0], id="a day in digits"),
        pytest.param("8/2024", marks_of_day(dt.date(2024, 8, 1))[1], id="a month in digits"),
    ],
)
def test_a_query_names_numbers_years_and_days_in_any_form(query, mark):
    """What is meant is asked for, not the words that say it."""
    assert mark in [one for choice in ask(query).choices for one in choice.marks]


def test_a_name_made_of_small_words_is_asked_for_whole():
    """Tô Lâm stays two words, though « to » is small in English; in a sentence articles need not be there."""
    assert ask("To Lam").words == ("to", "lam")
    assert ask("plan de coopération avec le Laos").words == ("plan", "cooperation")


def test_heads_name_states_by_marks():
    """Two spellings of one title are one head."""
    assert mark_names("Accord Viêt Nam – Laos") == f"accord {mark_state('VN')} {mark_state('LA')}"
    assert mark_names("Accord Vietnam-Laos") == mark_names("Accord Việt Nam, Lào")


@pytest.mark.parametrize(
    ("text", "states"),
    [
        pytest.param("越南与老挝", ("LA", "VN"), id="Chinese"),
        pytest.param("ສປປ ລາວ ແລະ ຫວຽດນາມ", ("LA", "VN"), id="Lao"),
        pytest.param("Bùi Đức Anh, bộ trưởng", (), id="given names"),
    ],
)
def test_a_text_is_about_the_states_that_it_names_for_sure(text, states):
    """Short names that are given names too say nothing of a text."""
    assert find_states(text) == states
