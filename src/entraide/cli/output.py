"""How commands speak: plain text for people, one JSON object with --json, one clear line for an error."""

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import click

from entraide.cli.language import gettext, language_of_terminal, ngettext
from entraide.kernel.errors import EntraideError
from entraide.kernel.text import fill

Item = TypeVar("Item")

# What would ring, move the cursor or clear the terminal, whoever wrote the text.
_CONTROL = dict.fromkeys([7, 8, 11, 12, 13, 27])

_START_OF_CLEAR_LINE = "\r\033[K"
"""What leaves a bar of `tracked` behind: the next step draws it again, below what was said."""


def say(text: str) -> None:
    """Print one line as it is: never cut at the terminal's width, so that it can be copied, and without markup."""
    click.echo(text.translate(_CONTROL))


def complain(text: str) -> None:
    """Print one line on standard error as it is, above the bar where there is one."""
    click.echo((_START_OF_CLEAR_LINE if sys.stderr.isatty() else "") + text.translate(_CONTROL), err=True)


def say_table(title: str, heads: tuple[str, str], rows: Sequence[tuple[str, str]]) -> None:
    """Print two columns under a title; for a terminal, the second is wrapped at its width."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize
    formatter = click.HelpFormatter(width=width)
    formatter.write_dl([heads, *rows])
    say(f"{title}\n{formatter.getvalue()}")


def tell_waiting(text: str) -> None:
    """Tell a person at the terminal what takes a while."""
    if sys.stderr.isatty():
        complain(f"{text} …")


def tracked(items: Iterable[Item], label: str) -> Iterator[Item]:
    """Yield `items`, with a bar for a person at the terminal: on standard error, what is printed stays whole."""
    seen = sys.stderr.isatty()
    with click.progressbar(items, label=label, show_pos=True, file=sys.stderr, hidden=not seen) as bar:
        yield from bar


def print_json(value: Mapping[str, Any]) -> None:
    """Print `value` as indented JSON, letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def describe_error(error: EntraideError) -> str:
    """Return the one line of an error in the terminal's language: what, where and the remedy."""
    # A parameter may be a message itself (what kind of file it is); the name of a file is none.
    params = {
        name: gettext(value) if isinstance(value, str) and value and name != "file" else value
        for name, value in error.params.items()
    }
    if "language" in params:
        params["language"] = _language_name(str(params["language"]))
    return f"{filled(error.message, params)} {filled(error.remedy, params)} [{error.code}]"


def _language_name(code: str) -> str:
    """Return the name of a language in the terminal's language; one that CLDR does not know keeps its code."""
    from babel import Locale  # noqa: PLC0415 - slow to load, and only some errors need it

    from entraide.reader.domain.language import BARE_VIETNAMESE, BARE_VIETNAMESE_NAME  # noqa: PLC0415 - the same

    if code == BARE_VIETNAMESE:
        return gettext(BARE_VIETNAMESE_NAME)
    return str(Locale(language_of_terminal()).languages.get(code, code))


def filled(message: str, params: Mapping[str, object]) -> str:
    """Return a marked message (`N_`, `NN_`) in the terminal's language, filled in."""
    return fill(message, params, gettext, ngettext)
