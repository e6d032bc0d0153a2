"""How commands speak: plain text for people, one JSON object with --json, one clear line for an error."""

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entraide.cli.language import gettext, language_of_terminal, ngettext
from entraide.kernel.errors import EntraideError
from entraide.kernel.text import fill
from entraide.reader.domain.language import BARE_VIETNAMESE, BARE_VIETNAMESE_NAME

if TYPE_CHECKING:
    from rich.console import Console

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]

# What would ring, move the cursor or clear the terminal, whoever wrote the text.
_CONTROL = dict.fromkeys([7, 8, 11, 12, 13, 27])


@cache
def console() -> "Console":
    """Return standard output for tables and bars; loaded by who draws one."""
    from rich.console import Console  # noqa: PLC0415 - slow to load, and most commands print lines alone

    return Console()


@cache
def errors() -> "Console":
    """Return standard error for bars and what is said above them; loaded by who draws one."""
    from rich.console import Console  # noqa: PLC0415 - the same

    return Console(stderr=True)


def say(text: str) -> None:
    """Print one line as it is: never cut at the terminal's width, so that it can be copied, and without markup."""
    typer.echo(text.translate(_CONTROL))


def complain(text: str) -> None:
    """Print one line on standard error as it is, above the bar where there is one."""
    if errors.cache_info().currsize:
        errors().print(text.translate(_CONTROL), soft_wrap=True, markup=False, highlight=False, emoji=False)
    else:
        typer.echo(text.translate(_CONTROL), err=True)


def print_json(value: Mapping[str, Any]) -> None:
    """Print `value` as indented JSON, letters as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


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

    if code == BARE_VIETNAMESE:
        return gettext(BARE_VIETNAMESE_NAME)
    return str(Locale(language_of_terminal()).languages.get(code, code))


def filled(message: str, params: Mapping[str, object]) -> str:
    """Return a marked message (`N_`, `NN_`) in the terminal's language, filled in."""
    return fill(message, params, gettext, ngettext)
