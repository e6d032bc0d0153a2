"""Fixtures that give simulators; taken up by tests/conftest.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections

from entraide.config.node_file import sqlite_settings
from entraide.kernel.node import Node
from tests.factories.logs import make_keyed_node
from tests.simulators.pair import SimulatedPair, simulated_pair
from tests.simulators.ring import Ring, simulated_ring


@pytest.fixture
def pair(pair_database: None, request_forms: Path | None) -> Iterator[SimulatedPair]:
    """Two paired nodes; the test must be marked `django_db(databases=["default", "partner"])`."""
    with simulated_pair(request_forms) as made:
        yield made


@pytest.fixture
def request_forms() -> Path | None:
    """The folder with forms that all nodes add to the released ones; a module may have its own."""
    return None


@pytest.fixture
def ministries() -> tuple[str, ...]:
    """The nodes of a ring; a module may name others, and as many as there are databases of tests."""
    return ("vn-mps", "la-mops", "kh-moi")


@pytest.fixture
def ring(pair_database: None, ministries: tuple[str, ...], request_forms: Path | None) -> Iterator[Ring]:
    """A paired node per ministry; the test must be marked `django_db(databases=[...])`, one database for each."""
    with simulated_ring(ministries, Ring, request_forms=request_forms) as made:
        yield made


@pytest.fixture
def pair_database(request: pytest.FixtureRequest) -> None:
    """Open the database of the test before the nodes are made."""
    marker = request.node.get_closest_marker("django_db")
    assert marker is not None, 'mark the test with django_db(databases=["default", "partner"])'
    request.getfixturevalue("db")


@pytest.fixture
def threaded_node(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Node]:
    """A node for several threads: in the database server of the tests, or in an SQLite file of its own.

    Threads can't share an SQLite database in memory, and Django's isolation of tests would not let them use another:
    the module is marked `django_db(transaction=True)` on a server, and not at all on SQLite.
    """
    if connection.vendor != "sqlite":
        yield make_keyed_node()
        return
    settings = sqlite_settings(str(tmp_path / "entraide.sqlite3"))
    connections.databases["file"] = connections.configure_settings({"default": {}, "file": settings})["file"]
    with request.getfixturevalue("django_db_blocker").unblock():
        call_command("migrate", database="file", verbosity=0)
        yield make_keyed_node("file")
        connections["file"].close()
    del connections["file"], connections.databases["file"]
