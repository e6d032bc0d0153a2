"""Commands that an operator uses: init, migrate, serve, worker, user, doctor, verify."""

from pathlib import Path

import click

from entraide.access.domain.roles import Role
from entraide.cli.commands.values import Commands, OneOf, json_option
from entraide.cli.starting import start_node
from entraide.kernel.node import Edition


@click.command()
@click.argument("home", type=click.Path(path_type=Path), help="The new node's folder.")
@click.option("--name", required=True, help="Short ASCII name of the node in logs, such as vn-mps.")
@click.option("--state", required=True, help="State, ISO 3166-1 alpha-2, such as VN.")
@click.option(
    "--organisation",
    required=True,
    multiple=True,
    help="The name of the ministry, or of who publishes an observatory, with its language: "
    "--organisation fr='Ministère de …'; may be repeated.",
)
@click.option(
    "--origin",
    default="http://127.0.0.1:8000",
    help="Where people and partners reach the node: https://… ; http://127.0.0.1:8000 for a trial.",
)
@click.option(
    "--edition",
    type=OneOf(Edition),
    default=Edition.NODE.value,
    help="node: register and exchange, for a ministry; observatory: the public register alone.",
)
@click.option("--database-url", help="postgresql://user@host/name ; without it, an SQLite file in the home.")
def init(
    home: Path,
    name: str,
    state: str,
    organisation: tuple[str, ...],
    origin: str,
    edition: Edition,
    database_url: str | None,
) -> None:
    """Create a node, or an observatory: its folder, keys, secret and database.

    Such as: entraide init /srv/entraide --name vn-mps --state VN --organisation vi='Bộ Công an'
    --organisation en='Ministry of Public Security' --origin https://entraide.example.org

    The other commands find the node by the variable ENTRAIDE_HOME, which names its folder.
    """
    from entraide.cli.creating import create
    from entraide.cli.settings import demand_postgresql, settings_from

    settings = settings_from(home, name, state, organisation, origin, edition)
    demand_postgresql(database_url)
    create(settings, database_url)


@click.command()
def migrate() -> None:
    """Bring the database of the node of ENTRAIDE_HOME (its folder) up to date after an upgrade."""
    node = start_node()
    from entraide.cli.node import bring_up_to_date

    bring_up_to_date(node)


@click.command()
@click.option("--host", default="127.0.0.1", help="Address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="Port to listen at.")
@click.option("--worker/--no-worker", "with_worker", default=True, help="Deliver from this process too.")
def serve(host: str, port: int, with_worker: bool) -> None:
    """Serve the node of ENTRAIDE_HOME (its folder) until Ctrl-C: its pages, its data, its partners."""
    node = start_node()
    from entraide.cli.working import serve_node

    serve_node(node, host=host, port=port, with_worker=with_worker)


@click.command()
def worker() -> None:
    """Deliver for the node of ENTRAIDE_HOME (its folder) until Ctrl-C, beside `entraide serve --no-worker`."""
    node = start_node()
    from entraide.cli.working import deliver

    deliver(node)


@click.group(cls=Commands)
def user() -> None:
    """People who work at this node."""


@user.command("create")
@click.argument("username", help="Login name.")
@click.option(
    "--role",
    type=OneOf(Role),
    required=True,
    multiple=True,
    help="What they may do; may be repeated. desk_officer: keep the register and draft plans; case_officer: draft "
    "and answer requests; approver: let a colleague's draft leave, sign plans; auditor: read and verify, with no other "
    "role; operator: accounts, tokens, partners.",
)
@click.option("--post", required=True, help="The post that others see instead of a name.")
@click.option("--unit", help="Their unit in the ministry.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def create_account(username: str, role: tuple[Role, ...], post: str, unit: str | None, password_stdin: bool) -> None:
    """Open an account at the node of ENTRAIDE_HOME (its folder).

    The password, of 12 characters or more, is asked for.
    """
    node = start_node()
    from entraide.cli.node import open_account

    open_account(node, username, frozenset(role), post=post, unit=unit, password_stdin=password_stdin)


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Check settings, keys, database and triggers of the node of ENTRAIDE_HOME (its folder).

    Exit code 1 when something is wrong.
    """
    node = start_node()
    from entraide.cli.node import tell_problems

    if tell_problems(node, as_json=as_json):
        raise click.exceptions.Exit(1)


@click.command()
@json_option
def verify(as_json: bool) -> None:
    """Recompute every log of the node of ENTRAIDE_HOME (its folder) and check it against the signed checkpoints."""
    node = start_node()
    from entraide.cli.node import verify_logs

    verify_logs(node, as_json=as_json)
