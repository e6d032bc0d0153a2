"""The envelope of a message: what is fixed, canonical and digested at submission.

A leaf of the directed log is the salted digest of these bytes. The salt travels inside the sealed batch, in front of
them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from entraide.channel.domain.errors import BadMessage, UnreadableBatch
from entraide.kernel.canonical import NotCanonical, canonical_bytes, parse_canonical, salted_digest
from entraide.kernel.ids import MessageId, ThreadId
from entraide.kernel.text import N_

ENVELOPE_VERSION = 1
DIGEST_LABEL = "entraide/message/v1"
SALT_BYTES = 32
MAX_TYPE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message as its author fixed it. `submitted_at` and `expires_at` are aware, in UTC, whole microseconds."""

    message_id: MessageId
    thread_id: ThreadId
    type: str
    version: int
    submitted_at: datetime
    payload: Mapping[str, Any]
    urgent: bool = False
    expires_at: datetime | None = None

    def to_bytes(self) -> bytes:
        """Return the canonical bytes; raises `NotCanonical` when the payload has none, `BadMessage` for a bad type."""
        if not self.type.isascii() or not 0 < len(self.type) <= MAX_TYPE_LENGTH or not 0 < self.version < 1000:
            raise BadMessage(why=N_("its type or version is malformed"))
        return canonical_bytes(
            {
                "v": ENVELOPE_VERSION,
                "id": str(self.message_id),
                "thread": str(self.thread_id),
                "type": self.type,
                "type_version": self.version,
                "submitted_at": write_moment(self.submitted_at),
                "expires_at": None if self.expires_at is None else write_moment(self.expires_at),
                "urgent": self.urgent,
                "payload": self.payload,
            }
        )


def parse_envelope(data: bytes) -> Envelope:
    """Return the envelope of canonical bytes; raises `UnreadableBatch`."""
    try:
        value = parse_canonical(data)
        if value["v"] != ENVELOPE_VERSION or not isinstance(value["payload"], dict):
            raise UnreadableBatch(why="a message has an unknown version")
        return Envelope(
            message_id=MessageId(UUID(value["id"])),
            thread_id=ThreadId(UUID(value["thread"])),
            type=_text(value["type"]),
            version=int(value["type_version"]),
            submitted_at=parse_moment(value["submitted_at"]),
            expires_at=None if value["expires_at"] is None else parse_moment(value["expires_at"]),
            urgent=value["urgent"] is True,
            payload=value["payload"],
        )
    except (NotCanonical, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableBatch(why="a message has no readable envelope") from error


def message_leaf(salt: bytes, envelope: bytes) -> bytes:
    """Return the 32 bytes that the directed log holds of a message."""
    return salted_digest(DIGEST_LABEL, salt, envelope)


def write_moment(at: datetime) -> str:
    """Return `at` as `2025-01-12T08:30:00.000000Z`; raises `ValueError` for a naive moment."""
    if at.tzinfo is None:
        raise ValueError("a moment on the wire is aware")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_moment(text: str) -> datetime:
    """Return the aware moment of `write_moment`'s text; raises `ValueError`."""
    if len(text) != 27 or text[10] != "T" or text[26] != "Z":
        raise ValueError("not a moment of the protocol")
    return datetime.fromisoformat(text[:26]).replace(tzinfo=UTC)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.isascii() or not 0 < len(value) <= MAX_TYPE_LENGTH:
        raise UnreadableBatch(why="a message has no readable type")
    return value
