"""The reader's language, the one that Django chose for this request, and texts in it."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext, ngettext

from entraide.kernel.languages import SOURCE, ChosenText, base_of, choose_text
from entraide.kernel.text import fill


def reader_language() -> str:
    """Return the ISO 639 code of the language that is being spoken now."""
    return base_of(get_language() or SOURCE)


def text_here(texts: Mapping[str, str]) -> ChosenText:
    """Return the text of `texts` (by language) for the reader, else that of a fallback, with the language it is in."""
    return choose_text(texts, reader_language())


def filled(message: str, params: Mapping[str, object]) -> str:
    """Return a marked message (`N_`, `NN_`) in the reader's language, filled in; empty for an empty one."""
    return fill(message, params, gettext, ngettext)
