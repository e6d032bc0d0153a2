"""Entries of bibliographies, read back by programs of others."""

from datetime import date

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from entraide.web.feeds.bibliography import Entry, write_bibtex, write_ris

TITLES = (
    "« Mémorandum d’entente » : l’œuvre de 2025 – 3\u00a0% & plus_",
    "Bộ Công an và Bộ An ninh công cộng Lào: Hội nghị lần thứ 14 (đặc biệt)",
    '{unbalanced } \\input{/etc/passwd} $x^2$ ~ # @ " %',
    "公安部 ກະຊວງ",
)


def entry(title: str = "T", note: str = "N") -> Entry:
    return Entry(
        key="entraide-meeting-0194",
        title=title,
        author="Ministère de l’Intérieur, de l’Outre-mer and Bộ Công an",
        note=note,
        url="https://entraide.example.org/meetings/0194a1b2-0000-7000-8000-000000000000/",
        changed=date(2025, 1, 12),
        read_on=date(2026, 11, 30),
        language="fr",
    )


COMMANDS = get_default_latex_context_db()
COMMANDS.add_context_category(
    "of LaTeX's own, which the reader lacks or tells otherwise",
    prepend=True,
    macros=[
        MacroTextSpec("textbraceleft", "{"),
        MacroTextSpec("textbraceright", "}"),
        MacroTextSpec("textasciicircum", "^"),
    ],
)


def told(value: str) -> str:
    """Return what TeX prints of a value, by a reader of LaTeX that is not ours."""
    text = str(LatexNodes2Text(latex_context=COMMANDS, keep_comments=True).latex_to_text(value))
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.mark.parametrize("title", TITLES)
def test_bibtex_reads_back(title: str) -> None:
    """Title and author come back letter for letter, one author, with address and dates."""
    read = parse_string(write_bibtex(entry(title)), "bibtex").entries["entraide-meeting-0194"]
    assert told(read.fields["title"]) == plain(title)
    assert (read.fields["year"], read.fields["month"], read.fields["urldate"]) == ("2025", "January", "2026-11-30")
    assert read.fields["url"] == entry().url
    assert [str(person) for person in read.persons["author"]] == [f"{{{entry().author}}}"]


@pytest.mark.parametrize("title", TITLES)
def test_ris_reads_back(title: str) -> None:
    """A web page with its title, who publishes it, its address and the day on which it was read."""
    (read,) = rispy.loads(write_ris(entry(title)))
    assert read["type_of_reference"] == "ELEC"
    assert plain(read["title"]) == plain(title)
    assert read["urls"] == [entry().url]
    assert (read["year"], read["date"], read["access_date"], read["language"]) == (
        "2025", "2025/01/12", "2026/11/30", "fr",
    )  # fmt: skip


@given(st.text(min_size=1, max_size=80))
def test_no_title_breaks_the_file_that_it_stands_in(title: str) -> None:
    """Whatever a title holds, a program finds one entry, and nothing of the title in another field."""
    (read,) = parse_string(write_bibtex(entry(f"t{title}", f"n{title}")), "bibtex").entries.values()
    assert (read.fields["url"], len(read.fields)) == (entry().url, 7)
    (ris,) = rispy.loads(write_ris(entry(f"t{title}", f"n{title}")))
    assert ris["urls"] == [entry().url]
