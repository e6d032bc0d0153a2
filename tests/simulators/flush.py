"""Emptying databases between tests that commit."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import TransactionTestCase

from entraide.journal.adapters.triggers import drop_triggers


@pytest.fixture(autouse=True, scope="session")
def journal_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests that commit are cleaned up by emptying every table, which the journal's triggers refuse.

    They are dropped just before; Django's flush ends with `post_migrate`, which installs them again.
    """
    teardown: Callable[[Any], None] = TransactionTestCase._fixture_teardown

    def dropping(self: TransactionTestCase) -> None:
        for alias in self._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
            if "journal_log" in connections[alias].introspection.table_names():
                drop_triggers(alias)
        teardown(self)

    TransactionTestCase._fixture_teardown = dropping  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
