"""The envelope of a message: what is fixed, canonical and digested at submission.

A leaf of the directed log is the salted digest of these bytes. The salt travels inside the sealed batch, in front of
them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from entraide.channel.domain.errors import BadMessage, UnreadableBatch
from entraide.kernel.canonical import salted_digest
from entraide.kernel.codecs import AnyObject, Fault, Malformed, Number, Text
from entraide.kernel.ids import MessageId, ThreadId
from entraide.kernel.text import N_
from entraide.kernel.wire import Document, Named

DIGEST_LABEL = "entraide/message/v1"
SALT_BYTES = 32
MAX_TYPE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Envelope(Document):
    """One message as its author fixed it. `submitted_at` and `expires_at` are aware, in UTC, whole microseconds."""

    constants = {"v": 1}

    message_id: Annotated[MessageId, Named("id"), "the message"]
    thread_id: Annotated[ThreadId, Named("thread"), "messages of one thread keep their order"]
    type: Annotated[str, Text(MAX_TYPE_LENGTH, least=1, ascii=True), "what the payload is"]
    version: Annotated[int, Number(1, 999), Named("type_version"), "in which version"]
    submitted_at: Annotated[datetime, "when its author fixed it"]
    payload: Annotated[Mapping[str, Any], AnyObject(), "what it says; declared by type and version"]
    urgent: Annotated[bool, "whether it leaves before others"] = False
    expires_at: Annotated[datetime | None, "when it is no longer sent"] = None

    def to_bytes(self) -> bytes:
        """Return the canonical bytes; raises `NotCanonical` when the payload has none, `BadMessage` for a bad type."""
        try:
            return Document.to_bytes(self)
        except Malformed as error:
            raise BadMessage(why=N_("its type or version is malformed")) from error


def parse_envelope(data: bytes) -> Envelope:
    """Return the envelope of canonical bytes; raises `UnreadableBatch`."""
    try:
        return Envelope.from_bytes(data)
    except Malformed as error:
        known = error.fault is not Fault.UNKNOWN_VERSION
        why = "a message has no readable envelope" if known else "a message has an unknown version"
        raise UnreadableBatch(why=why) from error


def message_leaf(salt: bytes, envelope: bytes) -> bytes:
    """Return the 32 bytes that the directed log holds of a message."""
    return salted_digest(DIGEST_LABEL, salt, envelope)
