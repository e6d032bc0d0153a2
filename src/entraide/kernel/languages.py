"""The one list of languages. Menus, catalogs, columns, labels, lexicons and inputs per language derive from it.

A language is added by one entry here and its files; CONTRIBUTING.md says which. Names, direction and plural forms are
not typed: they come from Unicode CLDR where they are needed. The list says what the *program* speaks and reads; a text
of the register, or an authentic text of a plan, may be in any language of ISO 639.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

SOURCE: Final = "en"
"""The language of message ids and of labels in vocabularies, which the others are translated from."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language by its ISO 639 code.

    `spoken`: pages, commands, labels and columns have it; it needs its catalogs in `locale/<code>`. `read`: the reader
    reads it; it needs its lexicons. `falls_back_to`: what is shown where a text or a translation is missing.
    """

    code: str
    spoken: bool = True
    read: bool = False
    falls_back_to: str = SOURCE


LANGUAGES: Final = (
    Language("fr", read=True),
    Language("en", read=True),
    Language("vi", read=True),
)
"""All languages, in the order in which they are offered and in which columns stand."""

SPOKEN: Final = tuple(language.code for language in LANGUAGES if language.spoken)
"""The codes of the languages of pages, commands, labels and columns."""

READ: Final = tuple(language.code for language in LANGUAGES if language.read)
"""The codes of the languages that the reader reads."""


@dataclass(frozen=True, slots=True)
class ChosenText:
    """A text with the language that it is in, for the `lang` attribute of a page."""

    text: str
    language: str


def base_of(tag: str) -> str:
    """Return the ISO 639 code of a language tag or of a locale: `fr` of `fr-CH` and of `fr_FR.UTF-8`."""
    return re.split(r"[-_.@]", tag, maxsplit=1)[0].lower()


@lru_cache(maxsize=256)
def fallbacks_of(tag: str) -> tuple[str, ...]:
    """Return the codes to try for `tag`, the language itself first and the source language last, each once."""
    listed = {language.code: language.falls_back_to for language in LANGUAGES}
    codes = [base_of(tag)]
    while codes[-1] != SOURCE:
        after = listed.get(codes[-1], SOURCE)
        codes.append(SOURCE if after in codes else after)
    return tuple(codes)


def spoken_for(tag: str) -> str:
    """Return the language that somebody who asks for `tag` is spoken to in."""
    return next(code for code in fallbacks_of(tag) if code in SPOKEN or code == SOURCE)


def choose_text(texts: Mapping[str, str], tag: str) -> ChosenText:
    """Return the text of `texts` (by language) for `tag`, else that of its fallbacks, else the first there is.

    Without any text both are what they can be: an empty text, in the language asked for.
    """
    wanted = (*fallbacks_of(tag), *texts)
    found = next((code for code in wanted if texts.get(code)), base_of(tag))
    return ChosenText(texts.get(found, ""), found)
