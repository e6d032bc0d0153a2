"""Checkpoints and the keys that signed them, in rows."""

from functools import lru_cache
from hashlib import sha256

from entraide.journal.domain.notes import SignedCheckpoint, parse_checkpoint
from entraide.journal.models import Checkpoint, Log, SignerKeys
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys


def keep_keys(node: Node, signer: str, keys: PublicKeys) -> SignerKeys:
    """Return the row of the keys of `signer`, kept once."""
    row, _ = SignerKeys.objects.get_or_create(
        digest=_digest(signer, keys), defaults={"id": new_uuid(node), "signer": signer, "keys": keys.to_json()}
    )
    return row


def keep_checkpoint(node: Node, log: Log, signed: SignedCheckpoint, keys: PublicKeys) -> Checkpoint:
    """Insert a checkpoint whose signature was made or verified with `keys`."""
    return Checkpoint.objects.create(
        id=new_uuid(node),
        log=log,
        size=signed.size,
        root=signed.root,
        at=signed.at,
        note=signed.text,
        keys=keep_keys(node, signed.signer, keys),
    )


def find_checkpoint(log: Log, size: int) -> SignedCheckpoint | None:
    """Return the checkpoint that was kept for the first `size` leaves of `log`."""
    note = Checkpoint.objects.filter(log=log, size=size).values_list("note", flat=True).first()
    return None if note is None else parse_checkpoint(note)


@lru_cache(maxsize=256)
def _digest(signer: str, keys: PublicKeys) -> bytes:
    return sha256(canonical_bytes([signer, keys.to_json()])).digest()
