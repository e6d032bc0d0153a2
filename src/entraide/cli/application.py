"""The command line: one application, put together from the commands and their options.

`commands` declares what may be typed and loads little; what a command does stands beside it and is loaded, with Django
where it works on a node, when the command is run. So help, the version and `entraide read` start at once.
"""

import click

from entraide import __version__
from entraide.cli.commands import about, demonstration, nodes, reading, tables
from entraide.cli.commands.values import Commands

COMMANDS = (
    reading.read,
    nodes.init,
    nodes.migrate,
    nodes.serve,
    nodes.worker,
    nodes.user,
    nodes.doctor,
    nodes.verify,
    about.about,
    tables.export,
    tables.import_,
    demonstration.demo,
)


def build_application() -> click.Group:
    """Return the `entraide` command with all its subcommands."""
    application = Commands(
        "entraide",
        help="What ministries agreed, what they ask of each other, and proof of what was done.",
        epilog="`entraide COMMAND --help` says what each takes. Those that work on a node find it by the variable "
        "ENTRAIDE_HOME, which names its folder: export ENTRAIDE_HOME=/srv/entraide",
        context_settings={"help_option_names": ["-h", "--help"], "show_default": True, "max_content_width": 100},
    )
    version = click.version_option(__version__, message="%(prog)s %(version)s", help="Print the version and stop.")
    for command in COMMANDS:
        application.add_command(command)
    return version(application)
