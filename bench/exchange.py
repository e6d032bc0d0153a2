"""The exchange between two real processes on loopback: one message at a time, and in batches.

Each message is sealed, signed, durable at both ends (SQLite, synchronous=FULL), applied by a handler that journals it,
receipted and journaled, all through the product's own services. Payloads have 4 KiB. Node A is this process with its
delivery worker, node B serves in a process of its own.

    python -m bench.exchange [--quick] [--json]

A comparison with django-pyas2 in the same run is not here yet.
"""

import json
import statistics
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread
from typing import Annotated, Any

import click

from bench.nodes import Places, free_ports, prepare_in_a_process, running, set_up_django
from entraide.kernel.codecs import Text
from entraide.kernel.wire import Message

PAYLOAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class BenchMessage(Message):
    """What is sent."""

    message_type, message_version = "bench.message", 1

    text: Annotated[str, Text(PAYLOAD_BYTES)] = "x" * PAYLOAD_BYTES


@click.command()
@click.option("--quick", is_flag=True, help="Fewer messages; under a minute.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--role", default="", hidden=True)
@click.option("--folder", type=click.Path(path_type=Path), hidden=True)
@click.option("--ports", default="", hidden=True)
def main(*, quick: bool, as_json: bool, role: str, folder: Path | None, ports: str) -> None:
    """Measure the exchange and print the figures."""
    if role and folder is not None:
        first, second = (int(port) for port in ports.split(","))
        places = Places(folder, (first, second))
        serve_reader(places)
        return
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as name:
        figures = measure(Places(Path(name), free_ports()), quick=quick)
    print(json.dumps(figures, indent=None if as_json else 2))


def measure(places: Places, *, quick: bool) -> dict[str, Any]:
    """Return the figures; times in milliseconds, rates per second."""
    arguments = ["--folder", str(places.folder), "--ports", ",".join(str(port) for port in places.ports)]
    prepare_in_a_process(places)
    command = ["bench.exchange", "--role", "reader", *arguments]
    with running(command, places.ports[1], log=places.folder / "reader.log"):
        set_up_django(places.home(0))
        return {
            "bench": "exchange",
            "payload_bytes": PAYLOAD_BYTES,
            "one_at_a_time": measure_single(200 if quick else 1000),
            "batched": measure_batched(5_000 if quick else 30_000),
            "not_measured": ["django-pyas2 side by side", "PostgreSQL"],
        }


def measure_single(messages: int) -> dict[str, Any]:
    """Submit one message, wait until its delivery evidence is stored, and so on."""
    from entraide.channel.api import run_delivery
    from entraide.channel.models import OutboxMessage

    node, partner_id = here()
    stop = Event()
    worker = Thread(target=run_delivery, args=(node, stop), daemon=True)
    worker.start()
    times = []
    for _ in range(messages):
        start = time.perf_counter()
        (message_id,) = submit(node, partner_id, 1)
        while not OutboxMessage.objects.filter(id=message_id, state="delivered").exists():
            time.sleep(0.002)
        times.append(time.perf_counter() - start)
    stop.set()
    worker.join()
    times.sort()
    return {
        "messages": messages,
        "per_second": round(messages / sum(times), 1),
        "submit_to_evidence_p50_ms": round(statistics.median(times) * 1000, 1),
        "submit_to_evidence_p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
    }


def measure_batched(messages: int) -> dict[str, Any]:
    """Submit a backlog, then drain it in batches of 500."""
    from entraide.channel.api import deliver_pending
    from entraide.channel.models import OutboxMessage

    node, partner_id = here()
    start = time.perf_counter()
    for _ in range(messages // 500):
        submit(node, partner_id, 500)
    submitted = time.perf_counter()
    report = deliver_pending(node)
    drained = time.perf_counter()
    assert report.messages == messages, report
    assert not OutboxMessage.objects.exclude(state="delivered").exists()
    return {
        "messages": messages,
        "batches": report.batches,
        "submitted_per_second": round(messages / (submitted - start)),
        "drained_per_second": round(messages / (drained - submitted)),
    }


def serve_reader(places: Places) -> None:
    """Serve node B with a handler that journals each message."""
    set_up_django(places.home(1))
    from entraide.config.composition import current_node
    from entraide.config.serving import serve

    node = replace(current_node(), handlers=list_bench_handlers())
    serve(node, host="127.0.0.1", port=places.ports[1], with_worker=True, on_ready=lambda: None)


def list_bench_handlers() -> Any:  # noqa: ANN401 - imported after Django is set up
    """Return what a node handles, and a handler that journals each message of the benchmark."""
    from entraide.channel.api import Handled, HandlerTable, HandlingResult
    from entraide.config.composition import list_handlers
    from entraide.journal.api import NewEntry, append_entries

    def handle_many(node: Any, received: Any) -> list[HandlingResult]:  # noqa: ANN401 - the channel's own types
        append_entries(node, [NewEntry("bench.applied", message.message_id, {}) for message in received])
        return [HandlingResult.accepted()] * len(received)

    return HandlerTable.of(list_handlers().entries.values(), [Handled(BenchMessage, handle_many)])


def here() -> tuple[Any, Any]:
    """Return node A and its one partner's id."""
    from entraide.config.composition import current_node
    from entraide.directory.api import list_partners

    node = current_node()
    return node, list_partners(node)[0].id


def submit(node: Any, partner_id: Any, count: int) -> list[Any]:  # noqa: ANN401 - imported after Django is set up
    """Submit `count` messages in one transaction, each in its own thread of conversation."""
    from entraide.channel.api import submit_message
    from entraide.kernel.ids import ThreadId, new_uuid
    from entraide.storage.api import transaction

    with transaction(node):
        return [
            submit_message(
                node,
                partner_id=partner_id,
                message=BenchMessage(),
                thread_id=ThreadId(new_uuid(node)),
            )
            for _ in range(count)
        ]


if __name__ == "__main__":
    main()
