"""The lock of all dependencies: exact versions with hashes, no registry's address.

`update` resolves `pyproject.toml` with uv; `check` fails when the lock does not satisfy `pyproject.toml`.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path("requirements/dev.txt")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def main() -> None:
    """Run the asked command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["update", "check"])
    if parser.parse_args().command == "update":
        update_lock()
        return
    problems = find_problems(Path("pyproject.toml").read_text(encoding="utf-8"), LOCK.read_text(encoding="utf-8"))
    for problem in problems:
        print(problem)
    if problems:
        sys.exit("The lock is not current: run `make lock`.")


def update_lock() -> None:
    """Write the lock again; needs uv on the path or beside the interpreter."""
    command = ["uv", "pip", "compile", "pyproject.toml", "--extra", "postgresql", "--group", "dev", "--universal"]
    command += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet"]
    subprocess.run([*command, "--output-file", str(LOCK)], check=True)


def find_problems(project: str, lock: str) -> list[str]:
    """Return what is wrong with the text of a `lock` for the text of a pyproject file."""
    table = tomllib.loads(project)
    wanted = [*table["project"]["dependencies"], *table["dependency-groups"]["dev"]]
    for extra in table["project"].get("optional-dependencies", {}).values():
        wanted += extra
    pinned = {canonicalize_name(name): version for name, version in PINNED.findall(lock)}
    problems = []
    for requirement in map(Requirement, wanted):
        version = pinned.get(canonicalize_name(requirement.name))
        if version is None:
            problems.append(f"{requirement.name} is not in the lock.")
        elif not requirement.specifier.contains(version, prereleases=True):
            problems.append(f"{requirement} is locked at {version}.")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock)
    problems += [
        f"{block.split()[0]} has no hash." for block in blocks if PINNED.match(block) and "--hash=sha256:" not in block
    ]
    if re.search(r"https?://|file:|--(extra-)?index-url|--find-links", lock):
        problems.append("The lock names a registry or a folder.")
    return problems


if __name__ == "__main__":
    main()
