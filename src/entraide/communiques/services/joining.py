"""Two facts are one: a desk officer joins them, and can split them again; each act is journaled and undoes the other.

A join is a record that is never changed. It holds the rows that it changed as they stood before, so that a split puts
them back; what somebody has changed since stays as it is. The permanent address of the joined fact leads on to the one
that is kept for as long as the join stands.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.communiques.domain.errors import AlreadySplit, CannotJoin, JoinedLater, NoSuchJoin, ReasonMissing
from entraide.communiques.domain.proposals import ProposalKind
from entraide.communiques.models import Join, Proposal, Split, ToldApart
from entraide.communiques.services.likeness import kind_of_link
from entraide.journal.api import append_entry
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.programme.api import (
    JoinLog,
    absorb_fact,
    load_kinds,
    plug_of,
    put_into_lists,
    row_of,
    take_out_of_lists,
)
from entraide.programme.domain.errors import NoSuchKind
from entraide.programme.domain.kinds import Kind
from entraide.storage.api import revert_changes, transaction

LONGEST_REASON = 500
SAME_ONE = N_("it is one and the same.")
SIGNED_HERE = N_("both are parts of texts that were signed on this node.")


def join_facts(
    node: Node,
    *,
    actor: Actor,
    kind: str,
    into_id: UUID,
    other_id: UUID,
    reason: str,
    signs: Sequence[str] = (),
) -> UUID:
    """Say that two facts of a kind are one, kept as `into_id`, and return the join's id; `split_facts` undoes it.

    Of a kind whose facts only mention others (a meeting that was announced), `into_id` is the fact that is meant, and
    the mention stays beside it. What names the other names the one kept; what the one kept lacks the other gives; a
    text that it has in a language stays. Raises `NoSuchKind` for a kind that is not joined, `NoSuchFact`, `CannotJoin`,
    `ReasonMissing`, `RoleMissing` (desk officer).
    """
    require_role(actor, Role.desk_officer)
    declared = require_joinable(kind)
    text = clean_reason(reason)
    if into_id == other_id:
        raise CannotJoin(why=SAME_ONE)
    with transaction(node):
        into, other = _pair(declared, into_id, other_id)
        if kind_of_link(declared) is None and _is_frozen(node, declared, other_id):
            if _is_frozen(node, declared, into_id):
                raise CannotJoin(why=SIGNED_HERE)
            into, other = other, into
        kept, joined = into.pk, other.pk
        if kind_of_link(declared) is None:
            log = absorb_fact(node, declared, into, other)
            _rename_contradictions(log)
        else:
            log = JoinLog()
            log.set(other, **{declared.resembles.link if declared.resembles else "": into})
        _renew(_facts_of(change.as_json() for change in log.changes), declared, kept)
        row = _record(node, actor, declared, (kept, joined), text, signs, log)
        append_entry(
            node,
            kind="communiques.facts_joined",
            subject=kept,
            content={"kind": kind, "joined": str(joined), "join": str(row.id), "reason": text, "undone_by": "split"},
            actor=actor.user_id,
        )
        return row.id


def _record(
    node: Node, actor: Actor, kind: Kind, pair: tuple[UUID, UUID], reason: str, signs: Sequence[str], log: JoinLog
) -> Join:
    kept, joined = pair
    return Join.objects.create(
        id=new_uuid(node),
        kind=kind.name,
        kept_id=kept,
        joined_id=joined,
        reason=reason,
        signs=list(signs),
        changes=[change.as_json() for change in log.changes],
        joined_by=actor.user_id,
        joined_at=node.clock.now(),
    )


def _rename_contradictions(log: JoinLog) -> None:
    """Let contradictions that wait at a fact that went into another wait at that one."""
    for (_kind, former), kept in log.went.items():
        for row in Proposal.objects.filter(kind=ProposalKind.CONTRADICTION, fields__fact_id=str(former)):
            cited = [str(kept) if part == str(former) else part for part in row.fields["cited"]]
            log.set(row, fields={**row.fields, "fact_id": str(kept), "cited": cited})


def split_facts(node: Node, *, actor: Actor, join_id: UUID, reason: str) -> int:
    """Undo a join: the joined fact stands by itself again. Returns how many rows were changed since and stay so.

    Raises `NoSuchJoin`, `AlreadySplit`, `JoinedLater` while a later join rests on this one, `ReasonMissing`,
    `RoleMissing` (desk officer).
    """
    require_role(actor, Role.desk_officer)
    text = clean_reason(reason)
    with transaction(node):
        row = Join.objects.select_for_update().filter(id=join_id).first()
        if row is None:
            raise NoSuchJoin
        if Split.objects.filter(join=row).exists():
            raise AlreadySplit
        if later := _count_later(row):
            raise JoinedLater(count=later)
        kind = load_kinds().get(row.kind)
        touched = take_out_of_lists(kind, (row.kept_id,))
        left = revert_changes(row.changes)
        Split.objects.create(
            id=new_uuid(node),
            join=row,
            reason=text,
            left=[change.as_json() for change in left],
            split_by=actor.user_id,
            split_at=node.clock.now(),
        )
        put_into_lists([*touched, *take_out_of_lists(kind, (row.kept_id, row.joined_id))])
        _renew(_facts_of(row.changes), kind, row.kept_id)
        append_entry(
            node,
            kind="communiques.facts_split",
            subject=row.kept_id,
            content={
                "kind": row.kind, "joined": str(row.joined_id), "join": str(row.id), "reason": text,
                "undone_by": "join", "left": len(left),
            },
            actor=actor.user_id,
        )  # fmt: skip
        return len(left)


def require_joinable(kind: str) -> Kind:
    """Return a kind whose facts may be joined: one that declares how two of them resemble; raises `NoSuchKind`."""
    found = load_kinds().find(kind)
    if found is None or found.resembles is None or not found.model:
        raise NoSuchKind(name=kind[:40], allowed=", ".join(item.name for item in load_kinds() if item.resembles))
    return found


def clean_reason(reason: str) -> str:
    """Return a reason as it is kept; raises `ReasonMissing`."""
    text = " ".join(reason.replace("\0", " ").split())[:LONGEST_REASON]
    if not text:
        raise ReasonMissing
    return text


def _pair(kind: Kind, into_id: UUID, other_id: UUID) -> tuple[Any, Any]:
    """Return both rows, locked in the order of their ids: two who join the same pair either way wait for each other."""
    kinds = {into_id: kind_of_link(kind) or kind, other_id: kind}
    rows = {id_: row_of(kinds[id_], id_) for id_ in sorted(kinds)}
    return rows[into_id], rows[other_id]


def _is_frozen(node: Node, kind: Kind, id_: UUID) -> bool:
    plug = plug_of(kind.name)
    return plug.get is not None and plug.frozen(plug.get(node, id_))


def _count_later(row: Join) -> int:
    """Return how many joins that stand were made since and changed a row that this one changed."""
    rows = {(change["model"], change["key"]) for change in row.changes}
    later = Join.objects.filter(joined_at__gte=row.joined_at, split=None).exclude(id=row.id).filter(id__gt=row.id)
    return sum(
        row.kept_id == other.joined_id or not rows.isdisjoint((one["model"], one["key"]) for one in other.changes)
        for other in later
    )


def _facts_of(changes: Iterable[Any]) -> set[tuple[str, UUID]]:
    """Return which facts the changed rows are, or belong to."""
    owners = {kind.model: kind for kind in load_kinds() if kind.model}
    found: set[tuple[str, UUID]] = set()
    for change in changes:
        kind = owners.get(change["model"])
        if kind is not None:
            found.add((kind.name, UUID(change["key"])))
        found |= _facts_named(change)
    return found


def _facts_named(change: Any) -> set[tuple[str, UUID]]:  # noqa: ANN401 - a change as JSON
    """Return the facts that a row named before or after a change, in columns that are called as their kinds."""
    values = {**(change["before"] or {}), **(change["after"] or {})}
    links = ((name, value) for name, value in values.items() if isinstance(value, str) and load_kinds().find(name))
    return {(name, UUID(value)) for name, value in links if len(value) == len(str(UUID(int=0)))}


def _renew(facts: set[tuple[str, UUID]], kind: Kind, kept: UUID) -> None:
    """Make all that was changed findable by what it is called now."""
    for name, fact_id in sorted({*facts, (kind.name, kept)}):
        if (renew := plug_of(name).renew) is not None:
            renew(fact_id)


def tell_apart(node: Node, *, actor: Actor, kind: str, one_id: UUID, other_id: UUID, reason: str) -> None:
    """Say that two facts that look like one are two, so that nobody is asked again; joining them outweighs it.

    Raises `NoSuchKind`, `NoSuchFact`, `ReasonMissing`, `RoleMissing` (desk officer).
    """
    require_role(actor, Role.desk_officer)
    declared, text = require_joinable(kind), clean_reason(reason)
    with transaction(node):
        if kind_of_link(declared) is None:
            _pair(declared, one_id, other_id)
        else:
            _pair(declared, other_id, one_id)
        first, second = sorted((one_id, other_id))
        _row, new = ToldApart.objects.get_or_create(
            one_id=first,
            other_id=second,
            defaults={
                "id": new_uuid(node), "kind": kind, "reason": text, "told_by": actor.user_id,
                "told_at": node.clock.now(),
            },
        )  # fmt: skip
        if new:
            append_entry(
                node,
                kind="communiques.facts_told_apart",
                subject=first,
                content={"kind": kind, "other": str(second), "reason": text, "undone_by": "join"},
                actor=actor.user_id,
            )
