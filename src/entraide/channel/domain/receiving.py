"""Receiving a batch, step by step: bytes and what this node knows go in, what to store or a named refusal comes out.

Each step is a method of what the step before it gave, so that none can be left out or done before its time::

    ClaimedBatch.read(body)           1. bytes of a known version, within the limits
      .admit(sender, reader)          2., 3. for this node, from an active partner, with an agreed suite
      .open(ring)                     5. every message opens; the leaves are recomputed
      .verify_head(at)                6. the author signed the head, with its keys of that day
      .follow(mirror)                    the leaves follow the mirror and lead to the signed root

(4, that the same bytes were stored before, is a look-up of `digest` between 3 and 5.) Nothing here reads or writes;
`services.receiving` loads what a step needs, and stores what the last one gives.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from entraide.channel.domain.batch import BatchHeader, SealedBatch, parse_batch, parse_header, sealing_info
from entraide.channel.domain.envelope import SALT_BYTES, Envelope, message_leaf, parse_envelope
from entraide.channel.domain.errors import (
    NotForThisNode,
    PartnerSuspended,
    SealBroken,
    SuiteBelowFloor,
    UnknownSender,
    UnreadableBatch,
)
from entraide.journal.domain.growth import Growth, Mirror, extend_mirror
from entraide.journal.domain.heads import verify_checkpoint
from entraide.journal.domain.notes import SignedCheckpoint, directed_origin, parse_checkpoint
from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.errors import VerificationFailed
from entraide.kernel.signing import PublicKeys
from entraide.keys.api import decrypt, derive_message_key


class OpensSecrets(Protocol):
    """The one thing that is asked of this node's key ring."""

    def open_secret(self, sealed: bytes, info: bytes, *, sealed_to: bytes) -> bytes:
        """Open a secret that was sealed to the public key `sealed_to`, bound to `info`; raises `VerificationFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class Sender:
    """What this node knows of the partner that a batch claims to come from.

    `suites` are those agreed at pairing; `transcript` is leaf 0 of its log, which both sides know.
    """

    name: str
    is_active: bool
    suites: tuple[str, ...]
    keys: KeyHistory
    transcript: bytes


@dataclass(frozen=True, slots=True)
class Reader:
    """This node, to a partner: its name, and by key id the public sealing keys that it opens today."""

    name: str
    sealing_keys: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """One message of a batch after its seal was opened and its leaf recomputed."""

    position: int
    salt: bytes
    data: bytes
    leaf: bytes
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class ClaimedBatch:
    """Bytes in the form of a batch; nothing that they say is believed. `digest` is SHA-256 of all of them."""

    digest: bytes
    batch: SealedBatch

    @classmethod
    def read(cls, body: bytes) -> "ClaimedBatch":
        """Return the batch of the bytes `body`; raises `UnreadableBatch` or `BatchTooLarge` (step 1)."""
        batch = parse_batch(body)
        return cls(hashlib.sha256(body).digest(), batch)

    @property
    def author(self) -> str:
        """The name of the node that it claims to come from."""
        return self.batch.header.author

    def admit(self, sender: Sender | None, reader: Reader) -> "AdmittedBatch":
        """Return the batch with the partner that it claims to come from, None where there is none (steps 2 and 3).

        Raises `UnknownSender`, `NotForThisNode`, `PartnerSuspended` or `SuiteBelowFloor`, in this order.
        """
        header = self.batch.header
        if sender is None or sender.name != header.author:
            raise UnknownSender(name=header.author[:60])
        sealed_to = reader.sealing_keys.get(header.key_id)
        if header.reader != reader.name or sealed_to is None:
            raise NotForThisNode(name=header.reader[:60])
        if not sender.is_active:
            raise PartnerSuspended(name=sender.name)
        if header.suite not in sender.suites:
            raise SuiteBelowFloor(suite=header.suite[:60])
        return AdmittedBatch(self.digest, self.batch, sender, sealed_to)


@dataclass(frozen=True, slots=True)
class AdmittedBatch:
    """A batch that may be for this node, from a partner that may send it; its contents are still sealed."""

    digest: bytes
    batch: SealedBatch
    sender: Sender
    sealed_to: bytes

    @property
    def header(self) -> BatchHeader:
        """What stands in front of the messages."""
        return self.batch.header

    def open(self, ring: OpensSecrets) -> "OpenedBatch":
        """Return the batch with its messages open and their leaves recomputed (step 5).

        Every field of the header that the seal binds is thereby what its author wrote. Raises `SealBroken`, or
        `UnreadableBatch` for a message without salt or canonical envelope, or one that stands in the batch twice.
        """
        header = self.header
        info = sealing_info(
            suite=header.suite, author=header.author, reader=header.reader, key_id=header.key_id, n0=header.n0
        )
        try:
            secret = ring.open_secret(header.sealed_secret, info, sealed_to=self.sealed_to)
            messages = tuple(
                _open_message(position, decrypt(derive_message_key(secret, position), sealed, info))
                for position, sealed in enumerate(self.batch.messages, start=header.n0)
            )
        except VerificationFailed as error:
            raise SealBroken(where=f"{self.sender.name} {header.n0}-{header.n1}") from error
        if len({message.envelope.message_id for message in messages}) != len(messages):
            raise UnreadableBatch(why="it holds a message twice")
        return OpenedBatch(self.digest, header, self.sender, messages)


@dataclass(frozen=True, slots=True)
class OpenedBatch:
    """A batch whose messages are open; that its author put them into its log is not shown yet."""

    digest: bytes
    header: BatchHeader
    sender: Sender
    messages: tuple[OpenedMessage, ...]

    def verify_head(self, at: datetime) -> "SignedBatch":
        """Return the batch with the head that its author signed (step 6, first half); `at` is when it came.

        Raises `UnreadableBatch` or `BadCheckpoint` for a head that cannot be read or ends elsewhere, and what
        `verify_checkpoint` raises.
        """
        try:
            checkpoint = parse_checkpoint(self.header.checkpoint.decode())
        except UnicodeDecodeError as error:
            raise UnreadableBatch(why="its checkpoint is no text") from error
        if checkpoint.size != self.header.n1:
            raise UnreadableBatch(why="its checkpoint does not end where its messages do")
        origin = directed_origin(self.header.author, self.header.reader)
        keys = verify_checkpoint(
            checkpoint, origin=origin, author=self.sender.name, history=self.sender.keys, stored_at=at
        )
        return SignedBatch(self.digest, self.header, self.sender, self.messages, checkpoint, keys, at)


@dataclass(frozen=True, slots=True)
class SignedBatch:
    """A batch under a head that its author signed with `author_keys`; whether it continues the log is open."""

    digest: bytes
    header: BatchHeader
    sender: Sender
    messages: tuple[OpenedMessage, ...]
    checkpoint: SignedCheckpoint
    author_keys: PublicKeys
    at: datetime

    def follow(self, mirror: Mirror) -> "AcceptedBatch":
        """Return what is to be stored: the batch continues `mirror`, this node's copy of the log (step 6, second half).

        Raises `BadCheckpoint`, `LogGap`, `LogForked`, `LeavesMismatch` or `JournalBroken` (`extend_mirror`).
        """
        first, leaves = self.header.n0, [message.leaf for message in self.messages]
        if first == 1:
            # Leaf 0 is the transcript of the pairing, which this node knows by itself.
            first, leaves = 0, [self.sender.transcript, *leaves]
        growth = extend_mirror(mirror, first, leaves, self.checkpoint)
        return AcceptedBatch(
            digest=self.digest,
            n0=self.header.n0,
            n1=self.header.n1,
            note=self.header.checkpoint,
            checkpoint=self.checkpoint,
            author_keys=self.author_keys,
            messages=self.messages,
            mirror=mirror,
            growth=growth,
            received_at=self.at,
        )


@dataclass(frozen=True, slots=True)
class AcceptedBatch:
    """What is stored of a batch that holds in every step: its row, its messages for the inbox, its leaves, its head."""

    digest: bytes
    n0: int
    n1: int
    note: bytes
    checkpoint: SignedCheckpoint
    author_keys: PublicKeys
    messages: tuple[OpenedMessage, ...]
    mirror: Mirror
    growth: Growth
    received_at: datetime


def claimed_author(body: bytes) -> str | None:
    """Return the name that unusable bytes claim to come from, if they can be read that far."""
    try:
        return parse_header(body)[0].author
    except UnreadableBatch:
        return None


def _open_message(position: int, plain: bytes) -> OpenedMessage:
    salt, data = plain[:SALT_BYTES], plain[SALT_BYTES:]
    if len(salt) != SALT_BYTES:
        raise UnreadableBatch(why="a message has no salt")
    return OpenedMessage(position, salt, data, message_leaf(salt, data), parse_envelope(data))
