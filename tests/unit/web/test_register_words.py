"""How pages name things: a kind of its own list, days of one month, one sentence once, whole words around a quote."""

from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from django.utils.translation import override

from entraide.communiques.api import CitationView
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import CommitmentStatus, InstrumentKind, MeetingKind, MeetingView
from entraide.search.api import mark_excerpt
from entraide.web.register.citations import quote_passages
from entraide.web.templatetags.programme import by_words, edtf, meeting_title, term


def test_equal_values_of_two_lists_have_their_own_names() -> None:
    """A meeting of no known kind is not called an instrument."""
    with override("en"):
        assert term(MeetingKind.OTHER) == "Meeting"
        assert term(InstrumentKind.OTHER) == "Other instrument"


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        ("2023-09-12/2023-09-16", "en", "12–16 September 2023"),
        ("2023-09-12/2023-09-16", "vi", "12-16/9/2023"),
        ("2023-09-28/2023-10-02", "en", "28 September – 2 October 2023"),
        ("2023-09", "en", "September 2023"),
        ("2023/2024", "en", "2023–2024"),
    ],
)
def test_days_of_one_month_name_it_once(value: str, language: str, words: str) -> None:
    """Only where both days are of one month is the month left out of the first."""
    with override(language):
        assert edtf(PartialDate(value)) == words


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Conférence", "Conference"),
        ("hội nghị", "Conference"),
        ("Visite d'État", "Conference"),
        ("State conference", "State conference"),
    ],
)
def test_a_name_in_another_language_is_no_title(name: str, title: str) -> None:
    """A meeting that is named in another language, or by its kind alone, is called by its kind in the reader's."""
    meeting = SimpleNamespace(name=name, series=None, kind=MeetingKind.CONFERENCE, ordinal=None, level=None)
    with override("en"):
        assert meeting_title(cast(MeetingView, meeting)) == title


def test_one_sentence_of_several_domains_is_one_row() -> None:
    """What follows in the same words stands together; another status, or counts, stand apart."""
    given = [("a", "pledged", ()), ("a", "pledged", ()), ("a", "pledged", (1,)), ("a", "done", ()), ("b", "done", ())]
    mechanism = uuid4()
    items: list[Any] = [
        SimpleNamespace(
            id=uuid4(),
            texts={"en": text},
            mechanism_id=mechanism,
            instrument_id=None,
            meeting_id=None,
            status=CommitmentStatus(status),
            period="",
            progress=progress,
            assessments=(),
        )
        for text, status, progress in given
    ]
    assert [len(group) for group in by_words(items)] == [2, 1, 1, 1]


@pytest.mark.parametrize(
    ("text", "cited", "quoted"),
    [
        ("Before it.\n\nThey signed it today.\n\nAfter it.", "signed", "They signed it today."),
        ("x" * 80 + " elsewhere they " + "y" * 120, "they", "…elsewhere they…"),
        ("They signed.", "signed", "They signed."),
        ("ກ" * 300, "ກ" * 300, "ກ" * 300),
    ],
)
def test_a_quote_ends_at_words_and_paragraphs(text: str, cited: str, quoted: str) -> None:
    """No word is cut at either end, and the paragraphs before and after are left out."""
    start = text.index(cited)
    source = SimpleNamespace(
        id=UUID(int=1), title="", name="a", publisher="", published=None, kind="press", language="en", sample=False
    )
    citation = cast(CitationView, SimpleNamespace(source=source, start=start, end=start + len(cited)))
    (passage,) = quote_passages(text, [citation])
    assert "".join(part for part, _ in passage.segments) == quoted


def test_an_excerpt_has_one_ellipsis_where_something_is_left_out() -> None:
    """Quotes that are joined by ellipses do not pile them up where the excerpt is cut."""
    parts = mark_excerpt("a long word … … Tô Lâm … … " + "z" * 200, "to lam", 12)
    assert "".join(part for part, _ in parts) == "…word … Tô Lâm …"
    assert ("Tô Lâm", True) in parts
