"""First step of an append: an act inserts its unnumbered entry in its own transaction (DESIGN.md, two-step append).

Nothing is locked here, so that acts never wait for one another or for the sequencer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connections

from entraide.journal.domain.entries import EntryFacts, entry_digest
from entraide.journal.models import Entry
from entraide.journal.services.acts import note_entries
from entraide.kernel.canonical import canonical_bytes
from entraide.kernel.ids import EntryId, new_uuid
from entraide.kernel.node import Node
from entraide.storage.api import insert_rows

# Orders acts of the same microsecond within this process; across processes the identifier decides.
_ties = count()
_NAMES = ("id", "kind", "subject", "actor", "at", "tie", "content", "salt", "digest")
_UNNUMBERED = {"log_id": None, "index": None}


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An act to journal: `kind` like `requests.released`; `content` holds ids, codes, digests, no personal data."""

    kind: str
    subject: UUID
    content: Mapping[str, Any]
    actor: UUID | None = None
    salt: bytes | None = None


def append_entry(
    node: Node,
    *,
    kind: str,
    subject: UUID,
    content: Mapping[str, Any],
    actor: UUID | None = None,
    salt: bytes | None = None,
) -> EntryId:
    """Insert an unnumbered entry into the node's own log, inside the running transaction, and return its id.

    `salt` (32 bytes) is drawn when not given. Raises `NotCanonical` when `content` has no canonical bytes, and
    `RuntimeError` outside a transaction: an act and its entry are kept together or not at all.
    """
    return append_entries(node, [NewEntry(kind, subject, content, actor, salt)])[0]


def append_entries(node: Node, entries: Sequence[NewEntry]) -> list[EntryId]:
    """Insert many unnumbered entries at once, in order; raises `RuntimeError` as `append_entry` does."""
    if not connections[node.database].in_atomic_block:
        raise RuntimeError("append_entry needs a running transaction: use `with transaction(node):`")
    rows = [_row(node, entry) for entry in entries]
    insert_rows(node.database, Entry, shared=_UNNUMBERED, names=_NAMES, rows=rows)
    made = [EntryId(row[0]) for row in rows]
    note_entries(node, made)
    return made


def _row(node: Node, entry: NewEntry) -> tuple[Any, ...]:
    """Return the values of `_NAMES`."""
    salt = node.random.draw(32) if entry.salt is None else entry.salt
    facts = EntryFacts(
        id=new_uuid(node),
        kind=entry.kind,
        subject=entry.subject,
        actor=entry.actor,
        at=node.clock.now(),
        content=canonical_bytes(entry.content).decode(),
    )
    digest = entry_digest(facts, salt)
    return (
        facts.id,
        facts.kind,
        facts.subject,
        facts.actor,
        facts.at,
        next(_ties),
        facts.content,
        salt,
        digest,
    )
