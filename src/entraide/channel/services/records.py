"""Messages at rest: each under its own record key, which lies beside it wrapped under the node's root key.

The salt of the message's leaf is wrapped together with the record key, so that destroying one destroys the other.
"""

from dataclasses import dataclass
from uuid import UUID

from entraide.channel.domain.envelope import SALT_BYTES
from entraide.kernel.node import Node
from entraide.keys.api import decrypt, encrypt

RECORD_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """What is stored of a message: the wrapped record key and salt, and the encrypted envelope."""

    secret: bytes
    sealed: bytes


def seal_record(node: Node, message_id: UUID, *, salt: bytes, envelope: bytes) -> SealedRecord:
    """Return `envelope` (canonical bytes) and its 32-byte `salt` in the form in which they are stored."""
    key = node.random.draw(RECORD_KEY_BYTES)
    return SealedRecord(
        secret=node.keyring.wrap(key + salt, _purpose(message_id)),
        sealed=encrypt(key, envelope, message_id.bytes, node.random),
    )


def open_record(
    node: Node, message_id: UUID, *, secret: bytes | memoryview, sealed: bytes | memoryview
) -> tuple[bytes, bytes]:
    """Return the salt and the canonical envelope of a stored message; raises `VerificationFailed`."""
    opened = node.keyring.unwrap(bytes(secret), _purpose(message_id))
    key, salt = opened[:RECORD_KEY_BYTES], opened[RECORD_KEY_BYTES : RECORD_KEY_BYTES + SALT_BYTES]
    return salt, decrypt(key, bytes(sealed), message_id.bytes)


def _purpose(message_id: UUID) -> str:
    return f"channel/message/{message_id}"
