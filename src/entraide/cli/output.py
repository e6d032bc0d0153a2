"""How commands speak: plain text for people, one JSON object with --json, one clear line for an error."""

import json
import os
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from django.utils.translation import gettext, ngettext
from rich.console import Console

from entraide.kernel.errors import EntraideError
from entraide.kernel.languages import SOURCE, spoken_for
from entraide.kernel.text import fill

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]

console = Console()
errors = Console(stderr=True)


def language_of_terminal() -> str:
    """Return the language that the terminal asks for, or English."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or SOURCE
    return spoken_for(wanted)


def say(text: str) -> None:
    """Print one line as it is: never cut at the terminal's width, so that it can be copied, and without markup."""
    console.print(text, soft_wrap=True, markup=False, highlight=False)


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
    return f"{filled(error.message, params)} {filled(error.remedy, params)} [{error.code}]"


def filled(message: str, params: Mapping[str, object]) -> str:
    """Return a marked message (`N_`, `NN_`) in the terminal's language, filled in."""
    return fill(message, params, gettext, ngettext)
