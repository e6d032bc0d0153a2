"""What it costs to start a command that needs no node: the processor's time of a whole process, user and system.

    python -m bench.command_start

Each is run several times, with bytecode, and the least is taken: that is what the program needs, whatever else the
machine does.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

RUNS = 7
MOST_CPU, MOST_WALL = 0.4, 1.0
TEXT = "Le 12 janvier 2025, à Vientiane, les deux ministres ont signé le plan de coopération de 2025.\n" * 20


def main() -> None:
    """Print the seconds of each command; exit 1 where one takes longer than it may."""
    with TemporaryDirectory() as folder:
        text = Path(folder) / "one.txt"
        text.write_text(TEXT, encoding="utf-8")
        commands = [["--version"], ["--help"], ["read", "--help"], ["import", "--help"], ["demo", "--help"]]
        commands += [["read", str(text)], ["read", "--json", str(text)]]
        missed = False
        print(f"{'command':28}{'CPU s':>8}{'wall s':>8}")
        for words in commands:
            cpu, wall = least(words, folder)
            missed |= cpu > MOST_CPU or wall > MOST_WALL
            print(f"entraide {' '.join(words).replace(str(text), 'TEXT'):19}{cpu:8.2f}{wall:8.2f}")
    if missed:
        sys.exit(f"missed: each may take {MOST_CPU} s of CPU and {MOST_WALL} s")


def least(words: list[str], folder: str) -> tuple[float, float]:
    """Return the least seconds of CPU and of wall time of several runs, without the first, which compiles."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = folder
    found = []
    for _ in range(RUNS + 1):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-m", "entraide.cli.command", *words]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found.append((cpu, time.perf_counter() - began))
    return min(cpu for cpu, _ in found[1:]), min(wall for _, wall in found[1:])


if __name__ == "__main__":
    main()
