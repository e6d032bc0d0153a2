"""How fast a large register is read: `python -m bench.register_lists [--quick] [--json] [--rows N] [--database NAME]`.

A register of a million commitments (with meetings, instruments, sources, passages and the search index) is made in a
new home, on SQLite and on a PostgreSQL server of its own, and read as the site reads it: lists and filters through the
product's selectors, names through its search, pages through the whole of Django, in one process that holds no cache of
answers. Figures to reach (2 cores): list, filter and name search p95 under 50 ms; pages p95 under 150 ms and 150 kB.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from bench.large_register import STATES, Made, draw_name, fill_register
from bench.nodes import set_up_django
from entraide.kernel.node import Node

QUICK, FULL = 20_000, 1_000_000
TARGET_LIST_MS, TARGET_PAGE_MS, TARGET_PAGE_BYTES = 50.0, 150.0, 150_000
ROUNDS = 60
DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Run the benchmark on both databases and print its figures; exit code 1 when one misses its target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} commitments instead of {FULL:,}")
    parser.add_argument("--rows", type=int, default=0, help="any other number of commitments")
    parser.add_argument("--database", choices=DATABASES, help="one of the two instead of both")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    rows = arguments.rows or (QUICK if arguments.quick else FULL)
    if arguments.home:
        print(json.dumps(measure(arguments.home, rows, quiet=arguments.json)))
        return 0
    figures = {}
    for database in [arguments.database] if arguments.database else DATABASES:
        found = run_on(database, rows, quiet=arguments.json)
        if found is None:
            print("SKIPPED: PostgreSQL, for no server is installed.", file=sys.stderr)
            continue
        figures[database] = found
        if not arguments.json:
            show(database, rows, found)
    if arguments.json:
        print(json.dumps(figures))
    return 0 if all(line["reached"] for found in figures.values() for line in found["read"]) else 1


def run_on(database: str, rows: int, *, quiet: bool) -> dict[str, Any] | None:
    """Return the figures of one database, measured in a process of its own; None where there is no server."""
    from tools.postgresql import find_binaries, temporary_server

    binaries = find_binaries() if database == "postgresql" else None
    if database == "postgresql" and binaries is None:
        return None
    with (
        tempfile.TemporaryDirectory(prefix="entraide-bench-") as folder,
        temporary_server(binaries) if binaries else nullcontext(None) as url,
    ):
        home = Path(folder) / "home"
        prepare(home, url)
        command = [sys.executable, "-m", "bench.register_lists", "--home", str(home), "--rows", str(rows)]
        environment = {**os.environ, "ENTRAIDE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "entraide.config.settings"}
        done = subprocess.run(
            [*command, *(["--json"] if quiet else [])],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


def prepare(home: Path, url: str | None) -> None:
    """Create the home of a node that uses SQLite, or the PostgreSQL server at `url`."""
    from entraide.config.composition import SYSTEM_RANDOMNESS
    from entraide.config.homes import create_home
    from entraide.kernel.node import NodeSettings

    if url is not None:
        import psycopg

        with psycopg.connect(url.removesuffix("entraide") + "postgres", autocommit=True) as server:
            server.execute("CREATE DATABASE entraide")
    settings = NodeSettings(home, "bench", "VN", {"en": "Ministry"}, "http://127.0.0.1:8000")
    create_home(settings, SYSTEM_RANDOMNESS, database_url=url)


def measure(home: Path, rows: int, *, quiet: bool) -> dict[str, Any]:
    """Fill the database of `home` and return how long it took, and the times of each way of reading."""
    set_up_django(home)
    from django.core.management import call_command
    from django.db import connection

    from entraide.config.composition import current_node
    from entraide.config.homes import migrate_home
    from entraide.config.memory import settle_memory

    migrate_home()
    call_command("collectstatic", interactive=False, verbosity=0)
    start = perf_counter()
    made = fill_register(rows, quiet=quiet)
    filled = perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    settle_memory()  # as a served node does
    draw = random.Random(11)
    reads = [time_reading(name, read, TARGET_LIST_MS) for name, read in list_readings(current_node(), made, draw)]
    reads += [time_page(name, address) for name, address in page_readings(made, draw)]
    return {"rows": rows, "filled_s": round(filled), "read": reads}


def list_readings(node: Node, made: Made, draw: random.Random) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield each way of listing, filtering and searching, as a function that draws new values at each call."""
    from entraide.directory.api import state_name
    from entraide.programme.api import (
        CommitmentFilter,
        CommitmentStatus,
        InstrumentFilter,
        InstrumentKind,
        Level,
        MechanismFilter,
        MeetingFilter,
        count_commitments,
        count_domains_by_pair,
        list_filter_values,
        load_domains,
        page_commitments,
        page_instruments,
        page_mechanisms,
        page_meetings,
    )
    from entraide.programme.domain.cursors import Cursor, write_cursor
    from entraide.programme.models import Commitment
    from entraide.search.api import Results, find_documents, fold, search_documents

    domains = list(load_domains().codes)

    def states(many: int) -> frozenset[str]:
        return frozenset(draw.sample(STATES[:12] if draw.random() < 0.5 else STATES, many))

    def status() -> CommitmentStatus:
        return draw.choice(list(CommitmentStatus))

    def year() -> int:
        return draw.randrange(2010, 2026)

    def deep() -> str:
        row = Commitment.objects.values_list("listed_on", "id").get(id=draw.choice(made.commitments))
        return write_cursor(Cursor(*row, backwards=draw.random() < 0.5))

    def named(codes: frozenset[str]) -> list[str]:
        return [state_name(code, draw.choice(("fr", "en", "vi"))) for code in sorted(codes)]

    def found(query: str) -> Results:
        kinds = ["mechanism", "meeting", "instrument", "commitment", "post", "organisation", "source"]
        return search_documents(node, query, kinds=kinds)

    def searched() -> list[str]:
        name = draw_name(draw)
        return [name, fold(name), name.split()[0], fold(name)[:-2], "ປ້ອງກັນ", "公安部", "la drogue", f"{name} Vientiane"]

    return iter(
        [
            ("commitments, first page", lambda: page_commitments(node, CommitmentFilter())),
            ("commitments, deep page", lambda: page_commitments(node, CommitmentFilter(), cursor=deep())),
            ("by State", lambda: page_commitments(node, CommitmentFilter(states(1)))),
            ("by pair of States", lambda: page_commitments(node, CommitmentFilter(states(2)))),
            ("by domain", lambda: page_commitments(node, CommitmentFilter(domain=draw.choice(domains)))),
            ("by status", lambda: page_commitments(node, CommitmentFilter(status=status()))),
            ("by year", lambda: page_commitments(node, CommitmentFilter(year=year()))),
            ("by year of the plan", lambda: page_commitments(node, CommitmentFilter(plan_year=year()))),
            (
                "by State, year of the plan and domain",
                lambda: page_commitments(node, CommitmentFilter(states(1), draw.choice(domains), plan_year=year())),
            ),
            ("sorted by domain", lambda: page_commitments(node, CommitmentFilter(states(1), sort="domain"))),
            ("instruments, by year of the plan", lambda: page_instruments(node, InstrumentFilter(plan_year=year()))),
            (
                "by domain and status",
                lambda: page_commitments(node, CommitmentFilter(domain=draw.choice(domains), status=status())),
            ),
            (
                "by State, domain, status and year",
                lambda: page_commitments(node, CommitmentFilter(states(1), draw.choice(domains), status(), year())),
            ),
            (
                "of a mechanism, by domain",
                lambda: page_commitments(
                    node, CommitmentFilter(domain=draw.choice(domains), mechanism_id=draw.choice(made.mechanisms))
                ),
            ),
            ("meetings, by State and year", lambda: page_meetings(node, MeetingFilter(states(1), year=year()))),
            ("meetings, by level", lambda: page_meetings(node, MeetingFilter(level=draw.choice(list(Level))))),
            (
                "instruments, by State and kind",
                lambda: page_instruments(node, InstrumentFilter(states(1), draw.choice(list(InstrumentKind)))),
            ),
            ("mechanisms, by State", lambda: page_mechanisms(node, MechanismFilter(states(1)))),
            ("heat map", lambda: (count_domains_by_pair(node), list_filter_values(node))),
            ("counts of the first page", lambda: count_commitments(node)),
            ("name search", lambda: find_documents(node, draw.choice(searched()), limit=60)),
            ("search: two States and a year", lambda: found(f"{' '.join(states(2))} {year()}")),
            ("search: a plan", lambda: found(f"plan de coopération {' '.join(named(states(2)))} {year()}")),
        ]
    )


def page_readings(made: Made, draw: random.Random) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield each page, as a function that gives an address of it."""
    from urllib.parse import quote

    def some(kind: str, ids: list[Any]) -> Callable[[], str]:
        return lambda: f"/{kind}/{draw.choice(ids)}/"

    return iter(
        [
            ("page: first", lambda: "/"),
            ("page: meetings", lambda: "/meetings/"),
            ("page: commitments, narrowed", lambda: f"/commitments/?state={draw.choice(STATES[:12])}&status=pledged"),
            ("page: instruments", lambda: "/instruments/"),
            ("page: mechanisms", lambda: "/mechanisms/"),
            ("page: heat map", lambda: "/domains/"),
            ("page: mechanism", some("mechanisms", made.mechanisms)),
            ("page: largest mechanism", lambda: f"/mechanisms/{made.largest}/"),
            ("page: meeting", some("meetings", made.meetings)),
            ("page: instrument", some("instruments", made.instruments)),
            ("page: commitment", some("commitments", made.commitments)),
            ("page: sources", lambda: "/sources/"),
            ("page: source", some("sources", made.sources)),
            ("page: search", lambda: f"/search/?q={quote(draw_name(draw))}"),
        ]
    )


def time_reading(name: str, read: Callable[[], Any], target: float) -> dict[str, Any]:
    """Return the times of one way of reading, in milliseconds: on the wall, and of this process's CPU."""
    read()
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = perf_counter(), process_time()
        read()
        walls.append((perf_counter() - wall) * 1000)
        cpus.append((process_time() - cpu) * 1000)
    p95 = quantiles(walls, n=20)[-1]
    return {
        "name": name,
        "p50_ms": round(median(walls), 1),
        "p95_ms": round(p95, 1),
        "cpu_ms": round(median(cpus), 1),
        "target_ms": target,
        "reached": p95 < target,
    }


def time_page(name: str, address: Callable[[], str]) -> dict[str, Any]:
    """Return the times of a page through the whole of Django, and the size of the largest answer in bytes."""
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1:8000", HTTP_ACCEPT_LANGUAGE="fr")
    sizes = []

    def get() -> None:
        where = address()
        answer = client.get(where)
        if answer.status_code != 200:
            sys.exit(f"{where} answered {answer.status_code}")
        sizes.append(len(answer.content))

    line = time_reading(name, get, TARGET_PAGE_MS)
    largest = max(sizes)
    return {**line, "largest_bytes": largest, "reached": line["reached"] and largest < TARGET_PAGE_BYTES}


def show(database: str, rows: int, found: dict[str, Any]) -> None:
    """Print the figures of one database as a table."""
    print(f"{database}: {rows:,} commitments, filled in {found['filled_s']} s")
    print(f"{'':36}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}{'to reach':>10}{'bytes':>10}")
    for line in found["read"]:
        missed = "" if line["reached"] else "  missed"
        figures = f"{line['p50_ms']:>9}{line['p95_ms']:>9}{line['cpu_ms']:>9}{line['target_ms']:>10.0f}"
        print(f"{line['name']:36}{figures}{line.get('largest_bytes', ''):>10}{missed}")


if __name__ == "__main__":
    sys.exit(main())
