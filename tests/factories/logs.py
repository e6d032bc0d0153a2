"""Two nodes with keys and the log that the first writes for the second."""

from dataclasses import dataclass
from uuid import UUID

from entraide.journal.api import (
    SignedCheckpoint,
    append_leaves,
    cosign_checkpoint,
    directed_origin,
    ensure_directed_log,
    keep_mirrored,
    lock_mirror,
    record_cosignature,
    sign_checkpoint,
    verify_checkpoint,
)
from entraide.journal.domain.growth import extend_mirror
from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.ids import LogId, PartnerId
from entraide.kernel.node import Node
from entraide.keys.api import create_memory_keyring
from entraide.storage.api import transaction
from tests.factories.nodes import SeededRandomness, StandingClock, make_node

PARTNER = PartnerId(UUID(int=7))


@dataclass
class LogPair:
    """An author, a reader, and both sides of one directed log."""

    author: Node
    reader: Node
    written: LogId
    mirrored: LogId

    def send(self, *leaves: bytes) -> SignedCheckpoint:
        """Append, sign and mirror `leaves`."""
        first, _ = append_leaves(self.author, self.written, leaves)
        checkpoint = sign_checkpoint(self.author, self.written)
        self.mirror(first, leaves, checkpoint)
        return checkpoint

    def mirror(self, first: int, leaves: tuple[bytes, ...], checkpoint: SignedCheckpoint) -> None:
        """Give the reader `leaves` from `first` on."""
        reader, names = self.reader, (self.author.settings.name, self.reader.settings.name)
        with transaction(reader):
            keys = verify_checkpoint(
                checkpoint,
                origin=directed_origin(*names),
                author=names[0],
                history=self.author.keyring.history,
                stored_at=reader.clock.now(),
            )
            mirror = lock_mirror(reader, self.mirrored, checkpoint.size)
            growth = extend_mirror(mirror, first, leaves, checkpoint)
            keep_mirrored(reader, self.mirrored, mirror, growth, checkpoint, keys)

    def receipt(self, checkpoint: SignedCheckpoint) -> None:
        """Have the reader cosign and the author keep it."""
        cosignature = cosign_checkpoint(self.reader, checkpoint, self.author.keyring.history)
        record_cosignature(self.author, self.written, cosignature, self.reader.keyring.history)


def make_keyed_node(database: str = "default") -> Node:
    """Return a node with keys and a clock that stands."""
    ring = create_memory_keyring(SeededRandomness(f"keys of {database}"))
    name = None if database in {"default", "partner"} else "vn-mps"
    return make_node(database, name=name, keyring=ring, clock=StandingClock())


def signers_of(*nodes: Node) -> dict[str, KeyHistory]:
    """Return the keys of `nodes` by name, as verifying logs takes them."""
    return {node.settings.name: node.keyring.history for node in nodes}


def make_pair(author: Node, reader: Node) -> LogPair:
    """Return the log that `author` writes for `reader`."""
    names = {"author": author.settings.name, "reader": reader.settings.name}
    written = ensure_directed_log(author, partner_id=PARTNER, **names)
    return LogPair(author, reader, written, ensure_directed_log(reader, partner_id=PARTNER, **names))
