"""The life of a request as a pure state machine, seen by the side that asks and by the side that is asked.

The machine is data: `vocabulary/lifecycle.yaml` says which act leads where and who may do it, and
docs/using/lifecycle.md is drawn from it. Here are the names of states and acts, and what the data may say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from entraide.kernel.errors import Conflict
from entraide.kernel.text import N_


class Direction(StrEnum):
    """Which side of a request this node is."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class State(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    STOPPED = "stopped"
    AWAITING_APPROVAL = "awaiting_approval"
    RELEASED = "released"
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    IN_EXECUTION = "in_execution"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What moves a request on; also the kind of the event that records it."""

    CREATED = "created"
    EDITED = "edited"
    STOPPED = "stopped"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RELEASED = "released"
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    EXECUTION_STARTED = "execution_started"
    ANSWER_DRAFTED = "answer_drafted"
    POSTPONED = "postponed"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    FINDING_CLEARED = "finding_cleared"
    CLEARANCE_CONFIRMED = "clearance_confirmed"


STATE_NAMES: Final[Mapping[State, str]] = {
    State.DRAFT: N_("Draft"),
    State.STOPPED: N_("Stopped"),
    State.AWAITING_APPROVAL: N_("Awaiting approval"),
    State.RELEASED: N_("Released"),
    State.RECEIVED: N_("Received"),
    State.ACKNOWLEDGED: N_("Acknowledged"),
    State.IN_EXECUTION: N_("In execution"),
    State.ANSWERED: N_("Answered"),
    State.CLOSED: N_("Closed"),
    State.WITHDRAWN: N_("Withdrawn"),
}
"""What people call each state: English message ids."""

ACT_NAMES: Final[Mapping[Act, str]] = {
    Act.CREATED: N_("Draft opened"),
    Act.EDITED: N_("Draft changed"),
    Act.STOPPED: N_("Stopped by the check"),
    Act.SUBMITTED: N_("Submitted for approval"),
    Act.RETURNED: N_("Returned to the drafter"),
    Act.RELEASED: N_("Approved, signed and released"),
    Act.RECEIVED: N_("Received"),
    Act.ACKNOWLEDGED: N_("Acknowledged by a human"),
    Act.EXECUTION_STARTED: N_("Execution decided"),
    Act.ANSWER_DRAFTED: N_("Answer drafted"),
    Act.POSTPONED: N_("Execution postponed"),
    Act.ANSWERED: N_("Answered"),
    Act.CLOSED: N_("Closed"),
    Act.WITHDRAWN: N_("Withdrawn"),
    Act.FINDING_CLEARED: N_("Finding cleared by one person"),
    Act.CLEARANCE_CONFIRMED: N_("Clearance confirmed by a second person"),
}
"""What people call each act once it is done: English message ids."""


class ActOutOfTurn(Conflict):
    """The request is not in a state that allows the act."""

    code = "requests.act_out_of_turn"
    message = N_("The request is in the state “{state}”, which does not allow this.")
    remedy = N_("Open the request again: somebody may have moved it on meanwhile.")


PARTNER: Final = "partner"
"""Who does an act that a partner's message brings."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One act: who may do it (roles of this node, or the partner), from which states, and the state it leads to.

    Without `sources` it begins a request; without `target` the state stays. Nobody may do it who has done one of
    `other_eyes` on the same request. `on_paper` are the roles that record an act of the partner, and may do it at all,
    where the partner is a party on paper.
    """

    act: Act
    by: frozenset[str]
    sources: tuple[State, ...]
    target: State | None
    other_eyes: tuple[Act, ...] = ()
    on_paper: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The transitions of each side in the order of a request's life, and the states that nothing leads out of."""

    sides: Mapping[Direction, Mapping[Act, Transition]]
    ends: frozenset[State]

    def start(self, direction: Direction) -> State:
        """Return the state in which a request begins on this side."""
        return next(item.target for item in self.sides[direction].values() if item.target and not item.sources)

    def derive_state(self, direction: Direction, state: State, act: Act) -> State:
        """Return the state after `act`; raises `ActOutOfTurn` when the state does not allow it."""
        found = self.sides[direction].get(act)
        if found is None or state not in found.sources:
            raise ActOutOfTurn(state=STATE_NAMES[state], act=act.value)
        return found.target or state

    def list_acts(self, direction: Direction, state: State) -> tuple[Act, ...]:
        """Return the acts that `state` allows, in the order of a request's life."""
        return tuple(act for act, item in self.sides[direction].items() if state in item.sources)

    def who_may(self, direction: Direction, act: Act, *, on_paper: bool = False) -> frozenset[str]:
        """Return the roles that may do `act` on this side; none where it is the partner's.

        With a partner `on_paper` they record what it did.
        """
        found = self.sides[direction].get(act)
        if found is None:
            return frozenset()
        return found.on_paper if on_paper and PARTNER in found.by else found.by - {PARTNER}

    def is_partners(self, direction: Direction, act: Act) -> bool:
        """Whether `act` is the other party's on this side."""
        found = self.sides[direction].get(act)
        return found is not None and PARTNER in found.by

    def other_eyes(self, direction: Direction, act: Act) -> tuple[Act, ...]:
        """Return the acts whose authors may not do `act`."""
        return self.sides[direction][act].other_eyes


def parse_lifecycle(structure: Mapping[str, Any]) -> Lifecycle:
    """Return the machine that `structure` describes.

    Raises `KeyError` or `ValueError` for an unknown word, an act told twice, a side that begins not once, or an end
    that something leads out of: a defect of the vocabulary.
    """
    ends = frozenset(State(code) for code in structure["ends"])
    sides = {Direction(side): _parse_side(items) for side, items in structure["sides"].items()}
    for direction in Direction:
        transitions = sides[direction].values()
        if len([item for item in transitions if not item.sources]) != 1:
            raise ValueError(f"{direction.value}: a request begins with one act")
        if leaves := ends & {state for item in transitions for state in item.sources}:
            raise ValueError(f"{direction.value}: {sorted(leaves)} are ends, and something leads out of them")
    return Lifecycle(sides, ends)


def _parse_side(items: list[Mapping[str, Any]]) -> Mapping[Act, Transition]:
    found = [
        Transition(
            act=Act(item["act"]),
            by=frozenset(item["by"]),
            sources=tuple(State(code) for code in item.get("from", ())),
            target=State(item["to"]) if "to" in item else None,
            other_eyes=tuple(Act(code) for code in item.get("other_eyes", ())),
            on_paper=frozenset(item.get("on_paper", ())),
        )
        for item in items
    ]
    side = {item.act: item for item in found}
    if len(side) != len(found) or any(not item.sources and item.target is None for item in found):
        raise ValueError("an act is told twice, or leads from nowhere to nowhere")
    return side


def derive_shown_state(direction: Direction, state: State, delivered: bool) -> State:  # noqa: FBT001 - one plain fact
    """Return the state to show: a released request is shown as received once its delivery is evidenced."""
    if direction is Direction.OUTGOING and state is State.RELEASED and delivered:
        return State.RECEIVED
    return state
