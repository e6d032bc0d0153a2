"""Spellings of one name fold alike, and words are found in scripts without spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.search.api import fold, fold_name, search_terms
from entraide.search.domain.segments import parse_query, split_runs


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [
        pytest.param(["To Lam", "Tô Lâm", "tô lâm", "TÔ  LÂM", "To\u0302 La\u0302m"], "to lam", id="To Lam"),
        pytest.param(
            ["Đà Nẵng", "da nang", "ĐÀ NẴNG", "Ðà Nẵng"], "da nang", id="Da Nang, also with the Icelandic eth"
        ),
        pytest.param(["Sécurité publique", "SÉCURITÉ PUBLIQUE"], "securite publique", id="French"),
        pytest.param(["cœur", "CŒUR", "coeur"], "coeur", id="ligature"),
        pytest.param(["İstanbul", "istanbul", "ıstanbul"], "istanbul", id="dotted and dotless i"),
        pytest.param(["ＡＢＣ１２", "abc12"], "abc12", id="full width"),
        pytest.param(["Straße", "STRASSE"], "strasse", id="sharp s"),
    ],
)
def test_spellings_fold_alike(spellings, folded):
    """Case, accents, strokes and composed forms make no difference."""
    assert {fold(spelling) for spelling in spellings} == {folded}


@given(st.text())
def test_folding_rests(text):
    """Folding what is folded changes nothing."""
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_terms_of_a_text_hold_the_terms_of_its_parts(first, second):
    """A text put between others keeps its terms, so it can be found in them."""
    whole = set(search_terms(f"{first} {second}").split(" "))
    assert set(search_terms(first).split()) | set(search_terms(second).split()) <= whole | {""}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("L'ordre du jour", "l ordre du jour", id="French apostrophe"),
        pytest.param("公安部", "公 安 部 公安 安部", id="Chinese"),
        pytest.param("ລາວ", "ລ າ ວ ລາ າວ", id="Lao"),
        pytest.param("Plan 2025/公安", "plan 2025 公 安 公安", id="two scripts"),
        pytest.param("—…!", "", id="no word"),
    ],
)
def test_terms(text, terms):
    """A spaced word is one term, an unspaced run gives characters and pairs."""
    assert search_terms(text) == terms


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        pytest.param("Sécu pub", (("secu", True), ("pub", True)), id="beginnings of words"),
        pytest.param("公安部", (("公安", False), ("安部", False)), id="pairs"),
        pytest.param("公", (("公", False),), id="one character"),
        pytest.param(" ", (), id="nothing"),
    ],
)
def test_query(query, terms):
    """A query asks for beginnings of words and for pairs of characters."""
    assert parse_query(query).terms == terms


@given(st.text(), st.text(), st.text())
def test_a_text_holds_the_phrase_of_what_stands_in_it(before, words, after):
    """Where words stand in a text, their phrase stands in the text's terms."""
    phrase = parse_query(words).phrase
    if phrase and len({unspaced for _, unspaced in split_runs(words)}) == 1 and len(list(split_runs(words))) == 1:
        assert f" {phrase}" in f" {search_terms(f'{before} {words} {after}')}"


def test_a_name_is_looked_up_without_its_punctuation():
    """Hyphens, quotes and dots make no difference to a name."""
    assert fold_name("« Ministère-de la Police »") == fold_name("ministere de la police")
