"""The frame of a batch: a canonical JSON header and the sealed messages behind it.

Bytes of version 1::

    "ENTRAIDE-BATCH/1", a line feed, length of header (4 bytes, big endian), header, message, message ...

The header says who sends to whom, under which suite and key, from which position (`n0`) to which (`n1`, exclusive), the
sealed batch secret, the author's checkpoint at `n1` and the length of each sealed message. Nothing in it is secret, and
every field is bound: suite, nodes, key and `n0` by the seal's `info`; `n1` and the checkpoint by the author's
signature; the lengths by the authenticated encryption of each message.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

from entraide.channel.domain.errors import BatchTooLarge, UnreadableBatch
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.codecs import Base64, Malformed, Number, Text
from entraide.kernel.signing import PublicKeys
from entraide.kernel.wire import Document, Most, Named

MAGIC = b"ENTRAIDE-BATCH/1\n"
SUITE_1 = "xwing-aes256gcm-ed25519-mldsa44/1"
SUITES = (SUITE_1,)
MAX_MESSAGES = 500
MAX_PLAINTEXT = 4 * 1024 * 1024
# What a sealed message is longer than its envelope: salt, nonce and tag, with room for other suites.
MESSAGE_OVERHEAD = 128
MAX_MESSAGE = 3 * 1024 * 1024
MAX_HEADER = 64 * 1024
MAX_BATCH_BYTES = MAX_PLAINTEXT + MAX_MESSAGES * MESSAGE_OVERHEAD + MAX_HEADER


MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class BatchHeader(Document):
    """What stands in front of the sealed messages.

    `sizes` follow from the messages: they are filled in when a batch is written, and make no header another one.
    """

    suite: Annotated[str, Text(MAX_NAME), "the algorithms; one of those agreed at pairing"]
    author: Annotated[str, Text(MAX_NAME), "name of the node that writes the log"]
    reader: Annotated[str, Text(MAX_NAME), "name of the node that mirrors it"]
    key_id: Annotated[
        str,
        Text(16, pattern="[0-9a-f]{16}"),
        "first digits of SHA-256 of the reader's sealing key of the day (journal.md, “Keys have days”)",
    ]
    n0: Annotated[int, Number(), "position of the first message"]
    n1: Annotated[int, Number(), "position behind the last one"]
    sealed_secret: Annotated[
        bytes, Base64(4096), Named("secret"), "the batch's random 32-byte secret, sealed to the reader"
    ]
    checkpoint: Annotated[bytes, Base64(16_384), "the author's signed checkpoint at n1"]
    # As many as a header can hold: a batch of more than 500 messages is too large, which is a refusal of its own.
    sizes: Annotated[
        tuple[Annotated[int, Number()], ...], Most(MAX_HEADER), "length of each sealed message in bytes; at most 500"
    ] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class SealedBatch:
    """A header and one ciphertext per position n0, n0+1, ... n1-1."""

    header: BatchHeader
    messages: tuple[bytes, ...]


def sealing_info(*, suite: str, author: str, reader: str, key_id: str, n0: int) -> bytes:
    """Return the bytes that bind a sealed secret (HPKE `info`, RFC 9180 section 5.1) to its batch and no other."""
    return canonical_bytes(
        {
            "protocol": "entraide/batch/v1",
            "suite": suite,
            "author": author,
            "reader": reader,
            "key_id": key_id,
            "n0": n0,
        },
    )


def sealing_key_id(keys: PublicKeys) -> str:
    """Return the identifier of a node's sealing key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(keys.sealing).hexdigest()[:16]


def write_batch(batch: SealedBatch) -> bytes:
    """Return the bytes of a batch; raises `BatchTooLarge`, or `UnreadableBatch` for a header that no reader takes."""
    check_size(len(batch.messages), sum(map(len, batch.messages)))
    try:
        encoded = replace(batch.header, sizes=tuple(len(message) for message in batch.messages)).to_bytes()
    except Malformed as error:
        raise UnreadableBatch(why="its header is malformed") from error
    data = b"".join((MAGIC, len(encoded).to_bytes(4), encoded, *batch.messages))
    check_size(len(batch.messages), len(data))
    return data


def parse_header(data: bytes) -> tuple[BatchHeader, int]:
    """Return the header and the offset of the first sealed message; raises `UnreadableBatch`."""
    start = len(MAGIC) + 4
    if data[: len(MAGIC)] != MAGIC or len(data) < start:
        raise UnreadableBatch(why="it does not begin as a batch of version 1")
    end = start + int.from_bytes(data[len(MAGIC) : start])
    if not start < end <= min(len(data), start + MAX_HEADER):
        raise UnreadableBatch(why="its header is cut off or too long")
    try:
        return BatchHeader.from_bytes(data[start:end]), end
    except Malformed as error:
        raise UnreadableBatch(why="its header is malformed") from error


def parse_batch(data: bytes) -> SealedBatch:
    """Return the batch of `write_batch`'s bytes; raises `UnreadableBatch` or `BatchTooLarge`."""
    check_size(0, len(data))
    header, offset = parse_header(data)
    sizes = header.sizes
    check_size(len(sizes), len(data))
    if header.n1 - header.n0 != len(sizes) or not sizes:
        raise UnreadableBatch(why="its range and its messages differ in number")
    if offset + sum(sizes) != len(data):
        raise UnreadableBatch(why="its length is not that of its messages")
    messages = []
    for size in sizes:
        messages.append(data[offset : offset + size])
        offset += size
    return SealedBatch(header, tuple(messages))


def check_size(messages: int, size: int) -> None:
    """Raise `BatchTooLarge` above 500 messages or the bytes that 4 MB of envelopes can take."""
    if messages > MAX_MESSAGES or size > MAX_BATCH_BYTES:
        raise BatchTooLarge(messages=messages, size=size, limit_messages=MAX_MESSAGES, limit_size=MAX_BATCH_BYTES)


def take_batch(sizes: Sequence[int]) -> int:
    """Return how many of the first messages, given their envelope sizes in bytes, fit into one batch (at least one)."""
    total = 0
    for count, size in enumerate(sizes[:MAX_MESSAGES]):
        total += size
        if total > MAX_PLAINTEXT:
            return max(count, 1)
    return min(len(sizes), MAX_MESSAGES)
