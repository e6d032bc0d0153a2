"""The reader's language: the one that Django chose for this request."""

from collections.abc import Mapping

from django.utils.translation import get_language

from entraide.kernel.languages import SOURCE, ChosenText, base_of, choose_text


def reader_language() -> str:
    """Return the ISO 639 code of the language that is being spoken now."""
    return base_of(get_language() or SOURCE)


def text_here(texts: Mapping[str, str]) -> ChosenText:
    """Return the text of `texts` (by language) for the reader, else that of a fallback, with the language it is in."""
    return choose_text(texts, reader_language())
