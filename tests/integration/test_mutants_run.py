"""mutmut itself, on a small project: what its tests do not notice is told."""

from pathlib import Path

import pytest

from tools.mutants import Mutant, read_tried, run_mutmut

PROJECT = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = ["src/entraide/keys/*"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "no:django"]
pytest_add_cli_args_test_selection = ["tests"]
use_git_change_detection = false

[tool.pytest.ini_options]
pythonpath = ["src"]
"""
SOURCE = "def is_long(text):\n    return len(text) > 3\n"
TEST = "from entraide.keys.lengths import is_long\n\n\ndef test_long():\n    assert is_long('four')\n"


def make_project(home: Path) -> None:
    for path, text in {
        "pyproject.toml": PROJECT,
        "src/entraide/__init__.py": "",
        "src/entraide/keys/__init__.py": "",
        "src/entraide/keys/lengths.py": SOURCE,
        "tests/test_lengths.py": TEST,
    }.items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text)


@pytest.mark.slow
def test_a_survivor_of_mutmut_is_found(tmp_path: Path):
    """A test that knows no limit lets the mutant of the limit live, and kills the other."""
    make_project(tmp_path)
    packages = {"keys": "src/entraide/keys/*"}
    assert run_mutmut(tmp_path, packages.values(), workers=1, seconds=120)
    fates = {one.mutant: one.fate for one in read_tried(tmp_path, packages)}
    was = "return len(text) > 3"
    assert fates == {
        Mutant("keys", "is_long", was, "return len(text) >= 3"): "survived",
        Mutant("keys", "is_long", was, "return len(text) > 4"): "killed",
    }


@pytest.mark.slow
def test_a_run_that_takes_too_long_is_stopped(tmp_path: Path):
    """The time is bounded, and what is not finished is said to be so."""
    make_project(tmp_path)
    (tmp_path / "tests/test_lengths.py").write_text("import time\n\n\ndef test_long():\n    time.sleep(60)\n")
    assert not run_mutmut(tmp_path, ["src/entraide/keys/*"], workers=1, seconds=2)
