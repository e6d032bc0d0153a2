"""States and languages by code, with their names from CLDR."""

import pytest

from entraide.directory.api import (
    UnknownLanguage,
    UnknownState,
    language_name,
    list_states,
    parse_language,
    parse_state,
    state_name,
)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("LA", "fr", "Laos"),
        ("LA", "vi", "Lào"),
        ("VN", "vi", "Việt Nam"),
        ("VN", "lo", "ຫວຽດນາມ"),
        ("CN", "zh", "中国"),
        ("XK", "fr", "Kosovo"),
        ("VN", "fr-CH", "Vietnam"),
        ("VN", "xx", "Vietnam"),
    ],
)
def test_state_name(code, language, name):
    """A State is named in the reader's language; in English when CLDR lacks the language."""
    assert state_name(code, language) == name


@pytest.mark.parametrize("code", ["", "V", "VNM", "EU", "ZZ", "XX", "12", "SU"])
def test_what_is_no_state_is_refused(code):
    """Unions, private codes, former codes and misspellings are no State's."""
    with pytest.raises(UnknownState):
        parse_state(code)


def test_states_are_those_of_the_standard():
    """The list holds the codes of ISO 3166-1 and is read whatever the case of the letters."""
    assert parse_state(" vn ") == "VN"
    assert parse_state("XK") == "XK"
    assert {"VN", "LA", "KH", "CN", "FR", "RU", "TL"} <= list_states()
    assert 245 <= len(list_states()) <= 250


def test_languages():
    """A language is known by its code and named in another."""
    assert parse_language("LO") == "lo"
    assert language_name("lo", "fr") == "lao"
    with pytest.raises(UnknownLanguage):
        parse_language("klingon")
