"""The frame of a batch: a canonical JSON header and the sealed messages behind it.

Bytes of version 1::

    "ENTRAIDE-BATCH/1", a line feed, length of header (4 bytes, big endian), header, message, message ...

The header says who sends to whom, under which suite and key, from which position (`n0`) to which (`n1`, exclusive), the
sealed batch secret, the author's checkpoint at `n1` and the length of each sealed message. Nothing in it is secret, and
every field is bound: suite, nodes, key and `n0` by the seal's `info`; `n1` and the checkpoint by the author's
signature; the lengths by the authenticated encryption of each message.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from entraide.channel.domain.errors import BatchTooLarge, UnreadableBatch
from entraide.kernel.canonical import NotCanonical, canonical_bytes, parse_canonical
from entraide.kernel.signing import PublicKeys

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


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """What stands in front of the sealed messages. `author` and `reader` are node names; `checkpoint` is a signed
    note.
    """

    suite: str
    author: str
    reader: str
    key_id: str
    n0: int
    n1: int
    sealed_secret: bytes
    checkpoint: bytes


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
    """Return the bytes of a batch; raises `BatchTooLarge`."""
    header = batch.header
    table = {
        "suite": header.suite,
        "author": header.author,
        "reader": header.reader,
        "key_id": header.key_id,
        "n0": header.n0,
        "n1": header.n1,
        "secret": b64encode(header.sealed_secret).decode("ascii"),
        "checkpoint": b64encode(header.checkpoint).decode("ascii"),
        "sizes": [len(message) for message in batch.messages],
    }
    encoded = canonical_bytes(table)
    data = b"".join((MAGIC, len(encoded).to_bytes(4), encoded, *batch.messages))
    check_size(len(batch.messages), len(data))
    return data


def parse_header(data: bytes) -> tuple[BatchHeader, tuple[int, ...], int]:
    """Return the header, the sizes of the sealed messages and the offset of the first; raises `UnreadableBatch`."""
    start = len(MAGIC) + 4
    if data[: len(MAGIC)] != MAGIC or len(data) < start:
        raise UnreadableBatch(why="it does not begin as a batch of version 1")
    end = start + int.from_bytes(data[len(MAGIC) : start])
    if not start < end <= min(len(data), start + MAX_HEADER):
        raise UnreadableBatch(why="its header is cut off or too long")
    try:
        table = parse_canonical(data[start:end])
        return _header(table), tuple(_number(size) for size in table["sizes"]), end
    except (NotCanonical, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableBatch(why="its header is malformed") from error


def parse_batch(data: bytes) -> SealedBatch:
    """Return the batch of `write_batch`'s bytes; raises `UnreadableBatch` or `BatchTooLarge`."""
    if len(data) > MAX_BATCH_BYTES:
        check_size(0, len(data))
    header, sizes, offset = parse_header(data)
    check_size(len(sizes), len(data))
    if header.n0 < 0 or header.n1 - header.n0 != len(sizes) or not sizes:
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


def read_base64(text: str) -> bytes:
    """Return the bytes of a base64 text in its one proper spelling; raises `ValueError` for another.

    Base64 has several spellings of the same bytes; a changed character must never pass.
    """
    data = b64decode(text, validate=True)
    if b64encode(data).decode("ascii") != text:
        raise ValueError("not the proper base64 of its bytes")
    return data


def _header(table: dict[str, Any]) -> BatchHeader:
    texts = [table[name] for name in ("suite", "author", "reader", "key_id")]
    if len(table) != 9 or not all(isinstance(text, str) and len(text) <= 100 for text in texts):
        raise ValueError("unknown or malformed fields")
    return BatchHeader(
        suite=table["suite"],
        author=table["author"],
        reader=table["reader"],
        key_id=table["key_id"],
        n0=_number(table["n0"]),
        n1=_number(table["n1"]),
        sealed_secret=read_base64(table["secret"]),
        checkpoint=read_base64(table["checkpoint"]),
    )


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("not a position")
    return value
