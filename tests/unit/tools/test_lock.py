"""The lock is held against the project file."""

import pytest

from tools.lock import find_problems

PROJECT = '[project]\ndependencies = ["django>=5.2,<5.3"]\n[dependency-groups]\ndev = []\n'


@pytest.mark.parametrize(
    ("lock", "problem"),
    [
        pytest.param("", "django is not in the lock", id="missing"),
        pytest.param("django==6.0 \\\n    --hash=sha256:aa\n", "locked at 6.0", id="outside the range"),
        pytest.param("django==5.2.19\n", "no hash", id="without a hash"),
        pytest.param(
            "--index-url https://example.org/\ndjango==5.2.19 \\\n    --hash=sha256:aa\n",
            "names a registry",
            id="with a registry",
        ),
    ],
)
def test_a_lock_that_does_not_fit_is_found(lock: str, problem: str) -> None:
    """Each way in which a lock can be wrong is named."""
    assert any(problem in found for found in find_problems(PROJECT, lock))


def test_a_lock_that_fits_has_no_problem() -> None:
    """A pinned, hashed lock in the range passes."""
    assert find_problems(PROJECT, "django==5.2.19 \\\n    --hash=sha256:aa\n") == []
