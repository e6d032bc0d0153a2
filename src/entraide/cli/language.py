"""Texts in the language of the terminal, straight from the compiled catalogs: a command need not set Django up."""

import os
from functools import cache
from gettext import NullTranslations, translation
from importlib.resources import as_file, files

from entraide.kernel.languages import SOURCE, spoken_for


def language_of_terminal() -> str:
    """Return the language that the terminal asks for, or the one that it falls back to."""
    return spoken_for(os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or SOURCE)


def gettext(message: str) -> str:
    """Return `message` in the language of the terminal."""
    return _catalog(language_of_terminal()).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return `one` or `many`, as `count` demands it, in the language of the terminal."""
    return _catalog(language_of_terminal()).ngettext(one, many, count)


@cache
def _catalog(language: str) -> NullTranslations:
    with as_file(files("entraide") / "locale") as folder:
        return translation("django", folder, languages=[language], fallback=True)
