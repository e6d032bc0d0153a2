"""What several commands share: a value of an enumeration, the choice of JSON, how a group lists its commands."""

from enum import StrEnum
from typing import TypeVar

import click

Value = TypeVar("Value", bound=StrEnum)

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")


class OneOf(click.Choice[Value]):
    """One of an enumeration, typed as its value (click alone takes the name of the member)."""

    def __init__(self, values: type[Value]) -> None:
        super().__init__(list(values))

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's
        """Return the text that names `choice`."""
        return str(choice)


class Commands(click.Group):
    """A group that lists its commands in the order of use, each with its whole first sentence."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, (command.help or "").split("\n\n")[0]) for name, command in self.commands.items()]
            )
