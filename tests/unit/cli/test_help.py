"""`--help` of a command is enough to use it."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from entraide.cli.application import build_application


def list_commands(group: click.Group, *words: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command below `group` with the words that call it."""
    for name, command in group.commands.items():
        yield (*words, name), command
        if isinstance(command, click.Group):
            yield from list_commands(command, *words, name)


COMMANDS = [pytest.param(words, command, id=" ".join(words)) for words, command in list_commands(build_application())]


def helped(*words: str) -> str:
    """Return what `entraide WORDS --help` prints, in one line."""
    shown = CliRunner().invoke(build_application(), [*words, "--help"], prog_name="entraide")
    assert shown.exit_code == 0
    return " ".join(shown.output.split())


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_every_parameter_is_explained(words: tuple[str, ...], command: click.Command) -> None:
    """Each option and argument says what it takes, and what the command does stands above them."""
    shown = helped(*words)
    assert command.help
    for parameter in command.params:
        assert isinstance(parameter, click.Option | click.Argument)
        assert parameter.help, parameter.name
        assert " ".join(parameter.help.split()) in shown


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_a_command_that_works_on_a_node_says_how_it_finds_it(words: tuple[str, ...], command: click.Command) -> None:
    """All but those that need no node name the variable, and what it holds."""
    named = "ENTRAIDE_HOME" in helped(*words)
    assert named == (words not in {("read",), ("demo",)}), command.name


def test_the_list_of_commands_tells_each_in_a_whole_sentence() -> None:
    """No sentence of the list ends in three dots."""
    shown = helped()
    for words, command in list_commands(build_application()):
        if len(words) == 1:
            assert " ".join((command.help or "").split("\n\n")[0].split()) in shown
    assert "..." not in shown.partition("Commands:")[2]


def test_a_value_is_typed_as_the_documents_write_it() -> None:
    """The default and the choices of an enumeration are its values, not the names of the program."""
    shown = helped("export")
    assert "[csv|xlsx|json|jsonl]" in shown
    assert "[default: csv]" in shown
