"""What an entry of a node's own log says, byte for byte.

The leaf of an entry is its salted digest alone (32 bytes), over the canonical bytes of one object with the keys
`actor`, `at`, `content`, `id`, `kind` and `subject`, identifiers as 32 hexadecimal digits. Whoever lacks the salt
learns nothing from a leaf.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from entraide.kernel.canonical import canonical_bytes, salted_digest

ENTRY_LABEL = "entraide/journal.entry/v1"


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What an entry states: `content` is the canonical JSON text of an object without personal data."""

    id: UUID
    kind: str
    subject: UUID
    actor: UUID | None
    at: datetime
    content: str


def moment_text(at: datetime) -> str:
    """Return the aware moment `at` as text in UTC with microseconds: `2025-01-12T08:30:00.000000Z`."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def entry_statement(facts: EntryFacts) -> bytes:
    """Return the canonical bytes that the digest of an entry covers."""
    actor = "null" if facts.actor is None else f'"{facts.actor.hex}"'
    kind = canonical_bytes(facts.kind).decode()
    # `content` is canonical already; the whole is, because the keys stand in order.
    return (
        f'{{"actor":{actor},"at":"{moment_text(facts.at)}","content":{facts.content},'
        f'"id":"{facts.id.hex}","kind":{kind},"subject":"{facts.subject.hex}"}}'
    ).encode()


def entry_digest(facts: EntryFacts, salt: bytes) -> bytes:
    """Return the leaf of an entry: the salted digest of its statement (32 bytes)."""
    return salted_digest(ENTRY_LABEL, salt, entry_statement(facts))
