"""The command line: one application, put together from one module per kind of command."""

import typer

from entraide import __version__
from entraide.cli import demo, exporting, importing, node, read
from entraide.cli.composition import Composition


def build_application(composition: Composition) -> typer.Typer:
    """Return the `entraide` command with all its subcommands."""
    application = typer.Typer(
        help="What ministries agreed, what they ask of each other, and proof of what was done.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @application.callback(invoke_without_command=True)
    def root(version: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
        if version:
            typer.echo(f"entraide {__version__}")
            raise typer.Exit

    application.add_typer(read.application)
    node.add_commands(application, composition)
    exporting.add_export(application, composition)
    importing.add_import(application, composition)
    demo.add_demo(application, composition)
    return application
