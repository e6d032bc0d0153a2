"""Texts of pages about the register: what is kept of them, and how they are laid out."""

from pathlib import Path

import pytest

from entraide.kernel.languages import SPOKEN
from entraide.publication.adapters.defaults import load_default, load_figures
from entraide.publication.domain.about import (
    LONGEST_TEXT,
    AboutPage,
    AboutTextEmpty,
    AboutTextTooLong,
    Block,
    clean_about_text,
    parse_blocks,
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("  indented  \n\n\n", "  indented"),
        ("bell\a, escape\x1b[31m, null\0, delete\x7f", "bell, escape[31m, null, delete"),
        ("evil \u202egnp.exe", "evil gnp.exe"),
        ("e\u0301 a\u0323", "é ạ"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_text_is_kept_without_what_no_eye_sees(given: str, kept: str) -> None:
    """Control characters and marks that turn the direction go; markup stays text, and pages show it as text."""
    assert clean_about_text(given) == kept


@pytest.mark.parametrize(
    ("given", "error"),
    [("", AboutTextEmpty), (" \n\0\n ", AboutTextEmpty), ("x" * (LONGEST_TEXT + 1), AboutTextTooLong)],
)
def test_a_text_that_no_page_can_have_is_refused(given: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        clean_about_text(given)


def test_a_text_is_headings_paragraphs_and_lists() -> None:
    """A heading needs no empty line behind it; a dash inside a line is none of a list; empty items go."""
    text = "## Who\nWe do - all of us.\nAnd more.\n- one\n- two\n\n\n#3 is no heading\n\n##\n- "
    assert parse_blocks(text) == (
        Block("heading", ("Who",)),
        Block("paragraph", ("We do - all of us.", "And more.")),
        Block("list", ("one", "two")),
        Block("paragraph", ("#3 is no heading",)),
        Block("paragraph", ("##",)),
    )


@pytest.mark.wording
@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("page", AboutPage)
def test_every_page_has_a_text_in_every_language(page: AboutPage, language: str) -> None:
    """Each is its own, is kept as it is, and says as many things as in the other languages."""
    text = load_default(page, language)
    assert clean_about_text(text) == text
    blocks = [[block.kind for block in parse_blocks(load_default(page, code))] for code in SPOKEN]
    assert blocks[0] == blocks[1] == blocks[2]
    assert len({load_default(page, code) for code in SPOKEN}) == len(SPOKEN)


@pytest.mark.wording
def test_the_figures_of_the_reader_are_those_of_the_document() -> None:
    """The page on the method tells the row of docs/figures.md that stands for what a new text can expect."""
    lines = Path("docs/figures.md").read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith("| **d1, d2, d3: the last"))
    numbers = load_figures().numbers
    told = f"**{numbers['mean_f1']}; {numbers['pooled_f1']}; {numbers['recall']}**"
    extras = ", ".join(numbers[name] for name in ("extra_meetings", "extra_instruments", "extra_commitments"))
    assert told in row
    assert f"| {numbers['texts']} |" in row
    assert f"| {extras} |" in row
