"""Taking and giving back leases, in the database of the node: SQLite or PostgreSQL, any number of processes.

Time is the node's clock. Whoever is killed holds its lease until it ends, and then the next one gets it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.storage.adapters.rows import find_object, insert_row, update_rows
from entraide.storage.domain.leases import Lease, LeaseLost, decide_lease
from entraide.storage.models import LeaseRow
from entraide.storage.services.transactions import joined, transaction


def take_lease(node: Node, name: str, *, lasts: timedelta, every: timedelta | None = None) -> Lease | None:
    """Return the lease `name` for `lasts`, or None when another holds it, or it was taken within `every` before.

    Opens a transaction of its own. See `domain.leases.decide_lease`.
    """
    holder = new_uuid(node)
    with transaction(node):
        row = find_object(node.database, LeaseRow, where={"name": name}, lock="UPDATE")
        now = node.clock.now()
        lease = decide_lease(_lease(row), name=name, holder=holder, at=now, lasts=lasts, every=every)
        if lease is None:
            return None
        values = {"token": lease.token, "holder": holder, "taken_at": lease.taken_at, "until": lease.until}
        if row is not None:
            update_rows(node.database, LeaseRow, where={"name": name}, values=values)
        elif not insert_row(node.database, LeaseRow, skip=True, name=name, **values):
            # Another process was the first to take this lease, between the look and the insertion.
            return None
        return lease


def renew_lease(node: Node, lease: Lease, *, lasts: timedelta) -> Lease:
    """Return `lease`, held for `lasts` from now; raises `LeaseLost` when it was taken by another meanwhile."""
    with transaction(node):
        demand_lease(node, lease)
        until = node.clock.now() + lasts
        update_rows(node.database, LeaseRow, where={"name": lease.name}, values={"until": until})
    return Lease(lease.name, lease.token, lease.holder, lease.taken_at, until)


def demand_lease(node: Node, lease: Lease) -> None:
    """Raise `LeaseLost` unless `lease` was taken by nobody since; locks it until the running transaction ends.

    Called in the transaction that writes: then nothing is written by two, even when the first was stopped for longer
    than its lease. A lease whose time is over, but that nobody took, still counts.
    """
    with joined(node):
        row = find_object(node.database, LeaseRow, where={"name": lease.name}, lock="UPDATE")
        if row is None or (row.token, row.holder) != (lease.token, lease.holder):
            raise LeaseLost(name=lease.name)


def release_lease(node: Node, lease: Lease) -> None:
    """Give `lease` back before its time; one that was lost stays with who has it."""
    with transaction(node):
        mine = {"name": lease.name, "token": lease.token, "holder": lease.holder}
        update_rows(node.database, LeaseRow, where=mine, values={"holder": None})


@contextmanager
def hold_lease(node: Node, name: str, *, lasts: timedelta, every: timedelta | None = None) -> Iterator[Lease | None]:
    """Hold the lease `name` for the block, at most for `lasts`; the value is None when the work is another's.

    See `take_lease`. The lease is given back when the block ends, also by an error.
    """
    lease = take_lease(node, name, lasts=lasts, every=every)
    try:
        yield lease
    finally:
        if lease is not None:
            release_lease(node, lease)


def _lease(row: LeaseRow | None) -> Lease | None:
    return None if row is None else Lease(row.name, row.token, row.holder, row.taken_at, row.until)
