"""Signing a log's head and verifying that its author signed it."""

from datetime import UTC, datetime

from entraide.journal.adapters.signers import find_checkpoint, keep_checkpoint
from entraide.journal.adapters.trees import lock_log
from entraide.journal.domain.errors import BadCheckpoint, WrongSide
from entraide.journal.domain.notes import (
    CHECKPOINT_LABEL,
    COSIGNATURE_LABEL,
    Checkpoint,
    Cosignature,
    SignedCheckpoint,
    key_ids,
)
from entraide.journal.models import Log
from entraide.kernel.ids import LogId
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys
from entraide.kernel.text import N_
from entraide.keys.api import BadSignature, verify_signature
from entraide.storage.api import joined


def sign_checkpoint(node: Node, log_id: LogId) -> SignedCheckpoint:
    """Return the head of a log that this node writes, signed and kept; signing the same head again returns the first.

    Raises `WrongSide` for a mirror.
    """
    with joined(node):
        return sign_head(node, lock_log(log_id))


def sign_head(node: Node, log: Log, *, fresh: bool = False) -> SignedCheckpoint:
    """Sign the head of the locked `log`; see `sign_checkpoint`. A `fresh` head was reached in this transaction."""
    if log.kind == Log.Kind.MIRROR:
        raise WrongSide(origin=log.origin)
    kept = None if fresh else find_checkpoint(log, log.size)
    if kept is not None:
        return kept
    checkpoint = Checkpoint(log.origin, log.size, bytes(log.root), _now(node))
    keys = node.keyring.public
    signature = node.keyring.sign(CHECKPOINT_LABEL, checkpoint.body.encode())
    signed = SignedCheckpoint(checkpoint, log.author, key_ids(log.author, keys), signature)
    keep_checkpoint(node, log, signed, keys)
    return signed


def verify_checkpoint(signed: SignedCheckpoint, *, origin: str, author: str, keys: PublicKeys) -> None:
    """Verify that `author` signed this checkpoint of the log `origin` with `keys`; raises `BadCheckpoint`.

    1. It is a checkpoint of this log, signed in the author's name.
    2. The key ids are those of the author's keys.
    3. Both signatures hold (`keys.verify_signature`).
    """
    if signed.origin != origin or signed.signer != author:
        raise BadCheckpoint(origin=origin, why=N_("it is of another log or signed in another name"))
    if signed.key_ids != key_ids(author, keys):
        raise BadCheckpoint(origin=origin, why=N_("it is signed with other keys than those that were paired"))
    try:
        verify_signature(keys, CHECKPOINT_LABEL, signed.checkpoint.body.encode(), signed.signature)
    except BadSignature as error:
        raise BadCheckpoint(origin=origin, why=N_("the author's signature does not hold")) from error


def verify_cosignature(cosignature: Cosignature, checkpoint: Checkpoint, *, reader: str, keys: PublicKeys) -> None:
    """Verify that `reader` cosigned `checkpoint` with `keys`; raises `BadCheckpoint`.

    1. It names this log, this size and this reader.
    2. Both signatures hold over the cosignature's lines and the checkpoint's text.
    """
    named = (cosignature.origin, cosignature.size, cosignature.signer)
    if named != (checkpoint.origin, checkpoint.size, reader):
        raise BadCheckpoint(origin=checkpoint.origin, why=N_("the cosignature is for another checkpoint or reader"))
    try:
        verify_signature(keys, COSIGNATURE_LABEL, cosignature.message(checkpoint), cosignature.signature)
    except BadSignature as error:
        raise BadCheckpoint(origin=checkpoint.origin, why=N_("the reader's cosignature does not hold")) from error


def _now(node: Node) -> datetime:
    return node.clock.now().astimezone(UTC)
