"""Database connections of threads that no web request stands behind: the worker's and the peer door's."""

from django.db import connections

from entraide.kernel.node import Node


def tidy_connection(node: Node) -> None:
    """Before a piece of work: close the thread's connection to the node's database if it is broken or too old.

    A connection to an SQLite file does not grow old, and opening it costs more than a message; Django would close it
    after each piece of work.
    """
    connection = connections[node.database]
    if connection.vendor != "sqlite" or connection.errors_occurred:
        connection.close_if_unusable_or_obsolete()
