"""What every act on a request does: decided on the case, saved once with its event, journaled."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from entraide.access.api import Actor, Role, SamePerson, require_four_eyes, require_role
from entraide.journal.api import append_entry
from entraide.kernel.ids import RequestId, new_uuid
from entraide.kernel.node import Node
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.domain.case import Case, CheckResult
from entraide.requests.domain.clocks import Event
from entraide.requests.domain.errors import ReadChanged
from entraide.requests.domain.lifecycle import Act, Direction
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.steps import decide_step, derive_due_dates
from entraide.requests.models import Request, RequestEvent


def move_on(
    node: Node,
    case: Case,
    act: Act,
    *,
    actor: Actor | None = None,
    by: str = "",
    code: str = "",
    at: datetime | None = None,
    entry: Mapping[str, Any] | None = None,
    columns: Mapping[str, Any] | None = None,
) -> Case:
    """Apply `act`: save the request with the `columns` that go with it, add the event, append the journal entry.

    The event is shown `by` the actor's post; `at` is when it happened where it happened, by default now. Returns the
    case after it. Raises `ActOutOfTurn`.
    """
    now, life = node.clock.now(), load_lifecycle()
    event = Event(act.value, at or now, (by or (actor.post if actor else ""))[:200], code[:60])
    after = decide_step(case, life, act, event, now)
    Request.objects.filter(id=case.id).update(
        state=after.state.value, changed_at=now, **asdict(derive_due_dates(after, life)), **(columns or {})
    )
    note_event(node, case.id, event)
    journal(node, after, act, actor=actor, entry=entry)
    return after


def require_part(actor: Actor, direction: Direction, act: Act, *, on_paper: bool = False) -> None:
    """Raise `RoleMissing` unless `actor` has a role that may do `act` on this side of a request.

    With the other party `on_paper` it is the role that records what that party did.
    """
    require_role(actor, *(Role(code) for code in sorted(load_lifecycle().who_may(direction, act, on_paper=on_paper))))


def require_other_eyes(case: Case, actor: Actor) -> None:
    """Raise `SamePerson` when `actor` wrote any part of what is approved: the last draft, or one before it.

    Who wrote is read from the journal (`Case.writers`), because a colleague who saves the form once would else make
    the first author an approver of their own words.
    """
    if case.drafter is not None:
        require_four_eyes(case.drafter, actor)
    if actor.user_id in case.writers:
        raise SamePerson


def require_unchanged(reference: str, moment: datetime, based_on: datetime | None) -> None:
    """Raise `ReadChanged` when what was read at `based_on` was changed at another `moment`; None compares nothing."""
    if based_on is not None and based_on != moment:
        raise ReadChanged(reference=reference)


def note_event(node: Node, request_id: RequestId, event: Event) -> None:
    """Add an event to the request's history."""
    RequestEvent.objects.create(
        id=new_uuid(node), request_id=request_id, kind=event.kind, at=event.at, by=event.by, code=event.code
    )


def journal(
    node: Node, case: Case, act: Act, *, actor: Actor | None = None, entry: Mapping[str, Any] | None = None
) -> None:
    """Append the entry of an act to the node's own log: ids, codes and digests, never what the request says."""
    append_entry(
        node,
        kind=f"requests.{act.value}",
        subject=case.id,
        content={"reference": case.reference, "state": case.state.value, **name_reach(case.sides), **(entry or {})},
        actor=actor.user_id if actor else None,
    )


def name_reach(sides: Sides) -> dict[str, str]:
    """Return what an entry says of a party on paper; of one with a node the channel's own entries tell the way."""
    return {"reach": sides.reach.value, "party": sides.other.id} if sides.on_paper else {}


def journal_check(node: Node, case: Case, check: CheckResult, *, actor: Actor) -> None:
    """Append the entry of a check: the rules and facts that it rests on by their digests, and its outcome."""
    append_entry(
        node,
        kind="requests.checked",
        subject=case.id,
        content={"reference": case.reference, **name_digests(check)},
        actor=actor.user_id,
    )


def name_digests(check: CheckResult) -> dict[str, str]:
    """Return what an entry says of a check."""
    evaluation = check.evaluation
    return {
        "outcome": evaluation.decision.outcome.value,
        "rules": evaluation.rules_digest,
        "facts": evaluation.facts_digest,
    }
