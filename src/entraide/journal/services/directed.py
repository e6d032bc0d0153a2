"""Directed logs: one author appends and signs, one reader mirrors and cosigns; sending is appending."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from entraide.journal.adapters.signers import find_checkpoint, keep_checkpoint, keep_keys
from entraide.journal.adapters.trees import get_log, grow, load_tree, lock_log, read_folds, store_growth
from entraide.journal.domain.errors import BadCheckpoint, LogForked, WrongSide
from entraide.journal.domain.growth import Growth, Mirror, Tree
from entraide.journal.domain.heads import verify_checkpoint, verify_cosignature
from entraide.journal.domain.leaves import pack_leaves, unpack_leaves
from entraide.journal.domain.merkle import EMPTY_ROOT, plan_range
from entraide.journal.domain.notes import (
    COSIGNATURE_LABEL,
    Cosignature,
    SignedCheckpoint,
    directed_origin,
    parse_checkpoint,
)
from entraide.journal.models import Checkpoint as CheckpointRow
from entraide.journal.models import Cosignature as CosignatureRow
from entraide.journal.models import LeafRun, Log
from entraide.journal.services.checkpoints import sign_head
from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.ids import LogId, PartnerId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys, Signature
from entraide.kernel.text import N_
from entraide.storage.api import find_object, find_row, insert_row, joined, transaction


def ensure_directed_log(node: Node, *, partner_id: PartnerId, author: str, reader: str) -> LogId:
    """Return the log that the node named `author` writes for `reader`, made at the first call.

    This node is one of the two; raises `WrongSide` otherwise.
    """
    own = node.settings.name
    origin = directed_origin(author, reader)
    if own not in {author, reader} or author == reader:
        raise WrongSide(origin=origin)
    with transaction(node):
        log, _ = Log.objects.get_or_create(
            origin=origin,
            defaults={
                "id": new_uuid(node),
                "kind": Log.Kind.AUTHOR if author == own else Log.Kind.MIRROR,
                "partner_id": partner_id,
                "author": author,
                "reader": reader,
                "root": EMPTY_ROOT,
                "created_at": node.clock.now(),
            },
        )
        return LogId(log.id)


def append_leaves(node: Node, log_id: LogId, leaves: Sequence[bytes]) -> tuple[int, int]:
    """Append `leaves` (each at most 64 KiB) to a log that this node writes; return the range (n0, n1) they fill.

    Raises `WrongSide` for a mirror or the node's own log.
    """
    with joined(node):
        log = _lock_own(log_id)
        first = log.size
        _append(node, log, leaves)
        return first, log.size


def append_and_sign(node: Node, log_id: LogId, leaves: Sequence[bytes]) -> tuple[int, SignedCheckpoint]:
    """Append `leaves` (one at least) and sign the head behind them; return the number of the first and the checkpoint.

    See `append_leaves` and `sign_checkpoint`; the log is locked and read once.
    """
    with joined(node):
        log = _lock_own(log_id)
        first = log.size
        _append(node, log, leaves)
        return first, sign_head(node, log, fresh=log.size > first)


def lock_mirror(node: Node, log_id: LogId, size: int) -> Mirror:
    """Return this node's mirror of a directed log as far as a checkpoint of `size` leaves needs it.

    Its row is locked until the running transaction ends. Raises `NoSuchLog`, or `WrongSide` for a log that this node
    writes.
    """
    with joined(node):
        log = lock_log(log_id)
        if log.kind != Log.Kind.MIRROR:
            raise WrongSide(origin=log.origin)
        if size > log.size:
            return Mirror(load_tree(log))
        return Mirror(Tree(log.origin, log.size, bytes(log.root), {}), read_folds(log_id, [plan_range(0, size)])[0])


def keep_mirrored(
    node: Node,
    log_id: LogId,
    mirror: Mirror,
    growth: Growth,
    checkpoint: SignedCheckpoint,
    author_keys: PublicKeys,
) -> None:
    """Keep what a locked mirror has grown by, and the checkpoint, which `author_keys` signed; for `lock_mirror`."""
    with joined(node):
        if growth.leaves:
            run = pack_leaves(growth.leaves)
            store_growth(node, log_id, mirror.tree, growth)
            _keep_run(node, log_id, growth.first, len(growth.leaves), run)
        if growth.leaves or find_checkpoint(log_id, checkpoint.size) is None:
            keep_checkpoint(node, log_id, checkpoint, author_keys, stored_at=node.clock.now())


def compare_head(node: Node, log_id: LogId, checkpoint: SignedCheckpoint, author_keys: KeyHistory) -> int:
    """Compare the author's signed head with this node's mirror; return how many leaves the mirror lacks.

    A negative number means that the author is behind its own log (a restored backup): it must recover the leaves before
    it signs anything. Raises `WrongSide` unless the log is a mirror, what `verify_checkpoint` does, or `LogForked` when
    both sides differ where they overlap.
    """
    with node.active():
        log = get_log(log_id)
        if log.kind != Log.Kind.MIRROR:
            raise WrongSide(origin=log.origin)
        now = node.clock.now()
        verify_checkpoint(checkpoint, origin=log.origin, author=log.author, history=author_keys, stored_at=now)
        if checkpoint.size <= log.size:
            _compare_root(log, checkpoint)
        return checkpoint.size - log.size


def cosign_checkpoint(node: Node, checkpoint: SignedCheckpoint, author_keys: KeyHistory) -> Cosignature:
    """Return this node's cosignature on a checkpoint whose leaves it mirrors durably; the same one when asked again.

    Raises `BadCheckpoint` when the mirror does not hold exactly this checkpoint, or what `verify_checkpoint` does.
    """
    with joined(node):
        here = node.database
        log = find_object(here, Log, where={"origin": checkpoint.origin, "kind": Log.Kind.MIRROR})
        place = {"log_id": None if log is None else log.id, "size": checkpoint.size}
        row = find_object(here, CheckpointRow, where=place)
        if log is None or row is None or bytes(row.root) != checkpoint.root:
            raise BadCheckpoint(origin=checkpoint.origin, why=N_("this node does not hold its leaves"))
        kept, same = _find_cosignature(node, log, row), row.note == checkpoint.text
        if kept is not None and same:
            return kept
        if not same:
            # An author restored from a backup signs the same head anew, at another moment.
            now = node.clock.now()
            verify_checkpoint(checkpoint, origin=log.origin, author=log.author, history=author_keys, stored_at=now)
        at = node.clock.now().astimezone(UTC).replace(microsecond=0)
        signer = node.settings.name
        draft = Cosignature(checkpoint.origin, checkpoint.size, signer, at, Signature(b"", b""))
        signature = node.keyring.sign(COSIGNATURE_LABEL, draft.message(checkpoint.checkpoint), at=at)
        cosignature = Cosignature(draft.origin, draft.size, signer, at, signature)
        if same:
            _keep_cosignature(node, row.id, cosignature, node.keyring.history.at(at), at)
        return cosignature


def record_cosignature(node: Node, log_id: LogId, cosignature: Cosignature, reader_keys: KeyHistory) -> None:
    """Keep the reader's cosignature on a checkpoint of a log that this node writes; keeping it again does nothing.

    Raises `WrongSide`, `BadCheckpoint` when there is no such checkpoint, or what `verify_cosignature` does.
    """
    with joined(node):
        log = _lock_own(log_id)
        place = {"log_id": log.id, "size": cosignature.size}
        row = find_row(node.database, CheckpointRow, ("id", "note"), where=place)
        if row is None:
            raise BadCheckpoint(origin=log.origin, why=N_("the cosignature is for a head that was never signed"))
        signed = parse_checkpoint(row[1])
        now = node.clock.now()
        keys = verify_cosignature(cosignature, signed.checkpoint, reader=log.reader, history=reader_keys, stored_at=now)
        _keep_cosignature(node, row[0], cosignature, keys, now)


def list_leaves(log_id: LogId, start: int, end: int) -> list[bytes]:
    """Return the leaves `start` to `end - 1` of a directed log of the active node; fewer when the log is shorter."""
    runs = LeafRun.objects.filter(log=log_id, first__lt=end).order_by("first")
    # The run that holds `start` is found from the index; comparing first + count would scan the log.
    opening = runs.filter(first__lte=start).values_list("first", flat=True).last()
    runs = runs.filter(first__gte=opening or 0)
    leaves = []
    for first, data in runs.values_list("first", "data"):
        run = unpack_leaves(bytes(data))
        leaves += run[max(0, start - first) : end - first]
    return leaves


def _append(node: Node, log: Log, leaves: Sequence[bytes]) -> None:
    """Append to the locked `log`; what is wrong with leaves or frontier raises before anything is written."""
    if not leaves:
        return
    first, run = log.size, pack_leaves(leaves)
    grow(node, log, leaves)
    _keep_run(node, LogId(log.id), first, len(leaves), run)


def _keep_run(node: Node, log_id: LogId, first: int, count: int, run: bytes) -> None:
    insert_row(node.database, LeafRun, id=new_uuid(node), log_id=log_id, first=first, count=count, data=run)


def _compare_root(log: Log, checkpoint: SignedCheckpoint) -> None:
    ours = read_folds(LogId(log.id), [plan_range(0, checkpoint.size)])[0]
    if ours != checkpoint.root:
        raise LogForked(origin=log.origin, index=checkpoint.size)


def _find_cosignature(node: Node, log: Log, row: CheckpointRow) -> Cosignature | None:
    """Return the cosignature on the checkpoint `row` of the directed `log`, which has one reader."""
    where = {"checkpoint_id": row.id, "signer": log.reader}
    kept = find_row(node.database, CosignatureRow, ("at", "signature"), where=where)
    return (
        None if kept is None else Cosignature(log.origin, row.size, log.reader, kept[0], Signature.from_json(kept[1]))
    )


def _lock_own(log_id: LogId) -> Log:
    log = lock_log(log_id)
    if log.kind != Log.Kind.AUTHOR:
        raise WrongSide(origin=log.origin)
    return log


def _keep_cosignature(
    node: Node, checkpoint_id: UUID, cosignature: Cosignature, keys: PublicKeys, stored_at: datetime
) -> None:
    """Keep a cosignature; one that is kept already stays."""
    insert_row(
        node.database,
        CosignatureRow,
        skip=True,
        id=new_uuid(node),
        checkpoint_id=checkpoint_id,
        signer=cosignature.signer,
        at=cosignature.at,
        stored_at=stored_at,
        signature=cosignature.signature.to_json(),
        keys_id=keep_keys(node, cosignature.signer, keys),
    )
