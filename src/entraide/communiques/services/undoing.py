"""Undoing acts on the register: another act, with a reason; nothing is deleted, and what went can count again.

What an act did to the rows of the register, of the directory and of the proposals is taken back, with the later acts
that rest on it; a proposal is undecided again, a fact that is in no other act's word is withdrawn, and its permanent
address says so with the reason.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError
from django.db.models import ProtectedError

from entraide.access.api import Actor, Role, require_role
from entraide.communiques.domain.undoing import (
    NeverUndone,
    NoSuchAct,
    RestsOnIt,
    RowUndone,
    StillNeeded,
    UndoChanged,
    UndoneAlready,
    UndoPlan,
    UndoReasonMissing,
)
from entraide.communiques.models import Citation, Passage
from entraide.communiques.services.finding import index_source
from entraide.communiques.services.undo_plans import plan_restore, plan_undo
from entraide.directory.api import list_found_through, refresh_found
from entraide.journal.api import (
    RESTORED,
    UNDONE,
    ActView,
    TakenBack,
    act,
    act_kind_of,
    append_entry,
    list_acts,
    mark_undone,
)
from entraide.kernel.node import Node
from entraide.programme.api import leave_what_follows, refresh_what_follows
from entraide.search.api import remove_document
from entraide.storage.api import put_row
from entraide.storage.domain.traces import Image

CITATION = "communiques.Citation"


def preview_undo(node: Node, *, actor: Actor, act_ids: Sequence[UUID]) -> UndoPlan:
    """Return what undoing these acts would do, to be shown first; nothing is written.

    Raises `NoSuchAct`, `UndoneAlready`, `NeverUndone`, `StillNeeded`, `RoleMissing`.
    """
    _may_undo(node, actor, act_ids)
    plan = plan_undo(node, act_ids)
    _may_undo(node, actor, [item.id for item in plan.acts])
    return plan


def undo_acts(node: Node, *, actor: Actor, act_ids: Sequence[UUID], reason: str, digest: str = "") -> UUID:
    """Undo these acts and those that rest on them, and return the id of the act that did.

    `digest` is that of the plan that was shown; without it what is true now is done. Raises `UndoReasonMissing`,
    `UndoChanged`, `UndoneAlready` where somebody did so at the same moment, and what `preview_undo` raises.
    """
    text = " ".join(reason.replace("\0", " ").split())
    if not text:
        raise UndoReasonMissing
    with act(node, kind=UNDONE, by=actor.user_id, subject=act_ids[0], reason=text) as made:
        plan = preview_undo(node, actor=actor, act_ids=act_ids)
        if digest and digest != plan.digest:
            raise UndoChanged
        put_back(plan.rows)
        for item in plan.acts:
            content = {"act": str(item.id), "kind": item.kind, "undone_by": str(made), "reason": text}
            subject = item.subject or item.id
            append_entry(node, kind=UNDONE, subject=subject, content=content, actor=actor.user_id)
        if not mark_undone([item.id for item in plan.acts], made):
            raise UndoneAlready
    return made


def restore_acts(node: Node, *, actor: Actor, act_id: UUID, reason: str) -> UUID:
    """Let what an act of undoing took back count again, and return the id of the act that did.

    Raises `NoSuchAct` for an act that undid nothing, `UndoneAlready`, `RestsOnIt` where the same facts were changed
    since, `UndoReasonMissing`, `StillNeeded`, `RoleMissing`.
    """
    text = " ".join(reason.replace("\0", " ").split())
    if not text:
        raise UndoReasonMissing
    undone = list_acts(node, undone_by=act_id)
    by = next(iter(list_acts(node, ids=[act_id])), None)
    if by is None or by.kind != UNDONE:
        raise NoSuchAct
    if by.undone_by is not None or not undone:
        raise UndoneAlready
    require_role(actor, *_roles(undone[0]))
    with act(node, kind=RESTORED, by=actor.user_id, subject=act_id, reason=text) as made:
        plan, later = plan_restore(node, [item.id for item in undone])
        if later:
            raise RestsOnIt
        put_back(plan.rows)
        for item in undone:
            content = {"act": str(item.id), "kind": item.kind, "restored_by": str(made), "reason": text}
            subject = item.subject or item.id
            append_entry(node, kind=RESTORED, subject=subject, content=content, actor=actor.user_id)
        if not (mark_undone([item.id for item in undone], None) and mark_undone([act_id], made)):
            raise UndoneAlready
    return made


def put_back(rows: Sequence[RowUndone]) -> None:
    """Let rows be what they are to be, with all that follows from them, within the running transaction.

    Raises `StillNeeded` where the database holds something to what would go.
    """
    ids: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        ids[row.place[0]].add(row.place[1])
    sources = _sources_of(ids[CITATION])
    organisations, posts = list_found_through(ids)
    following = leave_what_follows(ids)
    _forget(ids, rows)
    try:
        for row in _in_turn(rows):
            put_row(row.place, row.then, there=row.now is not None)
    except (IntegrityError, ProtectedError) as error:
        raise StillNeeded(what=type(error).__name__) from error
    refresh_what_follows(following)
    again = list_found_through(ids)
    refresh_found(organisations | again[0], posts | again[1])
    for source in sources | _sources_of(ids[CITATION]):
        _refresh_source(source)


def _in_turn(rows: Sequence[RowUndone]) -> list[RowUndone]:
    """Return rows in the order in which they may be put: what lets go of a row that goes, what goes, then the rest."""
    gone = [row for row in rows if row.then is None]
    going = {str(row.place[1]) for row in gone}
    letting = [row for row in rows if row.then is not None and _names_any(row.now, going - set(_texts(row.then)))]
    return [*letting, *reversed(gone), *(row for row in rows if row.then is not None and row not in letting)]


def _names_any(image: Image | None, ids: Collection[str]) -> bool:
    return any(value in ids for value in _texts(image))


def _texts(image: Image | None) -> list[str]:
    return [value for value in (image or {}).values() if isinstance(value, str)]


def _forget(ids: dict[str, set[UUID]], rows: Iterable[RowUndone]) -> None:
    """Take what goes out of the index of the directory."""
    gone = {row.place for row in rows if row.then is None}
    for kind, model in (("organisation", "directory.Organisation"), ("post", "directory.Post")):
        for id_ in ids.get(model, ()):
            if (model, id_) in gone:
                remove_document(kind=kind, object_id=id_)


def _sources_of(citations: Collection[UUID]) -> set[UUID]:
    rows = Citation.objects.filter(id__in=list(citations))
    return set(rows.values_list("passage__source_id", flat=True))


def _refresh_source(source_id: UUID) -> None:
    """Make a source findable by what it still shows; one that nothing cites any more is not public."""
    if Passage.objects.filter(source_id=source_id, citations__isnull=False).exists():
        index_source(source_id)
    else:
        remove_document(kind="source", object_id=source_id)


def _may_undo(node: Node, actor: Actor, act_ids: Sequence[UUID]) -> None:
    found = {item.id: item for item in list_acts(node, ids=act_ids)}
    for act_id in act_ids:
        item = found.get(act_id)
        if item is None:
            raise NoSuchAct
        require_role(actor, *_roles(item))
        if item.undone_by is not None:
            raise UndoneAlready
        if act_kind_of(item.kind).taken_back is not TakenBack.ROWS:
            raise NeverUndone


def _roles(item: ActView) -> tuple[Role, ...]:
    return tuple(Role(name) for name in act_kind_of(item.kind).roles)
