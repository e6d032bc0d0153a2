"""The locks of all dependencies: exact versions with hashes, no registry's address.

- `requirements/run.txt`: what a node needs; `make demo` and an installed node use it.
- `requirements/postgresql.txt`: what is added to it for PostgreSQL.
- `requirements/dev.txt`: these, the other extras and what developing needs.

`update` resolves `pyproject.toml` with uv, the last first and the others within it, so that what is tested is what
runs; `check` fails when a lock does not satisfy `pyproject.toml`, or when two locks differ.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.pipes import end_with_the_reader

FOLDER = Path("requirements")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)

Wanted = Callable[[Mapping[str, Any]], list[str]]


def _run(table: Mapping[str, Any]) -> list[str]:
    return list(table["project"]["dependencies"])


def _postgresql(table: Mapping[str, Any]) -> list[str]:
    return list(table["project"].get("optional-dependencies", {}).get("postgresql", ()))


def _dev(table: Mapping[str, Any]) -> list[str]:
    extras = table["project"].get("optional-dependencies", {}).values()
    return [*_run(table), *(item for extra in extras for item in extra), *table["dependency-groups"]["dev"]]


LOCKS: dict[str, Wanted] = {"dev": _dev, "run": _run, "postgresql": _postgresql}
"""The name of each lock with what it must satisfy; the first holds all versions, the others are parts of it."""


def main() -> None:
    """Run the asked command."""
    end_with_the_reader()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["update", "check"])
    if parser.parse_args().command == "update":
        update_locks()
        return
    locks = {name: _file(name).read_text(encoding="utf-8") for name in LOCKS}
    problems = list(find_problems(Path("pyproject.toml").read_text(encoding="utf-8"), locks))
    for problem in problems:
        print(problem)
    if problems:
        sys.exit("A lock is not current: run `make lock`.")


def update_locks() -> None:
    """Write the locks again; needs uv on the path or beside the interpreter."""
    table = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    whole, *parts = LOCKS
    _compile(whole, LOCKS[whole](table))
    for part in parts:
        _compile(part, LOCKS[part](table), "--constraint", str(_file(whole)))


def find_problems(project: str, locks: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the texts of `locks`, by name, for the text of a pyproject file."""
    table = tomllib.loads(project)
    pins = {
        name: {canonicalize_name(found): version for found, version in PINNED.findall(locks[name])} for name in LOCKS
    }
    whole, *parts = LOCKS
    for name, wanted in LOCKS.items():
        yield from (f"{name}: {problem}" for problem in _unsatisfied(wanted(table), pins[name]))
        yield from (f"{name}: {problem}" for problem in _unsafe(locks[name]))
    for part in parts:
        for found, version in pins[part].items():
            if pins[whole].get(found) != version:
                yield f"{part}: {found} is locked at {version}, in {whole} at {pins[whole].get(found, 'no version')}."


def _unsatisfied(wanted: list[str], pinned: Mapping[str, str]) -> Iterator[str]:
    for requirement in map(Requirement, wanted):
        version = pinned.get(canonicalize_name(requirement.name))
        if version is None:
            yield f"{requirement.name} is not in the lock."
        elif not requirement.specifier.contains(version, prereleases=True):
            yield f"{requirement} is locked at {version}."


def _unsafe(lock: str) -> Iterator[str]:
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock):
        if PINNED.match(block) and "--hash=sha256:" not in block:
            yield f"{block.split()[0]} has no hash."
    if re.search(r"https?://|file:|--(extra-)?index-url|--find-links", lock):
        yield "The lock names a registry or a folder."


def _compile(name: str, wanted: list[str], *more: str) -> None:
    uv = (
        shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])) or "uv"
    )
    command = [uv, "pip", "compile", "-", "--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--no-emit-index-url", "--no-header", "--no-annotate", "--quiet", *more]
    subprocess.run([*command, "--output-file", str(_file(name))], check=True, input="\n".join(wanted), text=True)


def _file(name: str) -> Path:
    return FOLDER / f"{name}.txt"


if __name__ == "__main__":
    main()
