"""The one transaction that an act and its journal entry share."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db import transaction as database_transaction

from entraide.kernel.node import Node


@contextmanager
def transaction(node: Node) -> Iterator[None]:
    """Route the database to `node` and open an atomic block on it.

    Nested use joins the outer transaction: an error that leaves the inner block undoes the inner part only, and
    nothing is kept before the outermost block ends well.
    """
    with node.active(), database_transaction.atomic(using=node.database):
        yield


@contextmanager
def joined(node: Node) -> Iterator[None]:
    """Join the running transaction of `node` without a part of its own, or open one when none runs.

    For steps that fail before they write, or whose failure ends the whole: a savepoint costs two statements.
    """
    if not connections[node.database].in_atomic_block:
        with transaction(node):
            yield
        return
    with node.active():
        yield


@contextmanager
def tried(node: Node) -> Iterator[None]:
    """Open a transaction that is taken back at its end: what the block did is seen within it, and never kept."""
    with transaction(node):
        yield
        database_transaction.set_rollback(True, using=node.database)
