"""What an entry of a node's own log says, byte for byte.

The leaf of an entry is its salted digest alone (32 bytes), over the canonical bytes of one object with the keys
`actor`, `at`, `content`, `id`, `kind` and `subject`. Whoever lacks the salt learns nothing from a leaf.
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


def statement_bytes(id_text: str, kind_json: str, subject: str, actor: str | None, at: str, content: str) -> bytes:
    """Return the canonical bytes of an entry from its texts, without parsing `content` again.

    `kind_json` is the kind as a JSON string. Re-hashing a million entries stays within seconds this way; the tests
    hold the result against `canonical_bytes`.
    """
    actor_json = "null" if actor is None else f'"{actor}"'
    return (
        f'{{"actor":{actor_json},"at":"{at}","content":{content},"id":"{id_text}","kind":{kind_json},"subject":"{subject}"}}'
    ).encode()


def entry_statement(facts: EntryFacts) -> bytes:
    """Return the canonical bytes that the digest of an entry covers."""
    return statement_bytes(
        str(facts.id),
        canonical_bytes(facts.kind).decode(),
        str(facts.subject),
        None if facts.actor is None else str(facts.actor),
        moment_text(facts.at),
        facts.content,
    )


def entry_digest(facts: EntryFacts, salt: bytes) -> bytes:
    """Return the leaf of an entry: the salted digest of its statement (32 bytes)."""
    return salted_digest(ENTRY_LABEL, salt, entry_statement(facts))
