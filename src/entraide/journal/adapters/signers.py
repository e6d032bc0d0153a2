"""Checkpoints and the keys that signed them, in rows."""

from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from django.db import router

from entraide.journal.domain.notes import SignedCheckpoint, parse_checkpoint
from entraide.journal.models import Checkpoint, SignerKeys
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.ids import LogId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys
from entraide.storage.api import find_row, insert_row


def keep_keys(node: Node, signer: str, keys: PublicKeys) -> UUID:
    """Return the id of the row of the keys of `signer`, kept once."""
    digest = keys_digest(signer, keys)
    found = find_row(node.database, SignerKeys, ("id",), where={"digest": digest})
    if found is not None:
        kept: UUID = found[0]
        return kept
    row, _ = SignerKeys.objects.get_or_create(
        digest=digest, defaults={"id": new_uuid(node), "signer": signer, "keys": keys.to_json()}
    )
    return row.id


def keep_checkpoint(
    node: Node, log_id: LogId, signed: SignedCheckpoint, keys: PublicKeys, *, stored_at: datetime | None = None
) -> None:
    """Insert a checkpoint whose signature was made, or verified as of `stored_at`, with `keys`."""
    insert_row(
        node.database,
        Checkpoint,
        id=new_uuid(node),
        log_id=log_id,
        size=signed.size,
        root=signed.root,
        at=signed.at,
        stored_at=stored_at or signed.at,
        note=signed.text,
        keys_id=keep_keys(node, signed.signer, keys),
    )


def find_checkpoint(log_id: LogId, size: int) -> SignedCheckpoint | None:
    """Return the checkpoint that was kept for the first `size` leaves of a log."""
    row = find_row(router.db_for_read(Checkpoint), Checkpoint, ("note",), where={"log_id": log_id, "size": size})
    return None if row is None else parse_checkpoint(row[0])


@lru_cache(maxsize=256)
def keys_digest(signer: str, keys: PublicKeys) -> bytes:
    """Return what names the row of the keys of `signer` (32 bytes)."""
    return sha256(canonical_bytes([signer, keys.to_json()])).digest()
