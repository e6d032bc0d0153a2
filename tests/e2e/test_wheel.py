"""What is handed out: a wheel that, installed with the lock of a node into an empty environment, is whole and light."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.conftest import free_port

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]
LARGEST = 220 * 2**20
"""Bytes of the wheel and of all that `requirements/run.txt` brings, compiled; megabytes as `du -m` counts them."""
# What Python's venv puts there itself.
NOT_OURS = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils-precedence")


@dataclass(frozen=True)
class Installed:
    """An environment in which the wheel was installed, and nothing else than what its lock names."""

    wheel: Path
    folder: Path

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run `entraide` there, with nothing of the tests' own environment."""
        kept = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        command = [str(self.folder / "bin" / "entraide"), *words]
        return subprocess.run(  # noqa: S603 - our own command
            command, cwd=self.folder, env=kept, capture_output=True, text=True, timeout=600, check=False
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel, and install it with the lock into an empty environment, compiled."""
    folder = tmp_path_factory.mktemp("wheel")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def do(*command: str | Path) -> None:
        done = subprocess.run(  # noqa: S603 - the tools of the environment
            [str(word) for word in command],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    do(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", ".")
    (wheel,) = (folder / "dist").glob("*.whl")
    do(sys.executable, "-m", "venv", folder / "venv")
    pip = [folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    do(*pip, "--compile", "--require-hashes", "-r", "requirements/run.txt")
    do(*pip, "--compile", "--no-deps", "--no-index", wheel)
    return Installed(wheel, folder / "venv")


def test_everything_that_a_node_reads_is_in_the_wheel(installed: Installed) -> None:
    """Vocabularies, templates, static files, samples, compiled catalogs: whatever lies in the package."""
    root = PROJECT / "src"
    wanted = {
        path.relative_to(root).as_posix()
        for path in (root / "entraide").rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".po", ".mo"}
    }
    wanted |= {path.relative_to(root).with_suffix(".mo").as_posix() for path in (root / "entraide").rglob("*.po")}
    with zipfile.ZipFile(installed.wheel) as archive:
        held = set(archive.namelist())
    assert wanted - held == set()
    assert {name for name in held if not name.startswith(("entraide/", "entraide-"))} == set()
    for kind in (".yaml", ".html", ".css", ".txt", ".mo"):
        assert any(name.endswith(kind) for name in wanted), kind
    assert any(name.endswith("LICENSE") for name in held)


def test_the_demonstration_plays_where_only_the_lock_is_installed(installed: Installed, tmp_path: Path) -> None:
    """Both nodes are made, the whole cycle is played, and French words come out of the compiled catalogs."""
    ports = (str(free_port()), str(free_port()))
    done = installed.run("demo", "--once", "--json", "--home", str(tmp_path / "homes"), "--ports", *ports)
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) == {"read", "pair", "ask", "agree", "prove"}
    (tmp_path / "one.txt").write_text(
        "Le 12 janvier 2025, les deux ministres se sont réunis à Hanoï.", encoding="utf-8"
    )
    assert "2025-01-12" in installed.run("read", "--json", str(tmp_path / "one.txt")).stdout


def test_the_environment_is_light(installed: Installed) -> None:
    """What a node needs, with bytecode, stays under its size; tools of Python's own venv are not counted."""
    (packages,) = (installed.folder / "lib").glob("python*/site-packages")
    sizes = {path.name: _apparent_size(path) for path in packages.iterdir() if not path.name.startswith(NOT_OURS)}
    assert sum(sizes.values()) < LARGEST, sorted(sizes.items(), key=lambda item: -item[1])[:10]
    assert any((packages / "django").rglob("*.pyc")), "compiled"
    assert not any(name.startswith(("numpy", "typst", "psycopg", "pytest")) for name in sizes)


def _apparent_size(path: Path) -> int:
    """Return the bytes of a file, or of a folder with all inside, as `du --apparent-size` counts them."""
    inside = sum(item.lstat().st_size for item in path.rglob("*")) if path.is_dir() else 0
    return path.lstat().st_size + inside
