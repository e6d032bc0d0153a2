"""What the desk asks and shows of identity: which facts may be one, and which were joined or told apart."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from entraide.communiques.domain.likeness import Likeness, reasons_of
from entraide.communiques.models import Join, Split, ToldApart
from entraide.communiques.services.likeness import find_all_likenesses
from entraide.kernel.node import Node
from entraide.programme.api import load_kinds
from entraide.programme.domain.kinds import Words

LATEST = 100


@dataclass(frozen=True, slots=True)
class SameQuestion:
    """Two facts of a kind that may be one, with the reasons; nothing follows until a person answers."""

    kind: str
    one: UUID
    other: UUID
    signs: tuple[str, ...]
    reasons: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class JoinView:
    """A join: which fact stands in which, why, by whom and when; `split_at` and `split_reason` once it was undone."""

    id: UUID
    kind: str
    kept_id: UUID
    joined_id: UUID
    reason: str
    joined_by: UUID
    joined_at: datetime
    split_at: datetime | None = None
    split_reason: str = ""


def list_same_questions(
    node: Node, *, kind: str | None = None, states: Collection[str] | None = None
) -> tuple[SameQuestion, ...]:
    """Return which facts may be one, those that a person told apart left out: of one kind, or beside some States."""
    with node.active():
        apart = [frozenset(pair) for pair in ToldApart.objects.values_list("one_id", "other_id")]
    found = find_all_likenesses(node, states=states, apart=apart)
    return tuple(_question(item) for item in found if kind is None or item.kind == kind)


def _question(item: Likeness) -> SameQuestion:
    return SameQuestion(item.kind, item.one, item.other, item.signs, reasons_of(load_kinds().get(item.kind), item))


def list_joins(node: Node, *, limit: int = LATEST, fact_id: UUID | None = None) -> tuple[JoinView, ...]:
    """Return the latest joins first, those that were undone too; of one fact that is kept, where `fact_id` is given."""
    with node.active():
        rows = Join.objects.select_related("split").order_by("-joined_at", "-id")
        if fact_id is not None:
            rows = rows.filter(kept_id=fact_id)
        return tuple(_join(row) for row in rows[:limit])


@dataclass(frozen=True, slots=True)
class JoinEvent:
    """A join, or that it was undone: `id` is that of the record of the act."""

    id: UUID
    at: datetime
    kind: str
    kept_id: UUID
    joined_id: UUID
    split: bool


def list_join_events(node: Node, *, since: UUID | None, before: UUID | None, limit: int) -> list[JoinEvent]:
    """Return joins and splits, the latest first, from the one with the id `since` on and before that of `before`."""
    with node.active():
        bounds = {name: value for name, value in (("id__gte", since), ("id__lt", before)) if value is not None}
        joins = Join.objects.filter(**bounds).order_by("-id")[:limit]
        splits = Split.objects.filter(**bounds).select_related("join").order_by("-id")[:limit]
        found = [JoinEvent(row.id, row.joined_at, row.kind, row.kept_id, row.joined_id, split=False) for row in joins]
        for row in splits:
            of = row.join
            found.append(JoinEvent(row.id, row.split_at, of.kind, of.kept_id, of.joined_id, split=True))
        return sorted(found, key=lambda item: item.id, reverse=True)[:limit]


def get_join(node: Node, join_id: UUID) -> JoinView | None:
    """Return one join, or None."""
    with node.active():
        row = Join.objects.select_related("split").filter(id=join_id).first()
        return _join(row) if row else None


def _join(row: Join) -> JoinView:
    split = getattr(row, "split", None)
    return JoinView(
        id=row.id,
        kind=row.kind,
        kept_id=row.kept_id,
        joined_id=row.joined_id,
        reason=row.reason,
        joined_by=row.joined_by,
        joined_at=row.joined_at,
        split_at=split.split_at if split else None,
        split_reason=split.reason if split else "",
    )
