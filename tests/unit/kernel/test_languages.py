"""The one list of languages, what falls back to what, and the text that a reader gets."""

import re

import pytest
from babel import Locale

from entraide.config import settings
from entraide.kernel import languages
from entraide.kernel.languages import (
    LANGUAGES,
    READ,
    SOURCE,
    SPOKEN,
    Language,
    base_of,
    choose_text,
    fallbacks_of,
    spoken_for,
)
from entraide.web.templatetags.programme import language_title, right_to_left


def test_each_language_stands_once_and_is_known_to_cldr():
    """Codes are ISO 639 and unique; every fallback is in the list; the source language is spoken."""
    codes = [language.code for language in LANGUAGES]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch("[a-z]{2,3}", code) and Locale.parse(code) for code in codes)
    assert {language.falls_back_to for language in LANGUAGES} <= set(codes)
    assert SOURCE in SPOKEN
    assert set(READ) | set(SPOKEN) == set(codes)


def test_the_menu_derives_from_the_list():
    """Django offers the spoken languages in the order of the list; pages show each by its own name."""
    assert [code for code, _name in settings.LANGUAGES] == list(SPOKEN)
    names = {"fr": "Français", "en": "English", "vi": "Tiếng Việt", "lo": "ລາວ"}
    assert {code: language_title(code) for code in names} == names
    assert len({language_title(code) for code in SPOKEN}) == len(SPOKEN)
    assert [code for code in ("fr", "en", "vi", "ar", "ps") if right_to_left(code)] == ["ar", "ps"]


@pytest.mark.parametrize(
    ("tag", "code"),
    [("fr", "fr"), ("fr-CH", "fr"), ("fr_FR.UTF-8", "fr"), ("VI", "vi"), ("vi@x", "vi"), ("C", "c"), ("", "")],
)
def test_the_language_of_a_tag(tag: str, code: str):
    """Tags of browsers and locales of terminals name a language by their first part."""
    assert base_of(tag) == code


@pytest.mark.parametrize(
    ("tag", "tried", "spoken"),
    [
        ("fr-CH", ("fr", "en"), "fr"),
        ("en", ("en",), "en"),
        ("lo", ("lo", "en"), "en"),
        ("C.UTF-8", ("c", "en"), "en"),
    ],
)
def test_what_falls_back_to_what(tag: str, tried: tuple[str, ...], spoken: str):
    """A language that is not spoken falls back to one that is, at last to English."""
    assert fallbacks_of(tag) == tried
    assert spoken_for(tag) == spoken


def test_a_fallback_may_be_another_language_than_english(monkeypatch: pytest.MonkeyPatch):
    """A chain goes by the list, never in a circle."""
    listed = (
        *LANGUAGES,
        Language("wo", falls_back_to="fr"),
        Language("ff", falls_back_to="ha"),
        Language("ha", falls_back_to="ff"),
    )
    monkeypatch.setattr(languages, "LANGUAGES", listed)
    fallbacks_of.cache_clear()
    assert fallbacks_of("wo-SN") == ("wo", "fr", "en")
    assert fallbacks_of("ff") == ("ff", "ha", "en")
    assert choose_text({"en": "a", "fr": "b"}, "wo").language == "fr"
    fallbacks_of.cache_clear()


@pytest.mark.parametrize(
    ("texts", "tag", "text", "language"),
    [
        ({"fr": "a", "en": "b"}, "fr-CH", "a", "fr"),
        ({"fr": "a", "en": "b"}, "vi", "b", "en"),
        ({"lo": "a", "fr": "b"}, "vi", "a", "lo"),
        ({"vi": "", "lo": "a"}, "vi", "a", "lo"),
        ({}, "vi", "", "vi"),
        ({"lo": ""}, "vi", "", "vi"),
    ],
)
def test_the_text_that_a_reader_gets(texts: dict[str, str], tag: str, text: str, language: str):
    """The reader's own language, else a fallback, else any text there is; and always the language that it is in."""
    assert choose_text(texts, tag) == languages.ChosenText(text, language)
