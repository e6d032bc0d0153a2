"""The locks are held against the project file and against each other."""

import pytest

from tools.lock import find_problems

PROJECT = """
[project]
dependencies = ["django>=5.2,<5.3"]
[project.optional-dependencies]
postgresql = ["psycopg>=3"]
[dependency-groups]
dev = ["ruff"]
"""
HASH = " \\\n    --hash=sha256:aa\n"
DJANGO, PSYCOPG, RUFF = f"django==5.2.19{HASH}", f"psycopg==3.3{HASH}", f"ruff==1{HASH}"
GOOD = {"dev": DJANGO + PSYCOPG + RUFF, "run": DJANGO, "postgresql": PSYCOPG}


@pytest.mark.parametrize(
    ("lock", "text", "problem"),
    [
        pytest.param("run", "", "run: django is not in the lock", id="missing"),
        pytest.param("dev", DJANGO + PSYCOPG, "dev: ruff is not in the lock", id="missing for developing"),
        pytest.param("dev", DJANGO + RUFF, "dev: psycopg is not in the lock", id="an extra missing"),
        pytest.param("run", f"django==6.0{HASH}", "locked at 6.0", id="outside the range"),
        pytest.param("run", "django==5.2.19\n", "run: django==5.2.19 has no hash", id="without a hash"),
        pytest.param("run", "--index-url https://example.org/\n" + DJANGO, "names a registry", id="with a registry"),
        pytest.param("run", f"django==5.2.20{HASH}", "run: django is locked at 5.2.20, in dev at 5.2.19", id="drifted"),
        pytest.param("run", DJANGO + f"more==1{HASH}", "more is locked at 1, in dev at no version", id="untested"),
    ],
)
def test_a_lock_that_does_not_fit_is_found(lock: str, text: str, problem: str) -> None:
    """Each way in which a lock can be wrong is named, with the lock."""
    assert any(problem in found for found in find_problems(PROJECT, GOOD | {lock: text}))


def test_locks_that_fit_have_no_problem() -> None:
    """Pinned, hashed, in the range and the same in all of them."""
    assert list(find_problems(PROJECT, GOOD)) == []
