"""Two real nodes are killed again and again in the middle of their exchange."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.nodes import Places, environment, free_ports, prepare_in_a_process, run_module, start_module, wait_for

pytestmark = pytest.mark.slow
MESSAGES = 100
KILLS = 4
SECONDS = 90


class Nodes:
    """Both nodes as processes of their own, served by the product's own command."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.processes = [self._start(side) for side in (0, 1)]
        for port, process in zip(places.ports, self.processes, strict=True):
            wait_for(port, process)

    def kill(self, side: int) -> None:
        """Kill a node as a power cut would, and start it again at once."""
        self.processes[side].send_signal(signal.SIGKILL)
        self.processes[side].wait()
        self.processes[side] = self._start(side)

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def driver(self, act: str, *rest: str) -> list[str]:
        first, second = self.places.ports
        return ["tests.simulators.driver", act, str(self.places.folder), str(first), str(second), *rest]

    def _start(self, side: int) -> "subprocess.Popen[bytes]":
        home, port = self.places.home(side), self.places.ports[side]
        command = ("entraide.cli.command", "serve", "--port", str(port))
        return start_module(*command, log=home / "serve.log", home=home)


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Nodes]:
    places = Places(tmp_path, free_ports())
    prepare_in_a_process(places)
    made = Nodes(places)
    yield made
    made.stop()


def test_killed_nodes_lose_nothing_and_double_nothing(nodes: Nodes) -> None:
    """Kill -9 of either node at random: all is applied once, in order; both hold the same; all logs verify."""
    deadline = time.monotonic() + SECONDS
    chance = random.Random(20250112)  # noqa: S311 - moments of killing, no secret
    command = [sys.executable, "-m", *nodes.driver("submit", str(MESSAGES))]
    with subprocess.Popen(command, env=environment()) as submitting:  # noqa: S603 - our own
        for number in range(KILLS):
            time.sleep(chance.uniform(1.5, 3.5))
            nodes.kill(number % 2 if number < 2 else chance.randrange(2))
        assert submitting.wait(timeout=SECONDS) == 0
    while time.monotonic() < deadline and run_module(*nodes.driver("waiting")) != "0":
        time.sleep(1)
    summary = json.loads(run_module(*nodes.driver("check")))
    for name, direction in summary.items():
        # The announcement of authorities after pairing and the daily head of the own log come on top.
        assert direction["submitted"] == MESSAGES // 2 + 2, (name, summary)
        assert direction["states"] == {"delivered": MESSAGES // 2 + 2}, (name, summary)
        assert all(
            direction[fact]
            for fact in ("applied_in_order", "threads_in_order", "handled_once_each", "same_evidence", "same_heads")
        ), (name, summary)
        assert direction["logs_verified"] == 3, (name, summary)
