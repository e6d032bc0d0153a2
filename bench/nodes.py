"""Homes of two paired nodes for benchmarks: real keys, SQLite files with synchronous=FULL, loopback addresses."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import django

SOURCES = Path(__file__).parent.parent


@dataclass(frozen=True)
class Places:
    """Where the two nodes live and listen."""

    folder: Path
    ports: tuple[int, int]

    def home(self, side: int) -> Path:
        """Return the home of node 0 or 1."""
        return self.folder / "ab"[side]


def free_ports() -> tuple[int, int]:
    """Return two ports of this machine that nobody listens at now."""
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


def set_up_django(home: Path | None = None) -> None:
    """Set Django up with the settings of `home`, or of no node."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "entraide.config.settings"
    if home is not None:
        os.environ["ENTRAIDE_HOME"] = str(home)
    django.setup()


def prepare_pair(places: Places) -> None:
    """Create both nodes, pair them in this process, and let both deliver until nothing waits. Needs a process of its
    own.
    """
    set_up_django()
    from entraide.access.api import Role, create_user
    from entraide.channel.api import confirm_pairing, deliver_pending, pairing_digits, start_pairing
    from entraide.config.composition import SYSTEM_RANDOMNESS, open_node
    from entraide.config.homes import create_home, migrate_home
    from entraide.kernel.node import NodeSettings, PeerResponse
    from entraide.peer.dispatch import dispatch

    nodes = []
    by_origin: dict[str, Any] = {}

    class Loopback:
        def post(self, origin: str, path: str, body: bytes, *, timeout: float) -> PeerResponse:
            del timeout
            return dispatch(by_origin[origin], path, body)

    for side, (name, state) in enumerate((("vn-mps", "VN"), ("la-mops", "LA"))):
        home, origin = places.home(side), f"http://127.0.0.1:{places.ports[side]}"
        create_home(NodeSettings(home, name, state, {"en": f"Ministry of {state}"}, origin), SYSTEM_RANDOMNESS)
        node = replace(open_node(home, "ab"[side]), transport=Loopback())
        migrate_home(node.database)
        by_origin[origin] = node
        nodes.append(node)
    operators = [
        create_user(node, username="operator", password=None, roles=[Role.operator], post="Operator") for node in nodes
    ]
    pairing_id = start_pairing(nodes[0], actor=operators[0], origin=nodes[1].settings.origin)
    digits = pairing_digits(nodes[1], pairing_id)
    for node, operator in zip(nodes, operators, strict=True):
        confirm_pairing(node, actor=operator, pairing_id=pairing_id, digits=digits)
    while not all(deliver_pending(node).is_idle for node in nodes):
        pass


def prepare_in_a_process(places: Places) -> None:
    """Run `prepare_pair` in a process of its own."""
    run_module("bench.nodes", str(places.folder), *(str(port) for port in places.ports))


def environment(home: Path | None = None) -> dict[str, str]:
    """Return the environment in which these sources are found first, and the node of `home` is served."""
    paths = os.pathsep.join([str(SOURCES / "src"), str(SOURCES)])
    own = {"PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "entraide.config.settings"}
    return {**os.environ, **own, **({"ENTRAIDE_HOME": str(home)} if home else {})}


def run_module(*command: str, home: Path | None = None) -> str:
    """Run `python -m` with `command` to its end and return what it printed; raises `CalledProcessError`."""
    made = subprocess.run(
        [sys.executable, "-m", *command], check=True, env=environment(home), stdout=subprocess.PIPE, text=True
    )
    return made.stdout


def start_module(*command: str, log: Path, home: Path | None = None) -> "subprocess.Popen[bytes]":
    """Start `python -m` with `command`; what it prints goes to the end of `log`."""
    with log.open("ab") as output:
        return subprocess.Popen([sys.executable, "-m", *command], env=environment(home), stdout=output, stderr=output)


@contextmanager
def running(command: list[str], port: int, *, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `python -m` with `command` until the block ends; wait until it listens at `port`."""
    process = start_module(*command, log=log)
    try:
        wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int, process: "subprocess.Popen[bytes]", seconds: float = 30) -> None:
    """Wait until something listens at `port`; raises `RuntimeError` when the process ends before."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens at {port}")


if __name__ == "__main__":
    prepare_pair(Places(Path(sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3]))))
