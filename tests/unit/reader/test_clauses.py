"""The sentence around a passage, and titles of texts that have none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.reader.domain.clauses import LONGEST_CLAUSE, TITLE_LENGTH, clause_around, title_from

TEXT = """Hanoï, 12 janvier 2025 – Le général A a vu M. Dupont et le Gén. Brun. Ils ont coopéré contre la drogue, \
contre la traite et dans l'entraide judiciaire; ils ont agi contre les fraudes.

Les deux parties maintiendront l'échange d'informations."""
LONG = "Les parties ont " + ", ".join(f"renforcé la mesure numéro {number}" for number in range(40)) + "."


@pytest.mark.parametrize(
    ("text", "passage", "clause"),
    [
        (TEXT, "Dupont", "Le général A a vu M. Dupont et le Gén. Brun."),
        (
            TEXT,
            "fraudes",
            "Ils ont coopéré contre la drogue, contre la traite et dans l'entraide judiciaire; "  # noqa: ISC004
            "ils ont agi contre les fraudes.",
        ),
        (TEXT, "informations", "Les deux parties maintiendront l'échange d'informations."),
        ("Elles   ont\u00a0agi.\nPuis rien.", "agi", "Elles ont agi."),
    ],
)
def test_the_sentence_around_a_passage(text: str, passage: str, clause: str) -> None:
    """The whole sentence is given, without the dateline; abbreviations end none."""
    start = text.index(passage)
    assert clause_around(text, start, start + len(passage)) == clause


@pytest.mark.parametrize("number", [0, 20, 39])
def test_a_long_sentence_is_cut_at_pauses(number: int) -> None:
    """A sentence that is too long is cut at commas around the passage, and says so."""
    passage = f"mesure numéro {number}"
    start = LONG.index(passage)
    clause = clause_around(LONG, start, start + len(passage))
    assert passage in clause
    assert LONGEST_CLAUSE // 3 < len(clause) <= LONGEST_CLAUSE
    assert (clause.startswith("… "), clause.endswith(" …")) == (number > 0, number < 39)
    assert "mesure numéro" in clause.split(",")[0]


@given(st.text(alphabet="ab A.,;\n–M", max_size=900), st.integers(0, 900), st.integers(1, 40))
def test_a_clause_holds_its_passage(text: str, start: int, length: int) -> None:
    """Whatever the text, the words of a passage within one line stand in its clause, which is not too long."""
    end = min(start + length, len(text))
    passage = " ".join(text[start:end].split()).rstrip(" ,;:–—")
    clause = clause_around(text, start, end)
    assert len(clause) <= LONGEST_CLAUSE + length
    if passage and "\n" not in text[start:end]:
        assert passage.strip(" ,;:–—.") in clause


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("16 Novembre 2015 À 18:52\nLes Commissions siègent.", "Les Commissions siègent."),
        ("Hanoï, 12 janvier 2025 – Le général est venu.", "Le général est venu."),
        ("Quang Nam (VNA) - La 5e réunion a été organisée.", "La 5e réunion a été organisée."),
        ("L'Algérie et la Tunisie signeront.", "L'Algérie et la Tunisie signeront."),
        ("2025", "2025"),
        ("", ""),
    ],
)
def test_a_title_leaves_the_header_out(text: str, title: str) -> None:
    """Neither the time of printing nor the dateline stands in a title."""
    assert title_from(text) == title


def test_a_long_title_ends_at_a_word() -> None:
    """A title is short, and says that it goes on."""
    title = title_from("mot " * 60)
    assert title.endswith("mot …")
    assert len(title) <= TITLE_LENGTH + 2
