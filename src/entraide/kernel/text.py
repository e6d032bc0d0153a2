"""Marking of texts that people see, and filling them in, without a dependency on a translation library."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

Translate = Callable[[str], str]
TranslateCounted = Callable[[str, str, int], str]
"""A translation by the English singular, the English plural and the number, as `ngettext`."""

_COUNTED: Final[dict[str, tuple[str, str]]] = {}
"""Marked messages with a count: the plural, which is the message id, to the singular and the place of the number."""


def N_(message: str) -> str:
    """Mark `message` for the translation catalogs and return it unchanged (English is the message id)."""
    return message


def NN_(one: str, many: str, *, by: str) -> str:
    """Mark a message whose words depend on the number in the place `by`, and return its plural.

    The plural stands for the message wherever it is kept or sent; `fill` finds the singular to it.
    """
    _COUNTED[many] = (one, by)
    return many


@dataclass(frozen=True)
class Said:
    """A marked message with what fills it, as the value of a place in another: a reason within an error.

    As text it is English; a page fills it in the reader's language.
    """

    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.params)


def in_english(one: str, many: str, number: int) -> str:
    """Return the English text for `number`."""
    return one if number == 1 else many


def fill(
    message: str,
    params: Mapping[str, object],
    translate: Translate = N_,
    translate_counted: TranslateCounted = in_english,
) -> str:
    """Return a marked message filled in, in English or in the language of the two translations given.

    Of a message with a count, the number in `params` chooses the words; it may be written in digits. Raises `KeyError`
    when `params` lack a place of the message.
    """
    if not message:
        return ""
    one, by = _COUNTED.get(message, ("", ""))
    if not by:
        return translate(message).format(**params)
    digits = str(params[by]).replace(",", "")
    # What is no number is several of something.
    number = int(digits) if digits.isdigit() else 2
    return translate_counted(one, message, number).format(**params)
