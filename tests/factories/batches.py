"""Batches and what their reader knows, without a database: real keys, real seals; every part can be made wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from entraide.channel.domain.batch import SUITE_1, BatchHeader, SealedBatch, sealing_info, sealing_key_id, write_batch
from entraide.channel.domain.envelope import Envelope, message_leaf
from entraide.channel.domain.receiving import Reader, Sender
from entraide.journal.domain.growth import Mirror, Tree
from entraide.journal.domain.merkle import leaf_hash, plan_range, tree_root
from entraide.journal.domain.notes import CHECKPOINT_LABEL, Checkpoint, SignedCheckpoint, directed_origin, key_ids
from entraide.journal.domain.tiles import edge_places, extend_tiles
from entraide.kernel.ids import MessageId, ThreadId
from entraide.kernel.signing import PublicKeys
from entraide.keys.api import MemoryKeyRing, create_memory_keyring, derive_message_key, encrypt, seal_secret
from tests.factories.nodes import SeededRandomness

AT = datetime(2025, 1, 12, 8, 30, tzinfo=UTC)
AUTHOR, READER = "vn-mps", "la-mops"
TRANSCRIPT = b"t" * 32
AUTHORS_RING = create_memory_keyring(SeededRandomness("author"))
READERS_RING = create_memory_keyring(SeededRandomness("reader"))
STRANGERS_RING = create_memory_keyring(SeededRandomness("stranger"))


def public_of(ring: MemoryKeyRing) -> PublicKeys:
    """The public keys of a ring that was never rotated."""
    return ring.history.at(AT)


SENDER = Sender(AUTHOR, is_active=True, suites=(SUITE_1,), keys=AUTHORS_RING.history, transcript=TRANSCRIPT)
SELF = Reader(READER, {sealing_key_id(public_of(READERS_RING)): public_of(READERS_RING).sealing})


def envelope_of(number: int) -> bytes:
    """The canonical bytes of a message."""
    message_id, thread_id = MessageId(UUID(int=number + 1)), ThreadId(UUID(int=1))
    return Envelope(message_id, thread_id, "test.note", 1, AT, {"n": number}).to_bytes()


def salt_of(number: int) -> bytes:
    """The salt of a message."""
    return bytes([number % 256]) * 32


def leaves_of(count: int) -> list[bytes]:
    """The first `count` leaves of the author's log: the transcript, then messages."""
    return [TRANSCRIPT, *(message_leaf(salt_of(n), envelope_of(n)) for n in range(1, count))][:count]


def mirror_of(leaves: Sequence[bytes], checkpoint_size: int) -> Mirror:
    """A mirror that holds `leaves`, loaded for a checkpoint of that size."""
    hashes = [leaf_hash(leaf) for leaf in leaves]
    tiles = extend_tiles(0, {}, hashes)
    edge = {place: tiles[place] for place in edge_places(len(leaves))}
    tree = Tree(directed_origin(AUTHOR, READER), len(leaves), tree_root(hashes), edge)
    earlier = tree_root(hashes[:checkpoint_size]) if checkpoint_size <= len(leaves) else None
    assert plan_range(0, checkpoint_size)
    return Mirror(tree, earlier)


def head_over(leaves: Sequence[bytes], *, ring: MemoryKeyRing = AUTHORS_RING, origin: str = "") -> SignedCheckpoint:
    """The head over `leaves`, signed in the author's name."""
    root = tree_root([leaf_hash(leaf) for leaf in leaves])
    checkpoint = Checkpoint(origin or directed_origin(AUTHOR, READER), len(leaves), root, AT)
    signature = ring.sign(CHECKPOINT_LABEL, checkpoint.body.encode(), at=AT)
    return SignedCheckpoint(checkpoint, AUTHOR, key_ids(AUTHOR, public_of(ring)), signature)


@dataclass(frozen=True)
class Parcel:
    """A batch before it is written; `sealed_as` are fields of the header that the seal binds to another value."""

    n0: int = 1
    plain: tuple[bytes, ...] = ()
    note: bytes = b""
    header: Mapping[str, Any] = field(default_factory=dict)
    sealed_as: Mapping[str, Any] = field(default_factory=dict)
    sealed_to: PublicKeys = field(default_factory=lambda: public_of(READERS_RING))

    def to_bytes(self) -> bytes:
        """The bytes as they are sent."""
        named = {
            "suite": SUITE_1,
            "author": AUTHOR,
            "reader": READER,
            "key_id": sealing_key_id(public_of(READERS_RING)),
            "n0": self.n0,
            **self.header,
        }
        info = sealing_info(**{**named, **self.sealed_as})
        random, secret = SeededRandomness("batch"), b"k" * 32
        messages = tuple(
            encrypt(derive_message_key(secret, position), plain, info, random)
            for position, plain in enumerate(self.plain, start=self.n0)
        )
        header = BatchHeader(
            **named,
            n1=named["n0"] + len(messages),
            sealed_secret=seal_secret(self.sealed_to, secret, info),
            checkpoint=self.note,
        )
        return write_batch(SealedBatch(header, messages))

    def with_head(self, head: SignedCheckpoint) -> "Parcel":
        """The same batch under another head."""
        return replace(self, note=head.text.encode())


def parcel(n0: int = 1, count: int = 3) -> Parcel:
    """The batch of the messages `n0` to `n0 + count - 1` of the author's log, as its author would send it."""
    plain = tuple(salt_of(n) + envelope_of(n) for n in range(n0, n0 + count))
    return Parcel(n0, plain).with_head(head_over(leaves_of(n0 + count)))
