"""Declared kinds of fact: all agree with their models and views, and two more need nothing but their own files."""

import os
import subprocess
import sys

import pytest

from entraide.programme.adapters.columns import find_misfits
from entraide.programme.api import load_kinds


@pytest.mark.parametrize("name", [kind.name for kind in load_kinds()])
def test_a_declaration_agrees_with_its_model(name):
    """Columns are there, links lead to the same table, texts and codes fit."""
    assert find_misfits(load_kinds().get(name)) == []


@pytest.mark.slow
def test_kinds_of_their_own_appear_everywhere():
    """The tests of `tests/kinds` pass in a process that has two applications more, each with a declared kind."""
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/kinds", "-q", "-n", "0", "-p", "no:cacheprovider"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.kinds.settings"},
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout[-6000:]
