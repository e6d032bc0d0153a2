"""The history of a fact: who did what to it, when and why, what stood there before, and whether it was undone since."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from entraide.communiques.domain.undoing import FactWithdrawn, Withdrawn
from entraide.journal.api import UNDONE, ActView, list_acts
from entraide.kernel.errors import EntraideError, NotFound
from entraide.kernel.node import Node
from entraide.storage.api import about_of, list_changes_by, list_changes_of
from entraide.storage.domain.traces import Change


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act on a fact with what it changed of it, in order; `others` are changes of other facts in the same act."""

    act: ActView
    changes: tuple[Change, ...]
    others: int


def list_past_acts(node: Node, fact_id: UUID) -> list[PastAct]:
    """Return the acts that touched a fact, the latest first, also those that were undone."""
    return _past(node, list_acts(node, fact=fact_id), str(fact_id))


def list_latest_acts(node: Node, *, limit: int) -> list[PastAct]:
    """Return the latest acts on the register with all that they changed."""
    return _past(node, list_acts(node, limit=limit), "")


def _past(node: Node, acts: Iterable[ActView], fact: str) -> list[PastAct]:
    found = list(acts)
    changes: dict[UUID, list[Change]] = {item.id: [] for item in found}
    for change in list_changes_by(node, changes):
        changes[change.act].append(change)
    past = []
    for item in found:
        own = [change for change in changes[item.id] if not fact or _about(change) == fact]
        past.append(PastAct(item, tuple(own), len(changes[item.id]) - len(own)))
    return past


def _about(change: Change) -> str:
    return about_of(change.place[0], change.after or change.before or {})


def withdrawal_of(node: Node, error: EntraideError) -> FactWithdrawn | None:
    """Return that what an error could not find was withdrawn, where that is why."""
    id_ = error.params.get("id")
    found = find_withdrawn(node, id_) if isinstance(error, NotFound) and isinstance(id_, UUID) else None
    return FactWithdrawn(day=found.at.date().isoformat(), reason=found.reason) if found else None


def find_withdrawn(node: Node, fact_id: UUID) -> Withdrawn | None:
    """Return when and why a fact was withdrawn; None where it stands, never did, or leads on to another one."""
    changes = list_changes_of(node, [fact_id])
    if not changes or changes[-1].after is not None:
        return None
    act = next(iter(list_acts(node, ids=[changes[-1].act])), None)
    if act is None or act.kind != UNDONE:
        return None
    return Withdrawn(changes[-1].place[0], fact_id, act.at, act.reason, act.id)
