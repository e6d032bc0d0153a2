"""Acts and sequencers side by side, each in its own thread and connection."""

from collections.abc import Callable
from threading import Thread
from uuid import UUID

import pytest
from django.db import connection, connections

from entraide.journal.api import (
    append_entry,
    check_triggers,
    ensure_own_log,
    sequence_own_log,
    verify_all_logs,
)
from entraide.journal.models import Entry
from entraide.kernel.node import Node
from entraide.storage.api import transaction

# On SQLite the node has a database of its own, which Django's isolation of tests would not let it use.
pytestmark = [] if connection.vendor == "sqlite" else [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def node(threaded_node: Node) -> Node:
    return threaded_node


def test_acts_and_sequencers_side_by_side_leave_one_whole_log(node: Node):
    """Four threads act while two sequence: every act has one number, no number is missing, and the log verifies."""
    ensure_own_log(node)
    failures: list[BaseException] = []

    def run(work: Callable[[Node], object], times: int) -> None:
        try:
            for _ in range(times):
                work(node)
        except BaseException as error:  # noqa: BLE001 - reported by the test
            failures.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(act, 25)) for _ in range(4)]
    threads += [Thread(target=run, args=(sequence_own_log, 25)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert verify_all_logs(node)[0].size == 100
    numbers = Entry.objects.using(node.database).order_by("index").values_list("index", flat=True)
    assert list(numbers) == list(range(100))
    assert check_triggers(node.database) == []


def act(node: Node) -> None:
    with transaction(node):
        append_entry(node, kind="test.done", subject=UUID(int=1), content={})
