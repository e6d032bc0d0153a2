"""Programs of other people that the tests run: where each is, and what is said where one is missing."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

NODE = Path(__file__).parent / "node" / "node_modules"
REDOCLY = NODE / "@redocly" / "cli" / "bin" / "cli.js"
NU = NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"
SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's own, which has the libraries of Debian's packages."""


def find_program(name: str) -> str:
    """Return the path of a program, else say that it is missing: `.ci/run` installs it, so that CI fails without it."""
    found = shutil.which(name)
    if found is None:
        tell_missing(name)
    return found or ""


def need_file(file: Path, name: str) -> Path:
    """Return a file of a foreign program, else say that the program is missing."""
    if not file.is_file():
        tell_missing(name)
    return file


def tell_missing(name: str) -> None:
    """Fail in CI, and elsewhere skip with one line that says what to install."""
    if os.environ.get("CI"):
        pytest.fail(f"{name} is missing, and .ci/run should have installed it")
    pytest.skip(f"{name} is not installed: what is published is NOT checked with it (see .ci/run)")


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a foreign program in `folder`, with a home of its own and nothing of the tests' environment."""
    return subprocess.run(  # noqa: S603 - a program that the test names
        [str(word) for word in command],
        cwd=folder,
        env=_environment(folder, environment),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def _environment(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", **more}
