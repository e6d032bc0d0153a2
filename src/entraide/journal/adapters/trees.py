"""Trees in rows: reading and growing the tiles of a log.

Growing happens under a lock of the log's row, inside the transaction that writes: a frontier remembered from before the
lock may be another process's past.
"""

from collections.abc import Iterable, Sequence

from django.db import connections, router

from entraide.journal.domain.errors import NoSuchLog
from entraide.journal.domain.growth import Growth, Tree, grow_tree
from entraide.journal.domain.merkle import HASH_SIZE, Fold, fold_range
from entraide.journal.domain.tiles import Place, edge_places, places_of, read_from
from entraide.journal.models import Log, Tile
from entraide.kernel.ids import LogId, new_uuid
from entraide.kernel.node import Node
from entraide.storage.api import find_object, insert_rows, update_rows


def lock_log(log_id: LogId) -> Log:
    """Return the log's row, locked until the transaction ends; raises `NoSuchLog`."""
    log = find_object(router.db_for_write(Log), Log, where={"id": log_id}, lock="NO KEY UPDATE")
    if log is None:
        raise NoSuchLog(log=log_id)
    return log


def get_log(log_id: LogId) -> Log:
    """Return the log's row; raises `NoSuchLog`."""
    log = find_object(router.db_for_read(Log), Log, where={"id": log_id})
    if log is None:
        raise NoSuchLog(log=log_id)
    return log


def load_tiles(log_id: LogId, places: Iterable[Place]) -> dict[Place, bytes]:
    """Return the tiles of a log at `places`, in one query; places without a tile are left out."""
    wanted = list(places)
    if not wanted:
        return {}
    connection = connections[router.db_for_read(Tile)]
    condition = " OR ".join(['level = %s AND "index" = %s'] * len(wanted))
    # Proofs are made one by one in great number; building this query by the ORM takes longer than running it.
    query = f'SELECT level, "index", hashes FROM journal_tile WHERE log_id = %s AND ({condition})'  # noqa: S608 - no values
    values = [Tile._meta.pk.get_db_prep_value(log_id, connection)]  # noqa: SLF001 - Django's documented model API
    for place in wanted:
        values += place
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return {Place(level, index): bytes(hashes) for level, index, hashes in cursor.fetchall()}


def read_folds(log_id: LogId, folds: Sequence[Fold]) -> list[bytes]:
    """Return the hash of each of `folds`."""
    read = read_from(load_tiles(log_id, places_of(folds)))
    return [fold_range(fold, read) for fold in folds]


def load_tree(log: Log) -> Tree:
    """Return the tree of a log as far as growing needs it."""
    return Tree(log.origin, log.size, bytes(log.root), load_tiles(LogId(log.id), edge_places(log.size)))


def store_growth(node: Node, log_id: LogId, tree: Tree, growth: Growth) -> None:
    """Store what a locked log has grown by since `tree` was loaded: tiles, size and root."""
    if not growth.leaves:
        return
    new = []
    for place, hashes in growth.tiles.items():
        width = len(hashes) // HASH_SIZE
        if place in tree.edge:
            where = {"log_id": log_id, "level": place.level, "index": place.number}
            update_rows(node.database, Tile, where=where, values={"hashes": hashes, "width": width})
        else:
            new.append((new_uuid(node), place.level, place.number, width, hashes))
    names = ("id", "level", "index", "width", "hashes")
    insert_rows(node.database, Tile, shared={"log_id": log_id}, names=names, rows=new)
    head = {"size": growth.size, "root": growth.root}
    update_rows(node.database, Log, where={"id": log_id}, values=head)


def grow(node: Node, log: Log, leaves: Sequence[bytes]) -> None:
    """Append `leaves` to the tree of the locked `log`: tiles, size and root; raises `JournalBroken`."""
    tree = load_tree(log)
    growth = grow_tree(tree, leaves)
    store_growth(node, LogId(log.id), tree, growth)
    log.size, log.root = growth.size, growth.root
