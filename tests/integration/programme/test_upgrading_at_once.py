"""Two processes that migrate the same outdated database at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from entraide.access.api import Role
from entraide.kernel.node import Node
from entraide.programme.api import list_outdated
from entraide.programme.services.upgrading import renew_after_upgrade
from tests.factories.cooperations import make_register
from tests.factories.people import make_actor
from tests.integration.programme.test_upgrading import age, snapshot

# On SQLite the node has a database of its own, which Django's isolation of tests would not let it use.
pytestmark = [] if connection.vendor == "sqlite" else [pytest.mark.django_db(transaction=True)]


def test_two_that_begin_at_once_end_with_what_one_would_make(threaded_node: Node):
    """Neither fails, nothing is counted twice and nothing is missing."""
    node = threaded_node
    officer = make_actor(node, Role.desk_officer, Role.operator)
    for state in ("LA", "KH", "FR"):
        make_register(node, actor=officer, state=state)
    with node.active():
        made = snapshot()
        age()
    barrier, failures = Barrier(3), list[BaseException]()

    def run() -> None:
        try:
            barrier.wait()
            renew_after_upgrade(node.database)
        except Exception as error:  # noqa: BLE001 - reported by the test
            failures.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert list_outdated(node.database) == []
    with node.active():
        assert snapshot() == made
