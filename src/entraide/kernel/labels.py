"""Labels of vocabularies in every language, without a dependency on a framework.

A vocabulary's English labels stand in its `labels.yaml`, a tree of texts. Each text is a message of the catalog
`locale/<language>/LC_MESSAGES/vocabulary.po`; its context is the way to it: `requests.fields.offence.label`. So a
translator works in catalogs alone, and a label that was reworded in English is seen as not yet translated.
"""

import gettext
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from entraide.kernel.languages import SOURCE, fallbacks_of

DOMAIN: Final = "vocabulary"
"""The name of the catalogs, beside Django's own."""

LOCALE: Final = Path(__file__).parent.parent / "locale"


def list_labels(tree: Mapping[str, Any], way: str) -> Iterator[tuple[str, str]]:
    """Yield each text of a tree of labels with its context, which begins with `way`, in the order of the tree."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from list_labels(value, f"{way}.{key}")
        elif value:
            yield f"{way}.{key}", str(value)


def translate_labels(tree: Mapping[str, Any], way: str, language: str) -> dict[str, Any]:
    """Return a tree of labels in `language`; a text without a translation is that of the fallbacks, at last English.

    `way` is the context of the whole tree, the name of its context of the program.
    """
    return {
        str(key): translate_labels(value, f"{way}.{key}", language)
        if isinstance(value, Mapping)
        else translate_label(str(value), f"{way}.{key}", language)
        for key, value in tree.items()
    }


def translate_label(text: str, way: str, language: str) -> str:
    """Return one label in `language`, by its English text and its context."""
    return _catalog(fallbacks_of(language)).pgettext(way, text) if text else text


@cache
def _catalog(languages: tuple[str, ...]) -> gettext.NullTranslations:
    """The catalog of the first language, with those after it behind it; the last one is English, the source itself."""
    if languages[0] == SOURCE:
        return gettext.NullTranslations()
    catalog = gettext.translation(DOMAIN, LOCALE, [languages[0]], fallback=True)
    catalog.add_fallback(_catalog(languages[1:]))
    return catalog
