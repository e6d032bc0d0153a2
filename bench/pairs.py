"""What two states of the program cost, in turn: `python -m bench.pairs exchange|register --other CHECKOUT`.

Two processes, one of each checkout, have made the same and wait; in turn they do the same and say what CPU time it
took. Both meet the same neighbours, so the ratio of each pair means something also on a busy machine. Printed is the
other checkout's time divided by this one's: above 1, this one is faster.

`exchange`: ten messages one at a time, both ends (`bench.exchange_cost`). `register`: each list and page of
`bench.register_lists` once, of 20,000 commitments on SQLite.
"""

import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import click

MESSAGES, ROWS = 10, 20_000
HERE = Path(__file__).resolve().parents[1]
ANSWER = "took"


@click.command()
@click.argument("what", type=click.Choice(["exchange", "register"]), default="exchange", help="What is done in turn.")
@click.option("--other", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The checkout before.")
@click.option("--rounds", default=60, show_default=True, help="How many pairs of each.")
@click.option("--serve", "serving", is_flag=True, hidden=True)
def main(*, what: str, other: Path | None, rounds: int, serving: bool) -> None:
    """Do the same in both checkouts in turn, and print what it cost."""
    if serving:
        {"exchange": serve_exchange, "register": serve_register}[what](rounds)
    elif other is None:
        print("Nothing is compared: --other names no checkout.")
    else:
        compare(what, other.resolve(), rounds)


def compare(what: str, other: Path, rounds: int) -> None:
    """Let both checkouts work in turn until they have done all, and print each work's median and ratio."""
    before, now = start(what, other, rounds), start(what, HERE, rounds)
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    turn = 0
    while True:
        order = (before, now) if turn % 2 else (now, before)
        answers = {process: ask(process) for process in order}
        one, two = answers[before], answers[now]
        if one is None or two is None:
            break
        pairs[two[0]].append((one[1], two[1]))
        turn += 1
    print(f"{'CPU, ms':40}{'other':>8}{'this':>8}{'ratio':>7}")
    ratios = []
    for name, found in pairs.items():
        befores, nows = zip(*found, strict=True)
        ratios.append(median(first / second for first, second in found))
        print(f"{name:40}{median(befores):8.1f}{median(nows):8.1f}{ratios[-1]:7.2f}")
    print(f"median of the ratios {median(ratios):.2f}, least {min(ratios):.2f}; load {os.getloadavg()[0]:.1f}")


def start(what: str, checkout: Path, rounds: int) -> "subprocess.Popen[str]":
    """Start the process of `checkout`; it makes what it needs before its first answer."""
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), what, "--serve", "--rounds", str(rounds)],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(checkout / "src"), str(checkout)])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def ask(process: "subprocess.Popen[str]") -> tuple[str, float] | None:
    """Return what was done and its milliseconds; None when all is done. Raises `RuntimeError` when it failed."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the process has no pipes")
    if process.poll() is None:
        process.stdin.write("\n")
        process.stdin.flush()
    for line in process.stdout:
        word, _, rest = line.rstrip("\n").partition("\t")
        if word == ANSWER:
            name, _, took = rest.partition("\t")
            return name, float(took)
    if process.wait():
        raise RuntimeError("a checkout failed")
    return None


def serve_exchange(rounds: int) -> None:
    """Exchange ten messages as often as asked."""
    from bench.exchange_cost import deliver_all, open_pair
    from bench.nodes import Places, free_ports, prepare_in_a_process, set_up_django

    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as folder:
        places = Places(Path(folder), free_ports())
        prepare_in_a_process(places)
        set_up_django()
        sender, _reader, partner_id = open_pair(places)
        deliver_all(sender, partner_id, MESSAGES, 1)  # what is loaded and compiled first
        for _ in range(rounds):
            sys.stdin.readline()
            took = deliver_all(sender, partner_id, MESSAGES, 1)["both_ends"]
            print(ANSWER, "one message, both ends", took, sep="\t", flush=True)


def serve_register(rounds: int) -> None:
    """Make a register and read it in each way as often as asked."""
    import bench.register_lists as lists

    def read_in_turn(name: str, read: Callable[[], Any], target: float) -> dict[str, Any]:
        del target
        read()
        for _ in range(rounds):
            sys.stdin.readline()
            began = process_time()
            read()
            print(ANSWER, name, (process_time() - began) * 1000, sep="\t", flush=True)
        return {"name": name, "p95_ms": 0, "reached": True}

    lists.time_reading = read_in_turn
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as folder:
        home = Path(folder) / "home"
        make = f"from pathlib import Path; from bench.register_lists import prepare; prepare(Path({str(home)!r}), None)"
        subprocess.run([sys.executable, "-c", make], check=True, stdout=subprocess.DEVNULL)
        os.environ |= {"ENTRAIDE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "entraide.config.settings"}
        lists.measure(home, ROWS, quiet=True)


if __name__ == "__main__":
    main()
