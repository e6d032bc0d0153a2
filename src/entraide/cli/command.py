"""The `entraide` command: sets Django up, hands the composition to the command line, maps errors once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import django
import httpx

from entraide.kernel.errors import Conflict, EntraideError, Unavailable
from entraide.kernel.node import Node, NodeSettings
from entraide.kernel.text import N_

START_SECONDS = 30.0
SETTINGS = "entraide.config.settings"


class ServerDidNotStart(Unavailable):
    """A node's process ended or did not answer in time."""

    code = "cli.server_did_not_start"
    message = N_("The node in {home} did not answer on port {port}.")
    remedy = N_("Look at {log} for the reason; another program may use the port.")


class DatabaseNotReady(Unavailable):
    """The database of a new node could not be made."""

    code = "cli.database_not_ready"
    message = N_("The node in {home} has no database yet: {why}")
    remedy = N_("Correct that, then run `ENTRAIDE_HOME={home} entraide migrate`; the keys are made and stay.")


class DatabaseUnusable(Unavailable):
    """The node's database cannot be read or written."""

    code = "cli.database_unusable"
    message = N_("The node's database cannot be used: {why}.")
    remedy = N_("Run `entraide doctor`; a new or upgraded node needs `entraide migrate`.")


class SystemRefused(Unavailable):
    """The operating system refused to read or write."""

    code = "cli.system_refused"
    message = N_("{file}: {why}.")
    remedy = N_("Check the path, who owns it, and the free space.")


class NothingToDeliver(Conflict):
    """A delivery worker is asked of an observatory."""

    code = "cli.nothing_to_deliver"
    message = N_("The installation in {home} is an observatory: it exchanges nothing, so there is nothing to deliver.")
    remedy = N_("Run `entraide serve`; a node is made with `entraide init --edition node`.")


class NodeComposition:
    """Implements `cli.composition.Composition` for the home of this process."""

    def current_node(self) -> Node:
        """Return the node of `ENTRAIDE_HOME`."""
        from entraide.config.composition import current_node  # noqa: PLC0415 - Django is set up by then

        return current_node()

    def open_node(self, home: Path, alias: str) -> Node:
        """Return the node of `home` under `alias`, its tables up to date."""
        from entraide.config.composition import open_node  # noqa: PLC0415 - Django is set up by then

        return open_node(home, alias)

    def create_home(
        self, settings: NodeSettings, *, database_url: str | None = None, clock_offset_days: int = 0
    ) -> None:
        """Create the node, then its tables in a process that has its settings."""
        from entraide.config.composition import SYSTEM_RANDOMNESS  # noqa: PLC0415 - Django is set up by then
        from entraide.config.homes import create_home  # noqa: PLC0415 - the same

        create_home(settings, SYSTEM_RANDOMNESS, database_url=database_url, clock_offset_days=clock_offset_days)
        command = [sys.executable, "-m", "entraide.cli.command", "migrate"]
        done = subprocess.run(  # noqa: S603 - our own command
            command, env=_environment(settings.home), capture_output=True, text=True, check=False
        )
        if done.returncode:
            lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
            raise DatabaseNotReady(home=settings.home, why=lines[-1])

    def demand_free_port(self, port: int) -> None:
        """Raise `AddressTaken` when something listens at `port` already."""
        from entraide.config.serving import demand_free_address  # noqa: PLC0415 - loads the server only for this

        demand_free_address("127.0.0.1", port)

    def demand_no_real_node(self, home: Path) -> None:
        """Raise `HomeExists` when `home` holds anything but a demonstration, which alone may be replaced."""
        from entraide.config.homes import demand_no_real_node  # noqa: PLC0415 - the same

        demand_no_real_node(home)

    def serve(self, *, host: str, port: int, with_worker: bool, on_ready: Callable[[], None]) -> None:
        """Serve the current node until a signal."""
        from entraide.config.doctor import demand_database, demand_vocabulary  # noqa: PLC0415 - Django is set up by then
        from entraide.config.logs import set_up_logs  # noqa: PLC0415 - only servers log
        from entraide.config.serving import serve  # noqa: PLC0415 - loads the server only when it serves

        node = self.current_node()
        demand_database(node)
        demand_vocabulary(node)
        set_up_logs()
        serve(node, host=host, port=port, with_worker=with_worker, on_ready=on_ready)

    def work(self, on_ready: Callable[[], None]) -> None:
        """Deliver for the current node until a signal."""
        from entraide.channel.api import run_delivery  # noqa: PLC0415 - Django is set up by then
        from entraide.config.composition import list_duties  # noqa: PLC0415 - the same
        from entraide.config.doctor import demand_vocabulary  # noqa: PLC0415 - the same
        from entraide.config.logs import set_up_logs  # noqa: PLC0415 - only servers log

        node = self.current_node()
        if not node.settings.exchanges:
            raise NothingToDeliver(home=node.settings.home)
        demand_vocabulary(node)
        set_up_logs()
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        on_ready()
        run_delivery(node, stop, duties=list_duties())

    @contextmanager
    def serving(self, home: Path, *, port: int) -> Iterator[int]:
        """Serve the node of `home` in a process of its own; its log is `serve.log` in the home."""
        log = home / "serve.log"
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "entraide.cli.command", "serve", "--port", str(port)],
                env=_environment(home),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            _wait_until_it_answers(process, home, port, log)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def check(self) -> list[str]:
        """Return what is wrong with the current node."""
        from entraide.config.doctor import find_problems  # noqa: PLC0415 - Django is set up by then

        return find_problems(self.current_node())

    def migrate(self) -> None:
        """Bring the database of the current node up to date."""
        from entraide.config.homes import migrate_home  # noqa: PLC0415 - Django is set up by then

        migrate_home(self.current_node().database)


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "ENTRAIDE_HOME": str(home), "DJANGO_SETTINGS_MODULE": SETTINGS}


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", home: Path, port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/", timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise ServerDidNotStart(home=home, port=port, log=log)


def main() -> None:
    """Run the command; an error of the tree is one line on standard error and its branch's exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.umask(0o077)  # what a node writes is for its own account
    try:
        django.setup()
    except EntraideError as error:
        sys.stderr.write(f"{error} {error.remedy_text} [{error.code}]\n")
        sys.exit(error.exit_code)
    from django.db import DatabaseError  # noqa: PLC0415 - Django is set up by then
    from django.utils import translation  # noqa: PLC0415 - the same

    from entraide.cli.application import build_application  # noqa: PLC0415 - the same
    from entraide.cli.output import describe_error, language_of_terminal  # noqa: PLC0415 - the same

    with translation.override(language_of_terminal()):
        try:
            build_application(NodeComposition())()
        except EntraideError as error:
            shown = error
        except DatabaseError as error:
            shown = DatabaseUnusable(why=_first_line(error))
        except OSError as error:
            if error.filename is None:
                raise
            shown = SystemRefused(file=error.filename, why=error.strerror)
        else:
            return
        sys.stderr.write(describe_error(shown) + "\n")
        sys.exit(shown.exit_code)


def _first_line(error: Exception) -> str:
    """Return what a database says, in one line and without the statement or its values."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


if __name__ == "__main__":
    main()
