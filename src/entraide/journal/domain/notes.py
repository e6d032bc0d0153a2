"""Checkpoints and cosignatures: C2SP's tlog-checkpoint in a signed note, signed twice.

A checkpoint is text: the log's origin, its size, its root in base64, the moment of signing as an extension line; an
empty line; two signature lines, Ed25519 then ML-DSA-44. Both are of the note's open type (0xFF), because what they
cover is not the bare text but the labelled bytes of `keys` (docs/protocol/journal.md). Both must hold.
"""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from entraide.journal.domain.entries import moment_text
from entraide.journal.domain.errors import BadCheckpoint
from entraide.kernel.signing import PublicKeys, Signature
from entraide.kernel.text import N_

CHECKPOINT_LABEL = "journal.checkpoint/v1"
COSIGNATURE_LABEL = "journal.cosignature/v1"
LONGEST_NOTE = 16_384
# What is shown to a court: a leaf, its proof and the checkpoint (`services.bundles`).
BUNDLE_FORMAT = "entraide journal bundle 1"
_SIGNATURE_TYPES = ("entraide/ed25519", "entraide/ml-dsa-44")
_BODY = re.compile(
    r"(?P<origin>[!-~]{1,255})\n(?P<size>0|[1-9][0-9]{0,15})\n(?P<root>[A-Za-z0-9+/]{43}=)\n"
    r"time (?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\n",
    re.ASCII,
)
_LINE = re.compile(r"— (?P<name>[!-*,-~]{1,100}) (?P<data>[A-Za-z0-9+/]+={0,2})\n", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed of a log: `origin` names it, `root` is the RFC 6962 root (32 bytes) of its first `size` leaves."""

    origin: str
    size: int
    root: bytes
    at: datetime

    @property
    def body(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\ntime {moment_text(self.at)}\n"


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with its author's double signature."""

    checkpoint: Checkpoint
    signer: str
    key_ids: tuple[bytes, bytes]
    signature: Signature

    @property
    def origin(self) -> str:
        """The log's name."""
        return self.checkpoint.origin

    @property
    def size(self) -> int:
        """The number of leaves."""
        return self.checkpoint.size

    @property
    def root(self) -> bytes:
        """The root over them."""
        return self.checkpoint.root

    @property
    def at(self) -> datetime:
        """The moment of signing, by the author's clock."""
        return self.checkpoint.at

    @property
    def text(self) -> str:
        """The whole signed note, as it is sent and stored."""
        lines = (
            f"— {self.signer} {b64encode(key_id + part).decode()}\n"
            for key_id, part in zip(self.key_ids, (self.signature.ed25519, self.signature.mldsa44), strict=True)
        )
        return f"{self.checkpoint.body}\n{''.join(lines)}"


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A reader's statement that it holds the leaves under a checkpoint, at `at` (whole seconds) by its clock."""

    origin: str
    size: int
    signer: str
    at: datetime
    signature: Signature

    def message(self, checkpoint: Checkpoint) -> bytes:
        """Return what is signed: C2SP's cosignature lines before the text of `checkpoint`."""
        return f"cosignature/v1\ntime {int(self.at.timestamp())}\n{checkpoint.body}".encode()

    def to_json(self) -> dict[str, object]:
        """Return a canonical JSON object."""
        return {
            "origin": self.origin,
            "size": self.size,
            "signer": self.signer,
            "time": int(self.at.timestamp()),
            "signature": self.signature.to_json(),
        }

    @classmethod
    def from_json(cls, value: object) -> "Cosignature":
        """Return the cosignature of `to_json`; raises `BadCheckpoint` or `NotAKey`."""
        match value:
            case {"origin": str(origin), "size": int(size), "signer": str(signer), "time": int(time), **rest}:
                if 0 <= time < 1 << 37 and size >= 0:
                    signature = Signature.from_json(rest.get("signature"))
                    return cls(origin, size, signer, datetime.fromtimestamp(time, UTC), signature)
        raise BadCheckpoint(origin="?", why=N_("its cosignature cannot be read"))


def key_ids(name: str, keys: PublicKeys) -> tuple[bytes, bytes]:
    """Return the note key ids of both algorithms: the first 4 bytes of SHA-256(name, 0x0A, 0xFF, type, key)."""
    return (
        _key_id(name, _SIGNATURE_TYPES[0], keys.ed25519),
        _key_id(name, _SIGNATURE_TYPES[1], keys.mldsa44),
    )


def parse_checkpoint(text: str) -> SignedCheckpoint:
    """Return the signed checkpoint of a note in exactly the form that `SignedCheckpoint.text` writes.

    Raises `BadCheckpoint`. Whether the signatures hold is for `verify_checkpoint` to say.
    """
    body, separator, signatures = text.partition("\n\n")
    lines = list(_LINE.finditer(signatures))
    match = _BODY.fullmatch(body + "\n")
    if len(text) > LONGEST_NOTE or not separator or match is None or len(lines) != 2:
        raise BadCheckpoint(origin="?", why=N_("it is not a signed note of this protocol"))
    try:
        parts = [b64decode(line["data"], validate=True) for line in lines]
        checkpoint = Checkpoint(
            match["origin"],
            int(match["size"]),
            b64decode(match["root"], validate=True),
            datetime.fromisoformat(match["at"]),
        )
    except ValueError as error:
        raise BadCheckpoint(origin=match["origin"], why=N_("a value cannot be read")) from error
    signature = Signature(parts[0][4:], parts[1][4:])
    signed = SignedCheckpoint(checkpoint, lines[0]["name"], (parts[0][:4], parts[1][:4]), signature)
    if signed.text != text:
        raise BadCheckpoint(origin=match["origin"], why=N_("it is not written in the one form of this protocol"))
    return signed


def own_origin(name: str) -> str:
    """Return the origin of a node's own log."""
    return f"entraide/own/{name}"


def directed_origin(author: str, reader: str) -> str:
    """Return the origin of the log that `author` writes for `reader`."""
    return f"entraide/directed/{author}/{reader}"


def _key_id(name: str, kind: str, key: bytes) -> bytes:
    return sha256(name.encode() + b"\n\xff" + kind.encode() + key).digest()[:4]
