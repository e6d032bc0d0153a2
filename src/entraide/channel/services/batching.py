"""Making a batch: what waits is appended to the directed log, its checkpoint signed, and sealed, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connections

from entraide.channel.adapters.waiting import list_pending
from entraide.channel.domain.batch import (
    MAX_MESSAGES,
    BatchHeader,
    SealedBatch,
    parse_header,
    sealing_info,
    sealing_key_id,
    take_batch,
    write_batch,
)
from entraide.channel.domain.delivery import LEASE, WITNESS_EVERY, Attempts, is_due
from entraide.channel.domain.errors import SuiteBelowFloor
from entraide.channel.domain.messages import HeadTold
from entraide.channel.domain.pairing import agreed_suite
from entraide.channel.models import Batch, Exchange, OutboxMessage
from entraide.channel.services.partners import Partnership, lock_exchange
from entraide.channel.services.records import open_record
from entraide.channel.services.submission import submit_message
from entraide.journal.api import (
    SignedCheckpoint,
    append_and_sign,
    append_entry,
    parse_checkpoint,
    sequence_own_log,
)
from entraide.kernel.ids import LogId, PartnerId, ThreadId, new_uuid
from entraide.kernel.node import Node
from entraide.keys.api import derive_message_key, encrypt, seal_secret
from entraide.storage.api import (
    find_row,
    insert_row,
    transaction,
    update_rows,
)

BATCH_SECRET_BYTES = 32
EXPIRED = "channel.expired"


@dataclass(frozen=True, slots=True)
class BatchOnItsWay:
    """A batch that is committed and may leave: positions n0 to n1 (exclusive), the root at n1, the sealed bytes."""

    id: UUID
    n0: int
    n1: int
    root: bytes
    sealed: bytes


def take_next_batch(node: Node, partnership: Partnership, *, lease: UUID) -> BatchOnItsWay | None:
    """Return the batch to send now, under `lease`: the one on its way, or a new one of what waits; None when there is
    nothing to do, the partner is not due, or another worker holds the lease.

    The batch is durable, with its signed checkpoint, before this returns (DESIGN.md: no batch leaves before that).
    """
    with transaction(node):
        exchange = lock_exchange(node, partnership)
        now = node.clock.now()
        if not is_due(Attempts(exchange.failures, exchange.next_attempt_at), at=now):
            return None
        leased_until = exchange.leased_until
        if exchange.lease not in {None, lease} and leased_until is not None and leased_until > now:
            return None
        batch = _find_on_its_way(node, partnership) or _make_batch(node, partnership)
        if batch is None:
            return None
        leased = {"lease": lease, "leased_until": now + LEASE}
        update_rows(node.database, Exchange, where={"id": exchange.id}, values=leased)
        return batch


def expire_waiting(node: Node) -> int:
    """End what has waited beyond its expiry, with a non-delivery that says so; return how many messages."""
    now = node.clock.now()
    with node.active():
        late = OutboxMessage.objects.filter(state=OutboxMessage.State.PENDING, expires_at__lte=now)
        if not late.exists():
            return 0
    with transaction(node):
        ids = list(late.select_for_update().values_list("id", flat=True))
        late.filter(id__in=ids).update(state=OutboxMessage.State.EXPIRED, code=EXPIRED, ended_at=now)
        for message_id in ids:
            append_entry(node, kind="channel.non_delivery", subject=message_id, content={"code": EXPIRED})
    return len(ids)


def witness_own_log(node: Node, partnership: Partnership) -> None:
    """Once a day, and before anything else is sent, tell the partner the head of this node's own log.

    The head travels as a message, so that in the directed log it is salted like everything else, and the partner can
    show that this node's acts were not rewritten behind it.
    """
    now, last = node.clock.now(), partnership.exchange.witnessed_at
    if last is not None and timedelta() <= now - last < WITNESS_EVERY:
        return
    checkpoint = sequence_own_log(node)
    with transaction(node):
        Exchange.objects.filter(id=partnership.exchange.id).update(witnessed_at=now)
        submit_message(
            node,
            partner_id=partnership.partner.id,
            message=HeadTold(checkpoint.text),
            thread_id=ThreadId(new_uuid(node)),
        )


def _find_on_its_way(node: Node, partnership: Partnership) -> BatchOnItsWay | None:
    """Return the batch that has no receipt yet, with its seal renewed when the partner can no longer open it."""
    where = {"partner_id": partnership.partner.id, "evidenced_at": None}
    row = find_row(node.database, Batch, ("id", "n0", "n1", "root", "sealed"), where=where)
    if row is None:
        return None
    batch = BatchOnItsWay(row[0], row[1], row[2], bytes(row[3]), bytes(row[4]))
    header = parse_header(batch.sealed)[0]
    openable = partnership.partner.keys.openable(node.clock.now())
    if header.key_id in map(sealing_key_id, openable):
        return batch
    rows = OutboxMessage.objects.filter(
        partner_id=partnership.partner.id, position__gte=batch.n0, position__lt=batch.n1
    ).order_by("position")
    chosen = [_Chosen(*values) for values in rows.values_list(*_Chosen._fields)]
    sealed = _seal(node, partnership, chosen, batch.n0, parse_checkpoint(header.checkpoint.decode()))
    update_rows(node.database, Batch, where={"id": batch.id}, values={"sealed": sealed})
    return replace(batch, sealed=sealed)


def _make_batch(node: Node, partnership: Partnership) -> BatchOnItsWay | None:
    partner = partnership.partner
    rows = _choose(node, partner.id)
    if not rows:
        return None
    log_id = LogId(partnership.exchange.outgoing_log_id)
    n0, checkpoint = append_and_sign(node, log_id, [bytes(row.leaf) for row in rows])
    n1 = checkpoint.size
    sealed = _seal(node, partnership, rows, n0, checkpoint)
    _take_positions(node, rows, n0)
    append_entry(
        node,
        kind="channel.batch_appended",
        subject=partner.id,
        content={"n0": n0, "n1": n1, "root": checkpoint.root.hex()},
    )
    batch = BatchOnItsWay(new_uuid(node), n0, n1, checkpoint.root, sealed)
    insert_row(
        node.database,
        Batch,
        id=batch.id,
        partner_id=partner.id,
        n0=n0,
        n1=n1,
        root=batch.root,
        sealed=sealed,
        created_at=node.clock.now(),
        evidenced_at=None,
    )
    return batch


def _seal(
    node: Node, partnership: Partnership, rows: Sequence["_Chosen"], n0: int, checkpoint: SignedCheckpoint
) -> bytes:
    """Return the bytes of the batch that begins at `n0`, sealed to the keys that the partner has now."""
    partner = partnership.partner
    suite = agreed_suite(tuple(partnership.exchange.suites))
    if suite is None:
        raise SuiteBelowFloor(suite="-")
    # A partner that replaced its keys opens what is sealed to the former ones for a while: clocks need not agree.
    recipient = partner.keys.at(node.clock.now())
    key_id = sealing_key_id(recipient)
    info = sealing_info(suite=suite, author=node.settings.name, reader=partner.name, key_id=key_id, n0=n0)
    secret = node.random.draw(BATCH_SECRET_BYTES)
    messages = []
    for position, row in enumerate(rows, start=n0):
        salt, envelope = open_record(node, row.id, secret=row.secret, sealed=row.sealed)
        messages.append(encrypt(derive_message_key(secret, position), salt + envelope, info, node.random))
    header = BatchHeader(
        suite=suite,
        author=node.settings.name,
        reader=partner.name,
        key_id=key_id,
        n0=n0,
        n1=checkpoint.size,
        sealed_secret=seal_secret(recipient, secret, info),
        checkpoint=checkpoint.text.encode(),
    )
    return write_batch(SealedBatch(header, tuple(messages)))


class _Chosen(NamedTuple):
    """What a batch needs of an outbox row; reading whole models costs more than sealing them."""

    id: UUID
    urgent: bool
    size: int
    leaf: bytes
    secret: bytes
    sealed: bytes


def _choose(node: Node, partner_id: PartnerId) -> list[_Chosen]:
    """Return what goes into the next batch, in order: the urgent messages alone if there are any, else what waits."""
    chosen = [_Chosen(*row) for row in list_pending(node, partner_id, _Chosen._fields, limit=MAX_MESSAGES)]
    if chosen and chosen[0].urgent:
        chosen = [row for row in chosen if row.urgent]
    return chosen[: take_batch([row.size for row in chosen])]


def _take_positions(node: Node, rows: Sequence[_Chosen], n0: int) -> None:
    """Note each row's place in the log; one prepared statement, because a bulk update builds a tree per row."""
    connection = connections[node.database]
    key = OutboxMessage._meta.pk  # noqa: SLF001 - Django's documented model API
    places = [
        (OutboxMessage.State.SENT.value, position, key.get_db_prep_value(row.id, connection))
        for position, row in enumerate(rows, start=n0)
    ]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE channel_outboxmessage SET state = %s, position = %s WHERE id = %s", places)
