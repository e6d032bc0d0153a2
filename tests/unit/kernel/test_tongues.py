"""The language of a few words."""

import pytest

from entraide.kernel.tongues import language_of


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Bộ trưởng Bộ Công an", "vi"),
        ("vice-ministre de la Sécurité publique", "fr"),
        ("Deputy Minister of Public Security", "en"),
        ("Réunion", "fr"),
        ("Visite d'État", "fr"),
        ("G4", ""),
        ("", ""),
    ],
)
def test_words_tell_their_language_or_nothing(words: str, language: str) -> None:
    """By letters of one language alone, then by small words; without a sign there is no language."""
    assert language_of(words) == language
