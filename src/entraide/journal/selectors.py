"""What an auditor reads: entries and the state of the logs, of the node that is given."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, Q, QuerySet
from django.db.models.functions import Least

from entraide.journal.adapters.signers import keys_digest
from entraide.journal.domain.acts import RESTORED, UNDONE, ActView
from entraide.journal.models import Act, ActEntry, ActFact, Checkpoint, Cosignature, Entry, Log
from entraide.kernel.ids import EntryId, LogId, PartnerId, UserId
from entraide.kernel.node import Node
from entraide.kernel.signing import PublicKeys
from entraide.storage.api import rows_made


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry as it is shown: `index` is None while it waits for its number, `actor` None when no person acted."""

    id: EntryId
    index: int | None
    kind: str
    subject: UUID
    actor: UserId | None
    at: datetime
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LogView:
    """The state of a log: its head, what its author signed last, and up to where its reader cosigned.

    `kind` is `own`, `author` (this node writes it) or `mirror` (the partner does); `signed_size` and `cosigned_size`
    are None when nothing was.
    """

    id: LogId
    kind: str
    origin: str
    partner_id: PartnerId | None
    size: int
    root: bytes
    signed_size: int | None
    signed_at: datetime | None
    cosigned_size: int | None
    cosigned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Acts:
    """How many acts a subject was the matter of, and when the latest was."""

    count: int
    latest: datetime


def count_acts(node: Node, subjects: Iterable[UUID]) -> dict[UUID, Acts]:
    """Return the acts on each of `subjects` that has any."""
    with node.active():
        rows = Entry.objects.filter(subject__in=list(subjects)).order_by().values("subject")
        return {row["subject"]: Acts(row["n"], row["latest"]) for row in rows.annotate(n=Count("id"), latest=Max("at"))}


def list_entries(
    node: Node,
    *,
    kind: str | None = None,
    subject: UUID | None = None,
    actor: UUID | None = None,
    before: EntryId | None = None,
    limit: int = 100,
) -> list[EntryView]:
    """Return at most `limit` entries, newest first, that match; `before` is the last entry of the page before."""
    with node.active():
        rows = Entry.objects.order_by("-at", "-tie", "-id")
        for name, value in (("kind", kind), ("subject", subject), ("actor", actor)):
            if value is not None:
                rows = rows.filter(**{name: value})
        if before is not None:
            rows = rows.filter(_older_than(before))
        return [_view(row) for row in rows.defer("salt", "digest")[:limit]]


def list_actors(node: Node, *, kinds: Iterable[str], subject: UUID) -> set[UUID]:
    """Return who did an act of one of these kinds to a subject."""
    with node.active():
        rows = Entry.objects.filter(kind__in=list(kinds), subject=subject, actor__isnull=False)
        return {actor for actor in rows.values_list("actor", flat=True).distinct() if actor is not None}


def get_entry(node: Node, entry_id: EntryId) -> EntryView | None:
    """Return an entry, or None when there is none with this id."""
    with node.active():
        row = Entry.objects.filter(id=entry_id).defer("salt", "digest").first()
        return None if row is None else _view(row)


def list_kinds(node: Node) -> list[str]:
    """Return the kinds of entries that the journal holds, in alphabetical order."""
    with node.active():
        # A step of the index for each kind; DISTINCT would read every entry there is.
        kinds: list[str] = []
        rows = Entry.objects.order_by("kind").values_list("kind", flat=True)
        while (kind := rows.filter(kind__gt=kinds[-1] if kinds else "").first()) is not None:
            kinds.append(kind)
        return kinds


def list_acts(
    node: Node,
    *,
    ids: Iterable[UUID] | None = None,
    batch: UUID | None = None,
    undone_by: UUID | None = None,
    fact: UUID | None = None,
    limit: int | None = None,
) -> list[ActView]:
    """Return the acts that match, newest first: those of `ids`, of a batch, taken back by an act, or on a fact."""
    with node.active():
        rows = Act.objects.order_by("-at", "-id").prefetch_related("entries")
        given = {"batch": batch, "undone_by": undone_by}
        rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
        if fact is not None:
            rows = rows.filter(id__in=ActFact.objects.filter(fact_id=fact).values("act_id"))
        if ids is None:
            return [_act(row) for row in (rows if limit is None else rows[:limit])]
        wanted = list(ids)
        found = [_act(row) for at in range(0, len(wanted), 500) for row in rows.filter(id__in=wanted[at : at + 500])]
        return sorted(found, key=lambda item: (item.at, item.id), reverse=True)[:limit]


@dataclass(frozen=True, slots=True)
class TouchedFact:
    """A fact that an act of `kind` touched and did not make."""

    act: UUID
    fact: UUID
    kind: str
    at: datetime
    reason: str


def list_touched(
    node: Node,
    *,
    since: UUID | None = None,
    before: tuple[UUID, UUID | None] | None = None,
    among: Sequence[QuerySet[Any, UUID]] | None = None,
    limit: int,
) -> list[TouchedFact]:
    """Return facts that acts touched and that were there before, or that came back, the latest act first.

    From the act `since` on, and before the act and fact of `before` (before the whole act, where it names no fact).
    With `among` only facts that one of these queries gives, and whatever acts of undoing touched: what they took away
    is nowhere else.
    """
    with node.active():
        rows = ActFact.objects.filter(~Exists(rows_made("act_id", "fact_id")) | Q(act__kind=RESTORED))
        if since is not None:
            rows = rows.filter(act_id__gte=since)
        if before is not None:
            act, fact = before
            rows = rows.filter(Q(act_id__lt=act) | (Q(act_id=act, fact_id__lt=fact) if fact else Q(pk__in=[])))
        if among is not None:
            wanted = Q(act__kind__in=[UNDONE, RESTORED])
            for ids in among:
                wanted |= Q(fact_id__in=ids)
            rows = rows.filter(wanted)
        found = rows.select_related("act").order_by("-act_id", "-fact_id")[:limit]
        return [TouchedFact(row.act.id, row.fact_id, row.act.kind, row.act.at, row.act.reason) for row in found]


def list_last_changes(node: Node, fact_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """Return when each of these facts was last touched by an act, undoing among them; others are left out."""
    with node.active():
        wanted, found = list(fact_ids), dict[UUID, datetime]()
        for at in range(0, len(wanted), 500):
            rows = ActFact.objects.filter(fact_id__in=wanted[at : at + 500]).values("fact_id")
            found |= dict(rows.annotate(last=Max("act__at")).values_list("fact_id", "last"))
        return found


def find_act(node: Node, entry_id: EntryId) -> UUID | None:
    """Return the act that an entry belongs to, or None."""
    with node.active():
        return ActEntry.objects.filter(entry_id=entry_id).values_list("act_id", flat=True).first()


def _act(row: Act) -> ActView:
    return ActView(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        actor=None if row.actor is None else UserId(row.actor),
        at=row.at,
        batch=row.batch,
        reason=row.reason,
        undone_by=row.undone_by_id,
        entries=tuple(sorted(EntryId(item.entry_id) for item in row.entries.all())),
    )


def count_waiting(node: Node) -> int:
    """Return how many entries wait for their number."""
    with node.active():
        return Entry.objects.filter(index__isnull=True).count()


def find_last_signature(node: Node, signer: str, keys: PublicKeys) -> datetime | None:
    """Return the moment of the last head or cosignature here that `signer` signed with `keys`, or None.

    A moment that was claimed ahead of time counts as the one at which it came.
    """
    with node.active():
        digest = keys_digest(signer, keys)
        found = []
        for model in (Checkpoint, Cosignature):
            days = model.objects.filter(keys__digest=digest).aggregate(last=Max(Least("at", "stored_at")))
            found += [day for day in days.values() if day is not None]
        return max(found, default=None)


def list_logs(node: Node) -> list[LogView]:
    """Return every log, the node's own first."""
    with node.active():
        return [
            _log_view(log) for log in sorted(Log.objects.all(), key=lambda log: (log.kind != Log.Kind.OWN, log.origin))
        ]


def _log_view(log: Log) -> LogView:
    signed = Checkpoint.objects.filter(log=log).order_by("-size").values_list("size", "at").first()
    receipts = Cosignature.objects.filter(checkpoint__log=log).order_by("-checkpoint__size")
    cosigned = receipts.values_list("checkpoint__size", "at").first()
    return LogView(
        id=LogId(log.id),
        kind=log.kind,
        origin=log.origin,
        partner_id=None if log.partner_id is None else PartnerId(log.partner_id),
        size=log.size,
        root=bytes(log.root),
        signed_size=signed and signed[0],
        signed_at=signed and signed[1],
        cosigned_size=cosigned and cosigned[0],
        cosigned_at=cosigned and cosigned[1],
    )


def _older_than(entry_id: EntryId) -> Q:
    place = Entry.objects.filter(id=entry_id).values_list("at", "tie", "id").first()
    if place is None:
        return Q(pk__in=[])
    at, tie, last = place
    # The first condition follows from the others; it alone lets the database begin at the right place of the index.
    return Q(at__lte=at) & (Q(at__lt=at) | Q(at=at, tie__lt=tie) | Q(at=at, tie=tie, id__lt=last))


def _view(row: Entry) -> EntryView:
    return EntryView(
        id=EntryId(row.id),
        index=row.index,
        kind=row.kind,
        subject=row.subject,
        actor=None if row.actor is None else UserId(row.actor),
        at=row.at,
        content=json.loads(row.content),
    )
