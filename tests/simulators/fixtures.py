"""Fixtures that give simulators; taken up by tests/conftest.py."""

from collections.abc import Iterator

import pytest

from tests.simulators.pair import SimulatedPair, simulated_pair


@pytest.fixture
def pair(pair_database: None) -> Iterator[SimulatedPair]:
    """Two paired nodes; the test must be marked `django_db(databases=["default", "partner"])`."""
    with simulated_pair() as made:
        yield made


@pytest.fixture
def pair_database(request: pytest.FixtureRequest) -> None:
    """Open the database of the test before the pair is made."""
    marker = request.node.get_closest_marker("django_db")
    assert marker is not None, 'mark the test with django_db(databases=["default", "partner"])'
    request.getfixturevalue("db")
