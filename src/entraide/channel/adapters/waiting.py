"""What waits, asked of the database in one statement each, whose conditions are those of the partial indexes."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from entraide.channel.models import Exchange, InboxMessage, OutboxMessage
from entraide.kernel.ids import PartnerId
from entraide.kernel.node import Node

# A message waits for its handler unless its thread is held back: an earlier one of the thread may not be tried yet.
_HELD = """SELECT 1 FROM channel_inboxmessage h WHERE h.partner_id = i.partner_id AND h.state IN ('stored', 'blocked')
    AND h.thread_id = i.thread_id AND h.next_attempt_at > %s"""
_RETRIES = f"""i.state IN ('stored', 'blocked') AND NOT EXISTS ({_HELD})"""
_ON_ITS_WAY = "SELECT 1 FROM channel_batch b WHERE b.partner_id = e.partner_id AND b.evidenced_at IS NULL"
_PENDING = "SELECT 1 FROM channel_outboxmessage o WHERE o.partner_id = e.partner_id AND o.state = 'pending'"
_TO_PUSH = "SELECT 1 FROM channel_evidencestatement s WHERE s.partner_id = e.partner_id AND NOT s.known_to_partner"
_OUTGOING = f"EXISTS ({_ON_ITS_WAY}) OR EXISTS ({_PENDING})"
_SUMMARY = f"""SELECT e.partner_id, e.failures, e.next_attempt_at, {_OUTGOING}, EXISTS ({_TO_PUSH}),
    EXISTS (SELECT 1 FROM channel_inboxmessage i WHERE i.partner_id = e.partner_id AND {_RETRIES})
    FROM channel_exchange e ORDER BY e.id"""  # noqa: S608 - our own constants


class Summary(NamedTuple):
    """What waits for one partner: batches or messages, statements of evidence, inbox messages for their handlers."""

    partner_id: PartnerId
    failures: int
    next_attempt_at: datetime | None
    outgoing: bool
    statements: bool
    retries: bool


def list_summaries(node: Node, *, at: datetime) -> list[Summary]:
    """Return what waits for each partner at the moment `at`."""
    connection = connections[node.database]
    when = _written(connection, InboxMessage, "next_attempt_at", at)
    with connection.cursor() as cursor:
        cursor.execute(_SUMMARY, [when])
        rows = cursor.fetchall()
    names = ("partner_id", "failures", "next_attempt_at")
    return [Summary(*_read(connection, Exchange, names, row[:3]), *(bool(value) for value in row[3:])) for row in rows]


def look_again(node: Node, partner_id: PartnerId) -> tuple[bool, bool]:
    """Return whether a batch or a message is to be sent to the partner, and whether a statement is to be pushed."""
    connection = connections[node.database]
    query = f"SELECT {_OUTGOING}, EXISTS ({_TO_PUSH}) FROM channel_exchange e WHERE e.partner_id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [_written(connection, Exchange, "partner_id", partner_id)])
        row = cursor.fetchone()
    return (False, False) if row is None else (bool(row[0]), bool(row[1]))


def list_pending(node: Node, partner_id: PartnerId, names: Sequence[str], *, limit: int) -> list[tuple[Any, ...]]:
    """Return the values of `names` of messages that wait for a batch, locked; the urgent first, else as submitted."""
    query = f"""SELECT {_columns(names)} FROM channel_outboxmessage
        WHERE partner_id = %s AND state = 'pending' ORDER BY urgent DESC, submitted_at, tie, id LIMIT {limit:d}"""  # noqa: S608 - names only
    connection = connections[node.database]
    values = [_written(connection, OutboxMessage, "partner_id", partner_id)]
    return _listed(connection, OutboxMessage, names, query, values, lock="FOR UPDATE")


def list_for_handlers(
    node: Node, partner_id: PartnerId, names: Sequence[str], *, at: datetime, limit: int
) -> list[tuple[Any, ...]]:
    """Return the values of `names` of inbox messages that may be handed to their handlers at `at`, locked, by
    position.
    """
    query = f"""SELECT {_columns(names, "i.")} FROM channel_inboxmessage i
        WHERE i.partner_id = %s AND {_RETRIES} ORDER BY i.position LIMIT {limit:d}"""  # noqa: S608 - names only
    connection = connections[node.database]
    written = (("partner_id", partner_id), ("next_attempt_at", at))
    values = [_written(connection, InboxMessage, name, value) for name, value in written]
    return _listed(connection, InboxMessage, names, query, values, lock="FOR UPDATE OF i")


def _listed(
    connection: BaseDatabaseWrapper,
    model: type[models.Model],
    names: Sequence[str],
    query: str,
    values: Sequence[Any],
    *,
    lock: str,
) -> list[tuple[Any, ...]]:
    if connection.features.has_select_for_update:
        query = f"{query} {lock}"
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [_read(connection, model, names, row) for row in cursor.fetchall()]


def _columns(names: Sequence[str], prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{name}"' for name in names)


def _written(connection: BaseDatabaseWrapper, model: type[models.Model], name: str, value: UUID | datetime) -> Any:  # noqa: ANN401 - what the driver takes
    return _field(model, name).get_db_prep_value(value, connection)


def _read(
    connection: BaseDatabaseWrapper, model: type[models.Model], names: Sequence[str], row: Sequence[Any]
) -> tuple[Any, ...]:
    values = []
    for name, value in zip(names, row, strict=True):
        column, reads = _readers(connection.alias, model, name)
        for read in reads:
            value = read(value, column, connection)  # noqa: PLW2901 - a chain of readers, as Django's compiler has it
        values.append(value)
    return tuple(values)


@cache
def _readers(database: str, model: type[models.Model], name: str) -> tuple[Any, tuple[Any, ...]]:
    connection, field = connections[database], _field(model, name)
    column = field.get_col(model._meta.db_table)  # noqa: SLF001 - Django's documented model API
    return column, (*connection.ops.get_db_converters(column), *field.get_db_converters(connection))


@cache
def _field(model: type[models.Model], name: str) -> Any:  # noqa: ANN401 - Django's fields are not typed that far
    return model._meta.get_field(name)  # noqa: SLF001 - Django's documented model API
