"""The command line: one application, put together from the commands and their options.

`commands` declares what may be typed and loads little; what a command does stands beside it and is loaded, with Django
where it works on a node, when the command is run. So help, the version and `entraide read` start at once.
"""

import typer

from entraide import __version__
from entraide.cli.commands import demonstration, nodes, reading, tables


def build_application() -> typer.Typer:
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

    application.command("read")(reading.read)
    application.command("init")(nodes.init)
    application.command("migrate")(nodes.migrate)
    application.command("serve")(nodes.serve)
    application.command("worker")(nodes.worker)
    users = typer.Typer(help="People who work at this node.", no_args_is_help=True)
    users.command("create")(nodes.create_account)
    application.add_typer(users, name="user")
    application.command("doctor")(nodes.doctor)
    application.command("verify")(nodes.verify)
    application.command("export")(tables.export)
    application.command("import")(tables.import_)
    application.command("demo")(demonstration.demo)
    return application
