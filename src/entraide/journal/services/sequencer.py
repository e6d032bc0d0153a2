"""Second step of an append: number the waiting entries, hash them into the tree, sign the head.

Only who holds the lock of the log's row sequences; the frontier is read inside the same transaction. Numbers come from
the locked head, never from the highest number seen: PostgreSQL shows that before others commit.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connections

from entraide.journal.adapters.trees import grow, lock_log
from entraide.journal.domain.errors import JournalBroken
from entraide.journal.domain.merkle import EMPTY_ROOT
from entraide.journal.domain.notes import SignedCheckpoint, own_origin
from entraide.journal.models import Entry, Log
from entraide.journal.services.checkpoints import sign_head
from entraide.kernel.ids import LogId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.storage.api import find_row, transaction

# Short enough that acts of people never wait noticeably for the sequencer's transaction.
BATCH = 4096


def ensure_own_log(node: Node) -> LogId:
    """Return the node's own log, made at the first call."""
    origin = own_origin(node.settings.name)
    with node.active():
        found = find_row(node.database, Log, ("id",), where={"origin": origin})
    if found is not None:
        return LogId(found[0])
    with transaction(node):
        log, _ = Log.objects.get_or_create(
            origin=origin,
            defaults={
                "id": new_uuid(node),
                "kind": Log.Kind.OWN,
                "author": node.settings.name,
                "root": EMPTY_ROOT,
                "created_at": node.clock.now(),
            },
        )
        return LogId(log.id)


def sequence_own_log(node: Node) -> SignedCheckpoint:
    """Number every waiting entry in the order of the acts, hash them and return the signed head.

    Without waiting entries it returns the checkpoint that was signed last. Entries of transactions that are still
    running get their numbers at the next call.
    """
    log_id = ensure_own_log(node)
    while True:
        with transaction(node):
            log = lock_log(log_id)
            waiting = Entry.objects.filter(index__isnull=True).order_by("at", "tie", "id")
            rows = list(waiting.values_list("id", "digest")[:BATCH])
            if rows:
                _check_room(log)
                _number(node, log, [entry_id for entry_id, _ in rows])
                grow(node, log, [bytes(digest) for _, digest in rows])
            if len(rows) < BATCH:
                return sign_head(node, log)


def _check_room(log: Log) -> None:
    """Raise `JournalBroken` when something is numbered beyond the head: the head was cut back."""
    if Entry.objects.filter(log=log, index__gte=log.size).exists():
        raise JournalBroken(origin=log.origin, place=f"entry {log.size}", why=N_("it is numbered beyond the head"))


def _number(node: Node, log: Log, entry_ids: Sequence[UUID]) -> None:
    """Give `entry_ids` the next numbers of the locked `log`, in order."""
    connection = connections[node.database]
    column = Entry._meta.pk  # noqa: SLF001 - Django's documented model API

    def prepared(value: UUID) -> Any:  # noqa: ANN401 - what the database driver takes
        return column.get_db_prep_value(value, connection)

    log_id = prepared(log.id)
    numbered = [(log_id, log.size + place, prepared(entry_id)) for place, entry_id in enumerate(entry_ids)]
    with connection.cursor() as cursor:
        cursor.executemany(
            'UPDATE journal_entry SET log_id = %s, "index" = %s WHERE id = %s AND "index" IS NULL', numbered
        )
        if cursor.rowcount != len(numbered):
            raise RuntimeError("an entry was numbered outside the lock of its log")
