"""Opening an act: what is journaled and changed while it is open belongs to it, and can be taken back as a whole."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from entraide.journal.domain.acts import RESTORED, UNDONE
from entraide.journal.models import Act, ActEntry, ActFact, Entry
from entraide.kernel.ids import EntryId, new_uuid
from entraide.kernel.node import Node
from entraide.storage.api import joined, list_facts_of_act, traced_as

_Open = tuple[str, UUID, list[EntryId]]
_open: ContextVar[tuple[_Open, ...]] = ContextVar("open_acts", default=())


@contextmanager
def act(
    node: Node,
    *,
    kind: str,
    by: UUID | None,
    subject: UUID | None = None,
    batch: UUID | None = None,
    reason: str = "",
) -> Iterator[UUID]:
    """Open an act of a declared `kind` in a transaction, and give its id.

    `subject` is the fact or the proposal that it is about (without one, that of its first entry), `batch` what it is
    done together with. Within another act it joins that one. One that changed no row of the register leaves no act
    behind; its entries stay.
    """
    outer = next((item for database, item, _entries in _open.get() if database == node.database), None)
    if outer is not None:
        with joined(node):
            yield outer
        return
    made, entries = new_uuid(node), list[EntryId]()
    token = _open.set((*_open.get(), (node.database, made, entries)))
    try:
        with traced_as(node, made):
            values = {"kind": kind, "subject": subject, "actor": by, "batch": batch, "reason": reason[:500]}
            row = Act.objects.create(id=made, at=node.clock.now(), **values)
            yield made
            if row.subject is None and entries:
                row.subject = Entry.objects.values_list("subject", flat=True).get(id=entries[0])
                row.save(update_fields=["subject"])
            facts = list_facts_of_act(node, made)
            if facts or kind in (UNDONE, RESTORED):
                ActFact.objects.bulk_create((ActFact(act=row, fact_id=fact) for fact in sorted(facts)), batch_size=500)
                ActEntry.objects.bulk_create(ActEntry(entry_id=entry, act=row) for entry in entries)
            else:
                row.delete()
    finally:
        _open.reset(token)


def note_entries(node: Node, made: Sequence[EntryId]) -> None:
    """Let entries that were just appended belong to the open act of the node, if there is one."""
    for database, _act, entries in _open.get():
        if database == node.database:
            entries.extend(made)


def mark_undone(act_ids: Sequence[UUID], by: UUID | None) -> bool:
    """Say by which act others were taken back, within the running transaction; None lets them count again.

    Returns False where somebody else did so with one of them at the same moment: the transaction must not stand.
    """
    marked = Act.objects.filter(id__in=list(act_ids), undone_by__isnull=by is not None).update(undone_by_id=by)
    return marked == len(set(act_ids))
