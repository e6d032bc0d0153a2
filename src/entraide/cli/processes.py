"""Nodes in processes of their own: the tables of a new one, and a served one."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from entraide.cli.starting import SETTINGS
from entraide.config.composition import SYSTEM_RANDOMNESS
from entraide.config.homes import create_home
from entraide.kernel.errors import Unavailable
from entraide.kernel.node import NodeSettings
from entraide.kernel.text import N_

START_SECONDS = 30.0


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


def create_node(settings: NodeSettings, *, database_url: str | None = None, clock_offset_days: int = 0) -> None:
    """Create the folder and keys of a new node, then its tables in a process that has its settings.

    `clock_offset_days` moves the clock of a demonstration. Raises `HomeExists`, `HomeNotWritable`, `DatabaseNotReady`.
    """
    create_home(settings, SYSTEM_RANDOMNESS, database_url=database_url, clock_offset_days=clock_offset_days)
    command = [sys.executable, "-m", "entraide.cli.command", "migrate"]
    done = subprocess.run(  # noqa: S603 - our own command
        command, env=_environment(settings.home), capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise DatabaseNotReady(home=settings.home, why=lines[-1])


@contextmanager
def serving(home: Path, *, port: int) -> Iterator[int]:
    """Serve the node of `home` in a process of its own inside the `with` block; gives its process id.

    Its log is `serve.log` in the home. Raises `ServerDidNotStart`.
    """
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
