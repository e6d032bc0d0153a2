"""The judges of pages can fail: each kind of fault is found, and what is right is not."""

import pytest

from tests.tongues import foreign_words, misprints

FRAME = '<!doctype html><html lang="{}"><title>x</title><main>{}</main></html>'


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "<p>Bộ Công an</p>"),
        ("fr", "<p>signed by the ministers</p>"),
        ("fr", '<a aria-label="All of them">x</a>'),
        ("en", "<p>plan de coopération des ministères</p>"),
        ("vi", "<p>plan of the ministries</p>"),
        ("vi", "<p>les ministères</p>"),
        ("fr", '<p lang="en">les ministères</p>'),
    ],
)
def test_words_of_another_language_are_found(language: str, body: str) -> None:
    """In text, in names of things, and under a `lang` that is not theirs."""
    assert foreign_words(FRAME.format(language, body))


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", '<p>Le ministre (<span lang="vi">Bộ trưởng Bộ Công an</span>) et Tô Lâm</p>'),
        ("fr", "<p>l’accord sur https://a.example/the/of/and</p><code>the</code>"),
        ("en", "<p>Lê Đức Thọ met Tô Lâm in La Paz.</p>"),
        ("vi", "<p>Bộ Công an và Thủ tướng</p>"),
    ],
)
def test_names_and_marked_words_are_not(language: str, body: str) -> None:
    """A name of a person is no language; what says its language may speak it."""
    assert foreign_words(FRAME.format(language, body), names=["Tô Lâm", "Lê Đức Thọ"]) == []


@pytest.mark.parametrize(
    "body",
    [
        "l'accord",
        'le "plan"',
        "Oui!",
        "Oui !",
        "fin :",
        "fin:",
        "« oui »",
        "50 %",
        "12 000 personnes",
        "le 1 février",
        "6ème",
    ],
)
def test_misprints_are_found(body: str) -> None:
    """Each rule of the pass has one that sees it broken."""
    assert misprints(FRAME.format("fr", f"<p>{body}</p>"))


def test_what_is_exact_is_no_misprint() -> None:
    """Quotations, code, other languages and the time of day."""
    body = "<q>l'a : b</q><code>d'a</code><p lang=\"vi\">a'b</p><p data-exact>l'a</p><p>12:30, 1er mai, l’accord</p>"
    assert misprints(FRAME.format("fr", body)) == []
