"""Signing a log's head."""

from datetime import UTC, datetime

from entraide.journal.adapters.signers import find_checkpoint, keep_checkpoint
from entraide.journal.adapters.trees import lock_log
from entraide.journal.domain.errors import WrongSide
from entraide.journal.domain.notes import (
    CHECKPOINT_LABEL,
    Checkpoint,
    SignedCheckpoint,
    key_ids,
)
from entraide.journal.models import Log
from entraide.kernel.ids import LogId
from entraide.kernel.node import Node
from entraide.storage.api import joined


def sign_checkpoint(node: Node, log_id: LogId) -> SignedCheckpoint:
    """Return the head of a log that this node writes, signed and kept; signing the same head again returns the first.

    Raises `WrongSide` for a mirror.
    """
    with joined(node):
        return sign_head(node, lock_log(log_id))


def sign_head(node: Node, log: Log, *, fresh: bool = False) -> SignedCheckpoint:
    """Sign the head of the locked `log`; see `sign_checkpoint`. A `fresh` head was reached in this transaction.

    Raises `WrongSide` for a mirror.
    """
    if log.kind == Log.Kind.MIRROR:
        raise WrongSide(origin=log.origin)
    kept = None if fresh else find_checkpoint(LogId(log.id), log.size)
    if kept is not None:
        return kept
    checkpoint = Checkpoint(log.origin, log.size, bytes(log.root), _now(node))
    keys = node.keyring.history.at(checkpoint.at)
    signature = node.keyring.sign(CHECKPOINT_LABEL, checkpoint.body.encode(), at=checkpoint.at)
    signed = SignedCheckpoint(checkpoint, log.author, key_ids(log.author, keys), signature)
    keep_checkpoint(node, LogId(log.id), signed, keys)
    return signed


def _now(node: Node) -> datetime:
    return node.clock.now().astimezone(UTC)
