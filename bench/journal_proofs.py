"""How fast a journal is proven and hashed again: `python -m bench.journal_proofs [--quick] [--json]`.

Entries are appended, numbered and signed through the product's own services in an SQLite file; then inclusion proofs
of leaves all over the log are made and verified, and the whole log is computed again from its entries. The figures to
reach (1 million entries, 2 cores): inclusion proof p95 under 1 ms, full re-hash under 5 s.
"""

import argparse
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import shake_256
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, cast
from uuid import UUID

import django

TARGET_PROOF_MS, TARGET_REHASH_S = 1.0, 5.0
QUICK, FULL, BATCH, PROOFS = 20_000, 1_000_000, 5_000, 2_000


class Ticking:
    """A clock that moves on by a millisecond whenever it is read."""

    def __init__(self) -> None:
        self.at = datetime(2025, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the next moment."""
        self.at += timedelta(milliseconds=1)
        return self.at


class Seeded:
    """Randomness that is the same in every run."""

    def __init__(self) -> None:
        self.drawn = 0

    def draw(self, size: int) -> bytes:
        """Return the next `size` bytes."""
        self.drawn += 1
        return shake_256(self.drawn.to_bytes(8)).digest(size)


def main() -> int:
    """Run the benchmark and print its figures; exit code 1 when one misses its target at full size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} entries instead of {FULL:,}")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    arguments = parser.parse_args()
    os.environ.pop("ENTRAIDE_HOME", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.config.settings")
    django.setup()
    figures = measure(QUICK if arguments.quick else FULL, quiet=arguments.json)
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:24} {value}")
    return 0 if figures["reached"] else 1


def measure(count: int, *, quiet: bool) -> dict[str, Any]:
    """Return the figures for a log of `count` entries."""
    from entraide.journal.api import prove_inclusion, verify_inclusion, verify_log
    from entraide.journal.models import Entry

    with bench_node() as node:
        start = perf_counter()
        log_id, checkpoint = fill(node, count, quiet=quiet)
        filled = perf_counter() - start
        places = random.Random(7).sample(range(count), min(PROOFS, count))
        with node.active():
            leaves = dict(Entry.objects.filter(index__in=places[:500]).values_list("index", "digest"))
            times = []
            for place in places:
                start = perf_counter()
                proof = prove_inclusion(log_id, place, count)
                times.append(perf_counter() - start)
                if place in leaves:
                    verify_inclusion(bytes(leaves[place]), place, count, proof, checkpoint.root)
        start, busy = perf_counter(), process_time()
        verified = verify_log(node, log_id)
        rehash, busy = perf_counter() - start, process_time() - busy
        assert (verified.size, verified.root) == (count, checkpoint.root)
    times.sort()
    proof_ms = round(times[int(len(times) * 0.95)] * 1000, 3)
    return {
        "entries": count,
        "appended_per_second": round(count / filled),
        "proof_p50_ms": round(times[len(times) // 2] * 1000, 3),
        "proof_p95_ms": proof_ms,
        "proof_p95_target_ms": TARGET_PROOF_MS,
        "full_rehash_s": round(rehash, 2),
        "full_rehash_cpu_s": round(busy, 2),
        "full_rehash_target_s": TARGET_REHASH_S,
        "reached": proof_ms < TARGET_PROOF_MS and rehash < TARGET_REHASH_S,
    }


@contextmanager
def bench_node() -> Iterator[Any]:
    """Give a node with keys and an empty journal in a temporary SQLite file."""
    from django.core.management import call_command
    from django.db import connections

    from entraide.config.node_file import sqlite_settings
    from entraide.kernel.node import Node, NodeSettings
    from entraide.keys.api import create_memory_keyring

    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as home:
        settings = sqlite_settings(str(Path(home) / "entraide.sqlite3"))
        connections.databases["bench"] = connections.configure_settings({"default": {}, "bench": settings})["bench"]
        call_command("migrate", database="bench", verbosity=0)
        missing = cast(Any, None)
        place = NodeSettings(Path(home), "bench", "XX", {"en": "Bench"}, "http://127.0.0.1")
        yield Node(place, Ticking(), Seeded(), create_memory_keyring(Seeded()), missing, missing, "bench")
        connections["bench"].close()


def fill(node: Any, count: int, *, quiet: bool) -> tuple[Any, Any]:  # noqa: ANN401 - types come after set-up
    """Append, number and sign `count` entries; return the log's id and its last checkpoint."""
    from entraide.journal.api import (
        NewEntry,
        append_entries,
        ensure_own_log,
        sequence_own_log,
    )
    from entraide.storage.api import transaction

    checkpoint = sequence_own_log(node)
    for start in range(0, count, BATCH):
        entries = [
            NewEntry("bench.done", UUID(int=number), {"number": number, "state": "done"}, UUID(int=7))
            for number in range(start, min(start + BATCH, count))
        ]
        with transaction(node):
            append_entries(node, entries)
        checkpoint = sequence_own_log(node)
        if not quiet:
            print(f"\r{min(start + BATCH, count):>12,} entries", end="", file=sys.stderr, flush=True)
    if not quiet:
        print(file=sys.stderr)
    return ensure_own_log(node), checkpoint


if __name__ == "__main__":
    sys.exit(main())
