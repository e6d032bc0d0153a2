"""How fast names are found: `python -m bench.search_names [--quick] [--json] [--rows N]`.

Commitment-like texts in French, Vietnamese, Lao and Chinese are indexed through the product's own service in an SQLite
file, or in the PostgreSQL database that ENTRAIDE_TEST_DATABASE_URL names; then names are searched as people type them,
with and without accents, whole and by their beginning. The figure to reach (1 million rows, 2 cores): p95 under 50 ms.
"""

import argparse
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from uuid import UUID

import django

from entraide.kernel.node import Node

TARGET_MS = 50.0
QUICK, FULL, BATCH, ROUNDS = 50_000, 1_000_000, 5_000, 40

SYLLABLES = [
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Đạt",
    "Giang",
    "Hà",
    "Hương",
    "Khánh",
    "Lâm",
    "Minh",
    "Nam",
    "Nga",
    "Phúc",
    "Quang",
    "Sơn",
    "Tâm",
    "Thắng",
    "Tô",
    "Trung",
    "Vân",
]
FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Dương", "Lý", "Tô", "Lương"]
LAO = ["ກະຊວງ", "ປ້ອງກັນ", "ຄວາມສະຫງົບ", "ແຂວງ", "ວຽງຈັນ", "ສາລະວັນ", "ຄຳມ່ວນ", "ສະຫວັນນະເຂດ", "ຫຼວງພະບາງ"]
CHINESE = ["公安部", "司法部", "云南省", "广西", "昆明市", "会议", "合作计划", "边境", "打击", "毒品"]
SUBJECTS = ("la drogue", "la traite des personnes", "la cybercriminalité", "le terrorisme", "la fraude en ligne")
PLACES = ("Đà Nẵng", "Hà Nội", "Vientiane", "Savannakhet", "Điện Biên", "Quảng Trị", "Sơn La", "Nghệ An", "Khammouane")


def main() -> int:
    """Run the benchmark and print its figures; exit code 1 when one misses its target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} rows instead of {FULL:,}")
    parser.add_argument("--rows", type=int, default=0, help="any other number of rows")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    arguments = parser.parse_args()
    rows = arguments.rows or (QUICK if arguments.quick else FULL)
    os.environ.pop("ENTRAIDE_HOME", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.config.settings")
    django.setup()
    with bench_database() as engine:
        figures = {"database": engine, "rows": rows} | measure(bench_node(), rows, quiet=arguments.json)
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:24} {value}")
    return 0 if figures["reached"] else 1


def measure(node: Node, rows: int, *, quiet: bool) -> dict[str, Any]:
    """Return how long indexing took, and the times of searches."""
    from entraide.search.api import find_documents

    filled = fill(rows, quiet=quiet)
    draw = random.Random(11)
    times: list[float] = []
    hits = 0
    for _ in range(ROUNDS):
        for query in queries(draw):
            start = perf_counter()
            found = find_documents(node, query, limit=25)
            times.append((perf_counter() - start) * 1000)
            hits += bool(found)
    p95 = quantiles(times, n=20)[-1]
    return {
        "indexed_per_s": round(rows / filled),
        "searches": len(times),
        "with_hits": hits,
        "p50_ms": round(median(times), 2),
        "p95_ms": round(p95, 2),
        "max_ms": round(max(times), 2),
        "target_p95_ms": TARGET_MS,
        "reached": p95 < TARGET_MS,
    }


def queries(draw: random.Random) -> list[str]:
    """Return one query of each kind: a full name, without its accents, a beginning, Lao, Chinese, name and place."""
    from entraide.search.api import fold

    name = f"{draw.choice(FAMILIES)} {draw.choice(SYLLABLES)} {draw.choice(SYLLABLES)}"
    return [
        name,
        fold(name),
        fold(name)[:-2],
        draw.choice(LAO),
        draw.choice(CHINESE),
        f"{draw.choice(FAMILIES)} {draw.choice(PLACES)}",
    ]


def text(draw: random.Random, number: int) -> str:
    """Return a text as the register has them: a name, what was promised, where, and a number that is its own."""
    name = f"{draw.choice(FAMILIES)} {draw.choice(SYLLABLES)} {draw.choice(SYLLABLES)}"
    other = draw.choice((draw.choice(LAO) + draw.choice(LAO), draw.choice(CHINESE) + draw.choice(CHINESE), ""))
    return f"{name} lutte contre {draw.choice(SUBJECTS)} {draw.choice(PLACES)} {other} {number}"


def fill(rows: int, *, quiet: bool) -> float:
    """Index `rows` texts and return the seconds it took."""
    from django.db import transaction

    from entraide.search.api import NewDocument, index_documents

    draw = random.Random(7)
    seconds = 0.0
    for begin in range(0, rows, BATCH):
        batch = [
            NewDocument("bench.text", UUID(int=number + 1), text(draw, number), public=True)
            for number in range(begin, min(begin + BATCH, rows))
        ]
        start = perf_counter()
        with transaction.atomic(using="bench"):
            index_documents(batch)
        seconds += perf_counter() - start
        if not quiet:
            print(f"\r{begin + len(batch):,} of {rows:,} rows", end="", file=sys.stderr)
    if not quiet:
        print(file=sys.stderr)
    return seconds


def bench_node() -> Node:
    """Return a node of the empty database; searching needs nothing else of it."""
    from tests.factories.nodes import make_node

    return make_node("bench", name="vn-mps")


@contextmanager
def bench_database() -> Iterator[str]:
    """Route the reads and writes of this thread to an empty database with the search table, and name its kind."""
    from django.core.management import call_command
    from django.db import connections

    from entraide.config.node_file import database_settings, sqlite_settings
    from entraide.kernel.node import active_database

    url = os.environ.get("ENTRAIDE_TEST_DATABASE_URL")
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as folder:
        settings = (
            database_settings(f"{url}_bench", Path(folder)) if url else sqlite_settings(f"{folder}/bench.sqlite3")
        )
        connections.databases["bench"] = connections.configure_settings({"default": {}, "bench": settings})["bench"]
        token = active_database.set("bench")
        try:
            call_command("migrate", "search", database="bench", verbosity=0)
            yield connections["bench"].vendor
        finally:
            if url:
                call_command("migrate", "search", "zero", database="bench", verbosity=0)
            active_database.reset(token)
            connections["bench"].close()


if __name__ == "__main__":
    sys.exit(main())
