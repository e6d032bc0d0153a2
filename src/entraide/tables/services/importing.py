"""Importing tables: compared with the register and shown first, applied by a person's word for exactly what was shown.

The digest of a difference stands for all that it would do. Applying compares once more, inside the transaction, and
goes on only when the digest is the same: had the register changed in between, the person would have agreed to
something else.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections

from entraide.access.api import Actor, Role, require_role
from entraide.communiques.domain.acts import IMPORTED
from entraide.communiques.domain.proposals import SourceKind
from entraide.journal.api import act, append_entry
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.storage.api import transaction
from entraide.tables.adapters.files import GivenFile
from entraide.tables.adapters.vocabulary import load_tables
from entraide.tables.domain.difference import Added, Changed, Difference, digest_of
from entraide.tables.domain.errors import (
    DifferenceChanged,
    ImportDecided,
    ImportRefused,
    NoSuchImport,
    NothingToImport,
)
from entraide.tables.domain.planning import derive_difference
from entraide.tables.domain.reading import ParsedFile, parse_file
from entraide.tables.models import TableFile, TableImport
from entraide.tables.services.applying import apply_difference
from entraide.tables.services.lookups import RegisterLookups
from entraide.tables.services.sources import RowSources

WAITING, APPLIED, DROPPED = "waiting", "applied", "dropped"
LOCK = 7_291_640_113
"""Number of the lock under which PostgreSQL lets one import apply at a time; SQLite has one writer anyhow."""


@dataclass(frozen=True, slots=True)
class ComparedImport:
    """What tables would change, the digest of exactly that, and how each file was read."""

    difference: Difference
    digest: str
    files: tuple[ParsedFile, ...]


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import in the list: who gave it by id, when, its files, and what became of it."""

    id: UUID
    state: str
    source_kind: str
    files: tuple[str, ...]
    given_at: datetime
    decided_at: datetime | None
    digest: str
    added: int
    changed: int


def compare_tables(
    node: Node, *, actor: Actor | None, files: Sequence[GivenFile], source_kind: SourceKind | None
) -> ComparedImport:
    """Return what importing `files` would change; nothing is stored.

    `source_kind` says what kind of source the files themselves are, for rows that name none. `actor` may be left out
    by the operator's own command line. Raises `RoleMissing` (desk officer).
    """
    if actor is not None:
        require_role(actor, Role.desk_officer)
    with node.active():
        return _compare(node, files, source_kind)[0]


def apply_tables(
    node: Node, *, actor: Actor, files: Sequence[GivenFile], source_kind: SourceKind | None, digest: str
) -> Counter[str]:
    """Apply the difference of `digest` in one transaction, journal it, and return how many facts per table.

    Raises `DifferenceChanged` when it would now be another one, `ImportRefused`, `NothingToImport`, `RoleMissing`.
    """
    require_role(actor, Role.desk_officer)
    subject = new_uuid(node)
    with act(node, kind=IMPORTED, by=actor.user_id, subject=subject):
        return _apply(node, actor, files, source_kind, digest, subject)


def give_tables(node: Node, *, actor: Actor, files: Sequence[GivenFile], source_kind: SourceKind | None) -> UUID:
    """Keep tables for a person to look at what they would change, and return the import's id; nothing is imported."""
    require_role(actor, Role.desk_officer)
    with transaction(node):
        row = TableImport.objects.create(
            id=new_uuid(node),
            source_kind=source_kind.value if source_kind else "",
            state=WAITING,
            given_by=actor.user_id,
            given_at=node.clock.now(),
        )
        TableFile.objects.bulk_create(
            TableFile(
                id=new_uuid(node),
                table_import=row,
                position=position,
                name=file.name,
                sha256=hashlib.sha256(file.data).hexdigest(),
                data=file.data,
            )
            for position, file in enumerate(files)
        )
        append_entry(
            node,
            kind="communiques.tables_given",
            subject=row.id,
            content={"files": [hashlib.sha256(file.data).hexdigest() for file in files]},
            actor=actor.user_id,
        )
    return row.id


def list_imports() -> list[ImportView]:
    """Return the imports, latest first."""
    return [_view(row) for row in TableImport.objects.prefetch_related("files").order_by("-given_at", "-id")[:200]]


def get_import(import_id: UUID) -> ImportView:
    """Return one import; raises `NoSuchImport`."""
    return _view(_row(import_id))


def compare_import(node: Node, *, actor: Actor, import_id: UUID) -> ComparedImport:
    """Return what a waiting import would change now; raises `NoSuchImport`, `ImportDecided`, `RoleMissing`."""
    require_role(actor, Role.desk_officer, Role.auditor)
    with node.active():
        row = _waiting(import_id)
        return _compare(node, _files(row), _kind(row))[0]


def apply_import(node: Node, *, actor: Actor, import_id: UUID, digest: str) -> Counter[str]:
    """Apply a waiting import as it was shown under `digest`; see `apply_tables`. Its files are not kept."""
    require_role(actor, Role.desk_officer)
    with act(node, kind=IMPORTED, by=actor.user_id, subject=import_id):
        row = _waiting(import_id, lock=True)
        counts = _apply(node, actor, _files(row), _kind(row), digest, row.id)
        row.counts, row.digest = dict(counts), digest
        _decide(node, actor, row, APPLIED)
        return counts


def drop_import(node: Node, *, actor: Actor, import_id: UUID) -> None:
    """Drop a waiting import; nothing of it enters. Raises `NoSuchImport`, `ImportDecided`, `RoleMissing`."""
    require_role(actor, Role.desk_officer)
    with transaction(node):
        row = _waiting(import_id, lock=True)
        _decide(node, actor, row, DROPPED)
        append_entry(node, kind="communiques.tables_dropped", subject=row.id, content={}, actor=actor.user_id)


def _compare(
    node: Node, files: Sequence[GivenFile], source_kind: SourceKind | None
) -> tuple[ComparedImport, RowSources]:
    tables, origin = load_tables(), node.settings.origin
    parsed = tuple(parse_file(file.name, file.data, tables) for file in files)
    sources = RowSources(node, {file.name: file.text for file in parsed}, source_kind)
    difference = derive_difference(parsed, tables, RegisterLookups(node, tables, sources), origin)
    digests = [hashlib.sha256(file.data).hexdigest() for file in files]
    digest = digest_of(difference, digests, source_kind.value if source_kind else "")
    return ComparedImport(difference, digest, parsed), sources


def _apply(
    node: Node,
    actor: Actor,
    files: Sequence[GivenFile],
    source_kind: SourceKind | None,
    digest: str,
    subject: UUID,
) -> Counter[str]:
    _one_at_a_time(node)
    compared, sources = _compare(node, files, source_kind)
    difference = compared.difference
    if compared.digest != digest:
        raise DifferenceChanged
    if difference.refused:
        raise ImportRefused(count=len(difference.refused))
    if difference.is_empty:
        raise NothingToImport
    items: list[Added | Changed] = [*difference.added, *difference.changed]
    rows = [(item.cited, item.place) for item in items]
    apply_difference(node, actor, load_tables(), difference, sources.enter(actor, rows))
    counts = Counter({"added": len(difference.added), "changed": len(difference.changed)})
    append_entry(
        node,
        kind="communiques.tables_imported",
        subject=subject,
        content={
            "difference": digest,
            "files": [hashlib.sha256(file.data).hexdigest() for file in files],
            "added": counts["added"],
            "changed": counts["changed"],
        },
        actor=actor.user_id,
    )
    return counts


def _one_at_a_time(node: Node) -> None:
    connection = connections[node.database]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _row(import_id: UUID, *, lock: bool = False) -> TableImport:
    rows = TableImport.objects.select_for_update() if lock else TableImport.objects.all()
    row = rows.filter(id=import_id).first()
    if row is None:
        raise NoSuchImport
    return row


def _waiting(import_id: UUID, *, lock: bool = False) -> TableImport:
    row = _row(import_id, lock=lock)
    if row.state != WAITING:
        raise ImportDecided(state=row.state)
    return row


def _decide(node: Node, actor: Actor, row: TableImport, state: str) -> None:
    row.state, row.decided_by, row.decided_at = state, actor.user_id, node.clock.now()
    row.save()
    row.files.update(data=b"")


def _files(row: TableImport) -> list[GivenFile]:
    return [GivenFile(file.name, bytes(file.data)) for file in row.files.order_by("position")]


def _kind(row: TableImport) -> SourceKind | None:
    return SourceKind(row.source_kind) if row.source_kind else None


def _view(row: TableImport) -> ImportView:
    return ImportView(
        row.id,
        row.state,
        row.source_kind,
        tuple(file.name for file in sorted(row.files.all(), key=lambda file: file.position)),
        row.given_at,
        row.decided_at,
        row.digest,
        row.counts.get("added", 0),
        row.counts.get("changed", 0),
    )
