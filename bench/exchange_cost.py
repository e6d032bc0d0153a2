"""What one message costs where others compute too: CPU time, statements and commits, both nodes in one process.

    python -m bench.exchange_cost [--messages 300]

Times on the wall depend on the neighbours; what is printed here hardly does. Nothing goes over a network; each database
is an SQLite file with synchronous=FULL.
"""

import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bench.exchange import list_bench_handlers, submit
from bench.nodes import Places, free_ports, prepare_in_a_process, set_up_django


@click.command()
@click.option("--messages", default=300, show_default=True, help="One at a time; ten times as many in batches.")
def main(messages: int) -> None:
    """Measure and print the figures."""
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as name:
        places = Places(Path(name), free_ports())
        prepare_in_a_process(places)
        set_up_django()
        sender, reader, partner_id = open_pair(places)
        deliver_all(sender, partner_id, 1, 1)
        figures = {
            "bench": "exchange_cost",
            "one_message": count_statements(sender, reader, partner_id),
            "one_at_a_time_cpu_ms": deliver_all(sender, partner_id, messages, 1),
            "batched_cpu_ms": deliver_all(sender, partner_id, messages * 10, 500),
        }
        print(json.dumps(figures, indent=2))


def open_pair(places: Places) -> tuple[Any, Any, Any]:
    """Return both nodes, joined in this process, and the sender's id of the reader."""
    from entraide.config.composition import open_node
    from entraide.directory.api import list_partners
    from entraide.kernel.node import PeerResponse
    from entraide.peer.dispatch import dispatch

    by_origin: dict[str, Any] = {}

    class Loopback:
        def post(self, origin: str, path: str, body: bytes, *, timeout: float) -> PeerResponse:
            del timeout
            return dispatch(by_origin[origin], path, body)

    parts = {"transport": Loopback(), "handlers": list_bench_handlers()}
    nodes = [replace(open_node(places.home(side), "ab"[side]), **parts) for side in (0, 1)]
    by_origin.update({node.settings.origin: node for node in nodes})
    with nodes[0].active():
        return nodes[0], nodes[1], list_partners(nodes[0])[0].id


def count_statements(sender: Any, reader: Any, partner_id: Any) -> dict[str, dict[str, int]]:  # noqa: ANN401 - imported after Django is set up
    """Return how many statements and commits one message takes in each of its steps."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    from entraide.channel.api import deliver_pending

    at_sender, at_reader = connections[sender.database], connections[reader.database]
    with CaptureQueriesContext(at_sender) as submitting:
        submit(sender, partner_id, 1)
    with CaptureQueriesContext(at_sender) as sending, CaptureQueriesContext(at_reader) as receiving:
        deliver_pending(sender)
    steps = {"submitting": submitting, "sending": sending, "receiving": receiving}
    return {
        name: {
            "statements": len(step),
            "commits": sum(query["sql"] == "COMMIT" for query in step.captured_queries),
        }
        for name, step in steps.items()
    }


def deliver_all(sender: Any, partner_id: Any, messages: int, at_once: int) -> dict[str, float]:  # noqa: ANN401 - the same
    """Submit and deliver `messages`, `at_once` in one transaction; return CPU time per message in milliseconds."""
    from entraide.channel.api import deliver_pending

    submitting = delivering = 0.0
    for _ in range(max(1, messages // at_once)):
        start = time.process_time()
        submit(sender, partner_id, at_once)
        submitted = time.process_time()
        report = deliver_pending(sender)
        delivering += time.process_time() - submitted
        submitting += submitted - start
        assert report.messages == at_once, report
    count = max(1, messages // at_once) * at_once
    return {"submitting": round(submitting / count * 1000, 3), "both_ends": round(delivering / count * 1000, 3)}


if __name__ == "__main__":
    main()
