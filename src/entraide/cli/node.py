"""Commands that an operator uses: init, serve, worker, user, doctor, verify."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext, ngettext

from entraide.access.api import Role, create_user
from entraide.cli.composition import Composition
from entraide.cli.output import AsJson, console, print_json, say
from entraide.cli.settings import demand_postgresql, settings_from
from entraide.directory.api import list_signers
from entraide.journal.api import verify_all_logs
from entraide.kernel.errors import BadInput
from entraide.kernel.node import Edition
from entraide.kernel.text import N_

EDITIONS = {
    Edition.NODE: N_("Edition: node (register and exchange)."),
    Edition.OBSERVATORY: N_("Edition: observatory (the public register alone; nothing is exchanged)."),
}
OPERATOR = '    entraide user create operator --role operator --post "Operator of the node"'
EDITOR = '    entraide user create editor --role desk_officer --role operator --post "Editor of the observatory"'


class NoPassword(BadInput):
    """No password came on standard input."""

    code = "cli.no_password"
    message = N_("No password was given for {username}.")
    remedy = N_("Type it when asked, or send it on standard input with --password-stdin.")


def add_commands(application: typer.Typer, composition: Composition) -> None:
    """Add the operator's commands to `application`."""
    _add_init(application, composition)
    _add_serving(application, composition)
    _add_users(application, composition)
    _add_checks(application, composition)


def _add_init(application: typer.Typer, composition: Composition) -> None:
    @application.command("init")
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
            typer.Option(
                help="Where people and partners reach the node: https://… ; http://127.0.0.1:8000 for a trial."
            ),
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
        settings = settings_from(home, name, state, organisation, origin, edition)
        demand_postgresql(database_url)
        composition.create_home(settings, database_url=database_url)
        say(gettext("The node {name} is ready in {home}.").format(name=name, home=settings.home))
        if settings.exchanges:
            say(gettext("Next, name it to the other commands and open the operator's account:"))
        else:
            say(gettext("Next, name it to the other commands and open the editor's account:"))
        say(f"    export ENTRAIDE_HOME={shlex.quote(str(settings.home))}")
        say(OPERATOR if settings.exchanges else EDITOR)

    @application.command("migrate")
    def migrate() -> None:
        """Bring the database of the node of ENTRAIDE_HOME up to date after an upgrade."""
        composition.migrate()
        say(gettext("The database is up to date."))


def _add_serving(application: typer.Typer, composition: Composition) -> None:
    @application.command("serve")
    def serve(
        host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8000,
        worker: Annotated[bool, typer.Option(help="Deliver from this process too.")] = True,
    ) -> None:
        """Serve the node of ENTRAIDE_HOME until Ctrl-C."""
        edition = composition.current_node().settings.edition

        def announce() -> None:
            console.print(gettext("Serving at {address}").format(address=f"http://{host}:{port}/"))
            say(gettext(EDITIONS[edition]))
            sys.stdout.flush()

        composition.serve(host=host, port=port, with_worker=worker, on_ready=announce)

    @application.command("worker")
    def worker() -> None:
        """Deliver for the node of ENTRAIDE_HOME until Ctrl-C, beside `entraide serve --no-worker`."""
        composition.work(lambda: console.print(gettext("Delivering")))


def _add_users(application: typer.Typer, composition: Composition) -> None:
    users = typer.Typer(help="People who work at this node.", no_args_is_help=True)
    application.add_typer(users, name="user")

    @users.command("create")
    def create(
        username: Annotated[str, typer.Argument(help="Login name.")],
        role: Annotated[
            list[Role], typer.Option(help="What they may do; may be repeated. See docs/using/accounts.md.")
        ],
        post: Annotated[str, typer.Option(help="The post that others see instead of a name.")],
        unit: Annotated[str | None, typer.Option(help="Their unit in the ministry.")] = None,
        password_stdin: Annotated[
            bool, typer.Option("--password-stdin", help="Read the password from standard input instead of asking.")
        ] = False,
    ) -> None:
        """Open an account at the node of ENTRAIDE_HOME; the password, of 12 characters or more, is asked for."""
        node = composition.current_node()
        if password_stdin:
            password = sys.stdin.readline().rstrip("\r\n")
        elif not sys.stdin.isatty():
            raise NoPassword(username=username)
        else:
            password = typer.prompt(gettext("Password"), hide_input=True, confirmation_prompt=True)
        if not password:
            raise NoPassword(username=username)
        create_user(
            node,
            username=username,
            password=password,
            roles=frozenset(role),
            post=post,
            unit_name=unit,
        )
        console.print(gettext("The account {username} is open.").format(username=username))


def _add_checks(application: typer.Typer, composition: Composition) -> None:
    @application.command("doctor")
    def doctor(as_json: AsJson = False) -> None:
        """Check the node's settings, keys, database and triggers; exit code 1 when something is wrong."""
        settings, problems = composition.current_node().settings, composition.check()
        endpoint = settings.reader_endpoint
        if as_json:
            asked = {"host": endpoint.host, "model": endpoint.model} if endpoint else None
            print_json({"edition": settings.edition, "reader_endpoint": asked, "problems": problems})
        else:
            reading = gettext("Reading: rules alone; no text of a source leaves this machine for it.")
            if endpoint:
                reading = gettext("Reading: the text of each imported source is sent to {host}, model {model}.").format(
                    host=endpoint.host, model=endpoint.model
                )
            for line in (gettext(EDITIONS[settings.edition]), reading, *(problems or [gettext("All is well.")])):
                say(line)
        if problems:
            raise typer.Exit(1)

    @application.command("verify")
    def verify(as_json: AsJson = False) -> None:
        """Recompute every log of the node from its entries and check it against the signed checkpoints."""
        node = composition.current_node()
        logs = verify_all_logs(node, list_signers(node))
        if as_json:
            print_json({"logs": [{"origin": log.origin, "size": log.size, "root": log.root.hex()} for log in logs]})
            return
        for log in logs:
            facts = {"log": log.origin, "size": log.size, "root": log.root.hex()}
            say(
                ngettext("{log}: {size} entry, root {root}", "{log}: {size} entries, root {root}", log.size).format(
                    **facts
                )
            )
        console.print(gettext("Every log verifies."))
