"""The life of a request as a pure state machine, seen by the side that asks and by the side that is asked.

Outgoing: draft - stopped - awaiting approval - released - acknowledged - in execution - answered - closed, or
withdrawn.
Incoming: received - acknowledged - in execution - answered - closed, or withdrawn by the requesting side.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

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


class ActOutOfTurn(Conflict):
    """The request is not in a state that allows the act."""

    code = "requests.act_out_of_turn"
    message = N_("The request is in the state “{state}”, which does not allow this.")
    remedy = N_("Open the request again: somebody may have moved it on meanwhile.")


_WAITING: Final = (State.DRAFT, State.STOPPED, State.AWAITING_APPROVAL)
_UNDER_WAY: Final = (State.RELEASED, State.RECEIVED, State.ACKNOWLEDGED, State.IN_EXECUTION)

_OUTGOING: Final[Mapping[Act, tuple[tuple[State, ...], State | None]]] = {
    Act.EDITED: (_WAITING, State.DRAFT),
    Act.STOPPED: ((State.DRAFT, State.STOPPED, State.AWAITING_APPROVAL), State.STOPPED),
    Act.SUBMITTED: ((State.DRAFT, State.STOPPED), State.AWAITING_APPROVAL),
    Act.RETURNED: ((State.AWAITING_APPROVAL,), State.DRAFT),
    Act.FINDING_CLEARED: ((State.STOPPED, State.AWAITING_APPROVAL), None),
    Act.CLEARANCE_CONFIRMED: ((State.STOPPED, State.AWAITING_APPROVAL), None),
    Act.RELEASED: ((State.AWAITING_APPROVAL,), State.RELEASED),
    Act.ACKNOWLEDGED: ((State.RELEASED,), State.ACKNOWLEDGED),
    Act.EXECUTION_STARTED: ((State.RELEASED, State.ACKNOWLEDGED), State.IN_EXECUTION),
    Act.POSTPONED: (_UNDER_WAY, State.IN_EXECUTION),
    Act.ANSWERED: (_UNDER_WAY, State.ANSWERED),
    Act.CLOSED: ((State.ANSWERED,), State.CLOSED),
    Act.WITHDRAWN: ((*_WAITING, *_UNDER_WAY), State.WITHDRAWN),
}
_INCOMING: Final[Mapping[Act, tuple[tuple[State, ...], State | None]]] = {
    Act.ACKNOWLEDGED: ((State.RECEIVED,), State.ACKNOWLEDGED),
    Act.EXECUTION_STARTED: ((State.ACKNOWLEDGED,), State.IN_EXECUTION),
    Act.ANSWER_DRAFTED: ((State.ACKNOWLEDGED, State.IN_EXECUTION), None),
    Act.POSTPONED: ((State.ACKNOWLEDGED, State.IN_EXECUTION), State.IN_EXECUTION),
    Act.ANSWERED: ((State.ACKNOWLEDGED, State.IN_EXECUTION), State.ANSWERED),
    Act.CLOSED: ((State.ANSWERED,), State.CLOSED),
    Act.WITHDRAWN: ((State.RECEIVED, State.ACKNOWLEDGED, State.IN_EXECUTION), State.WITHDRAWN),
}
_MACHINES: Final = {Direction.OUTGOING: _OUTGOING, Direction.INCOMING: _INCOMING}
FINAL_STATES: Final = frozenset({State.CLOSED, State.WITHDRAWN})
STARTS: Final = {Direction.OUTGOING: State.DRAFT, Direction.INCOMING: State.RECEIVED}


def derive_state(direction: Direction, state: State, act: Act) -> State:
    """Return the state after `act`; raises `ActOutOfTurn` when the state does not allow it."""
    allowed = _MACHINES[direction].get(act)
    if allowed is None or state not in allowed[0]:
        raise ActOutOfTurn(state=STATE_NAMES[state], act=act.value)
    return allowed[1] or state


def list_acts(direction: Direction, state: State) -> tuple[Act, ...]:
    """Return the acts that `state` allows, in the order of a request's life."""
    return tuple(act for act, (states, _) in _MACHINES[direction].items() if state in states)


def derive_shown_state(direction: Direction, state: State, delivered: bool) -> State:  # noqa: FBT001 - one plain fact
    """Return the state to show: a released request is shown as received once its delivery is evidenced."""
    if direction is Direction.OUTGOING and state is State.RELEASED and delivered:
        return State.RECEIVED
    return state
