"""What every act on a request does: load under a lock, move the state on, note the event, journal it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, SamePerson, require_four_eyes, require_role
from entraide.directory.api import organisation_on_paper
from entraide.journal.api import append_entry, list_entries
from entraide.kernel.ids import RequestId, UserId, new_uuid
from entraide.kernel.node import Node
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.adapters.vocabulary import load_form
from entraide.requests.domain.clocks import derive_clocks, next_clock
from entraide.requests.domain.errors import NoSuchRequest, ReadChanged
from entraide.requests.domain.lifecycle import Act, Direction, State
from entraide.requests.domain.timeline import merge_delivery
from entraide.requests.models import Request, RequestEvent
from entraide.requests.selectors import direction_of, list_events, list_evidence_facts


def load_request(request_id: RequestId | UUID) -> Request:
    """Return the request, locked for this transaction; raises `NoSuchRequest`."""
    request = Request.objects.select_for_update().filter(id=request_id).first()
    if request is None:
        raise NoSuchRequest
    return request


def move_on(
    node: Node,
    request: Request,
    act: Act,
    *,
    actor: Actor | None = None,
    by: str = "",
    code: str = "",
    at: datetime | None = None,
    content: dict[str, Any] | None = None,
) -> None:
    """Apply `act` to `request`, save it, add the event (shown `by` the actor's post) and append the journal entry.

    `at` is when it happened where it happened, by default now. Raises `ActOutOfTurn`.
    """
    now = node.clock.now()
    request.state = load_lifecycle().derive_state(direction_of(node, request), State(request.state), act)
    request.changed_at = now
    note_event(node, request, act, at=at or now, by=by or (actor.post if actor else ""), code=code)
    derive_due_dates(node, request)
    request.save()
    journal(node, request, act, actor=actor, content=content)


def require_part(actor: Actor, direction: Direction, act: Act) -> None:
    """Raise `RoleMissing` unless `actor` has a role that may do `act` on this side of a request."""
    require_role(actor, *(Role(code) for code in sorted(load_lifecycle().who_may(direction, act))))


def require_other_eyes(node: Node, request: Request, actor: Actor, act: Act) -> None:
    """Raise `SamePerson` when `actor` wrote any part of what `act` approves: the last draft, or one before it.

    Who wrote is read from the journal, because a colleague who saves the form once would else make the first author
    an approver of their own words.
    """
    if request.drafter_id is not None:
        require_four_eyes(UserId(request.drafter_id), actor)
    for wrote in load_lifecycle().other_eyes(direction_of(node, request), act):
        if list_entries(node, kind=f"requests.{wrote.value}", subject=request.id, actor=actor.user_id, limit=1):
            raise SamePerson


def require_unchanged(reference: str, moment: datetime, based_on: datetime | None) -> None:
    """Raise `ReadChanged` when what was read at `based_on` was changed at another `moment`; None compares nothing."""
    if based_on is not None and based_on != moment:
        raise ReadChanged(reference=reference)


def require_turn(node: Node, request: Request, act: Act) -> None:
    """Raise `ActOutOfTurn` unless the state of `request` allows `act`."""
    load_lifecycle().derive_state(direction_of(node, request), State(request.state), act)


def note_event(node: Node, request: Request, act: Act, *, at: datetime, by: str = "", code: str = "") -> None:
    """Add an event to the request's history without moving its state."""
    RequestEvent.objects.create(id=new_uuid(node), request=request, kind=act.value, at=at, by=by[:200], code=code[:60])


def journal(
    node: Node, request: Request, act: Act, *, actor: Actor | None = None, content: dict[str, Any] | None = None
) -> None:
    """Append the entry of an act to the node's own log: ids, codes and digests, never what the request says."""
    append_entry(
        node,
        kind=f"requests.{act.value}",
        subject=request.id,
        content={"reference": request.reference, "state": request.state, **_reach(node, request), **(content or {})},
        actor=actor.user_id if actor else None,
    )


def _reach(node: Node, request: Request) -> dict[str, Any]:
    """What an entry says of the way to a party on paper; of one with a node the channel's own entries say it."""
    own, sides = node.settings.name, (request.requesting, request.requested)
    on_paper = [side for side in sides if organisation_on_paper(own, side)]
    return {"reach": "paper", "party": on_paper[0]} if on_paper else {}


def journal_check(node: Node, request: Request, *, actor: Actor) -> None:
    """Append the entry of a check: the rules and facts that it rests on by their digests, and its outcome."""
    append_entry(
        node,
        kind="requests.checked",
        subject=request.id,
        content={
            "reference": request.reference,
            "outcome": request.outcome,
            "rules": request.rules_digest,
            "facts": request.facts_digest,
        },
        actor=actor.user_id,
    )


def derive_due_dates(node: Node, request: Request) -> None:
    """Set the columns that lists sort by from the events and the form's clocks."""
    form = load_form(node, request.form_id)
    # Late receipt by a partner that was away is not the partner's delay: the evidence tells when it was stored there.
    events = merge_delivery(direction_of(node, request), list_events(node, request), list_evidence_facts(node, request))
    clocks = derive_clocks(
        form, events, request.changed_at, urgent=request.urgent, preserved_until=request.preserved_until
    )
    execution = next((clock for clock in clocks if clock.name == "execution"), None)
    pressing = None if State(request.state) in load_lifecycle().ends else next_clock(clocks)
    request.started_at = execution.started if execution else None
    request.answer_due_at = execution.due if execution else None
    request.answered_at = execution.met_at if execution else None
    request.next_due_at = pressing.due if pressing else None
