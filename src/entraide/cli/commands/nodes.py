"""Commands that an operator uses: init, migrate, serve, worker, user, doctor, verify."""

from pathlib import Path
from typing import Annotated

import typer

from entraide.access.domain.roles import Role
from entraide.cli.output import AsJson
from entraide.cli.starting import start_node
from entraide.kernel.node import Edition


def init(
    home: Annotated[Path, typer.Argument(help="The new node's folder.")],
    name: Annotated[str, typer.Option(help="Short ASCII name of the node in logs, such as vn-mps.")],
    state: Annotated[str, typer.Option(help="State, ISO 3166-1 alpha-2, such as VN.")],
    organisation: Annotated[
        list[str],
        typer.Option(
            help="The name of the ministry, or of who publishes an observatory, with its language: "
            "--organisation fr='Ministère de …'; may be repeated."
        ),
    ],
    origin: Annotated[
        str,
        typer.Option(help="Where people and partners reach the node: https://… ; http://127.0.0.1:8000 for a trial."),
    ] = "http://127.0.0.1:8000",
    edition: Annotated[
        Edition,
        typer.Option(help="node: register and exchange, for a ministry; observatory: the public register alone."),
    ] = Edition.NODE,
    database_url: Annotated[
        str | None, typer.Option(help="postgresql://… ; without it, an SQLite file in the home.")
    ] = None,
) -> None:
    """Create a node, or an observatory: its folder, keys, secret and database."""
    from entraide.cli.creating import create
    from entraide.cli.settings import demand_postgresql, settings_from

    settings = settings_from(home, name, state, organisation, origin, edition)
    demand_postgresql(database_url)
    create(settings, database_url)


def migrate() -> None:
    """Bring the database of the node of ENTRAIDE_HOME up to date after an upgrade."""
    node = start_node()
    from entraide.cli.node import bring_up_to_date

    bring_up_to_date(node)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8000,
    worker: Annotated[bool, typer.Option(help="Deliver from this process too.")] = True,
) -> None:
    """Serve the node of ENTRAIDE_HOME until Ctrl-C."""
    node = start_node()
    from entraide.cli.working import serve_node

    serve_node(node, host=host, port=port, with_worker=worker)


def worker() -> None:
    """Deliver for the node of ENTRAIDE_HOME until Ctrl-C, beside `entraide serve --no-worker`."""
    node = start_node()
    from entraide.cli.working import deliver

    deliver(node)


def create_account(
    username: Annotated[str, typer.Argument(help="Login name.")],
    role: Annotated[list[Role], typer.Option(help="What they may do; may be repeated. See docs/using/accounts.md.")],
    post: Annotated[str, typer.Option(help="The post that others see instead of a name.")],
    unit: Annotated[str | None, typer.Option(help="Their unit in the ministry.")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input instead of asking.")
    ] = False,
) -> None:
    """Open an account at the node of ENTRAIDE_HOME; the password, of 12 characters or more, is asked for."""
    node = start_node()
    from entraide.cli.node import open_account

    open_account(node, username, frozenset(role), post=post, unit=unit, password_stdin=password_stdin)


def doctor(as_json: AsJson = False) -> None:
    """Check the node's settings, keys, database and triggers; exit code 1 when something is wrong."""
    node = start_node()
    from entraide.cli.node import tell_problems

    if tell_problems(node, as_json=as_json):
        raise typer.Exit(1)


def verify(as_json: AsJson = False) -> None:
    """Recompute every log of the node from its entries and check it against the signed checkpoints."""
    node = start_node()
    from entraide.cli.node import verify_logs

    verify_logs(node, as_json=as_json)
