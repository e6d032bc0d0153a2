"""The life of a request: what each side may do when, and laws that hold in every order of acts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.access.api import Role
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.domain.lifecycle import (
    ACT_NAMES,
    PARTNER,
    STATE_NAMES,
    Act,
    ActOutOfTurn,
    Direction,
    State,
    derive_shown_state,
    parse_lifecycle,
)
from tools.lifecycle import FILE, draw

LIFE = load_lifecycle()

OUT, IN = Direction.OUTGOING, Direction.INCOMING

STORIES: dict[str, tuple[Direction, list[Act], State]] = {
    "asked and answered": (
        OUT,
        [Act.SUBMITTED, Act.RELEASED, Act.ACKNOWLEDGED, Act.EXECUTION_STARTED, Act.ANSWERED, Act.CLOSED],
        State.CLOSED,
    ),
    "stopped, mended, released": (OUT, [Act.STOPPED, Act.EDITED, Act.SUBMITTED, Act.RELEASED], State.RELEASED),
    "returned by the approver": (OUT, [Act.SUBMITTED, Act.RETURNED], State.DRAFT),
    "cleared by two humans": (
        OUT,
        [Act.STOPPED, Act.FINDING_CLEARED, Act.CLEARANCE_CONFIRMED, Act.SUBMITTED],
        State.AWAITING_APPROVAL,
    ),
    "edited while it waits for approval": (OUT, [Act.SUBMITTED, Act.EDITED], State.DRAFT),
    "withdrawn after release": (OUT, [Act.SUBMITTED, Act.RELEASED, Act.WITHDRAWN], State.WITHDRAWN),
    "an answer overtakes the acknowledgement": (OUT, [Act.SUBMITTED, Act.RELEASED, Act.ANSWERED], State.ANSWERED),
    "handled by the other side": (
        IN,
        [Act.ACKNOWLEDGED, Act.EXECUTION_STARTED, Act.ANSWER_DRAFTED, Act.ANSWERED, Act.CLOSED],
        State.CLOSED,
    ),
    "postponed, then answered": (
        IN,
        [Act.ACKNOWLEDGED, Act.ANSWER_DRAFTED, Act.POSTPONED, Act.ANSWER_DRAFTED, Act.ANSWERED],
        State.ANSWERED,
    ),
}

WRONG: dict[str, tuple[Direction, State, Act]] = {
    "release of a draft": (OUT, State.DRAFT, Act.RELEASED),
    "release of a stopped request": (OUT, State.STOPPED, Act.RELEASED),
    "a second release": (OUT, State.RELEASED, Act.RELEASED),
    "an edit after release": (OUT, State.RELEASED, Act.EDITED),
    "a withdrawal after the answer": (OUT, State.ANSWERED, Act.WITHDRAWN),
    "an answer to a withdrawn request": (OUT, State.WITHDRAWN, Act.ANSWERED),
    "an answer before the acknowledgement": (IN, State.RECEIVED, Act.ANSWERED),
    "a second acknowledgement": (IN, State.ACKNOWLEDGED, Act.ACKNOWLEDGED),
    "a release of what was received": (IN, State.RECEIVED, Act.RELEASED),
}


@pytest.mark.parametrize("story", STORIES)
def test_a_story_ends_in_its_state(story: str):
    """Each side's ordinary stories lead where they should."""
    direction, acts, end = STORIES[story]
    state = LIFE.start(direction)
    for act in acts:
        state = LIFE.derive_state(direction, state, act)
    assert state is end


@pytest.mark.parametrize("case", WRONG)
def test_an_act_out_of_turn_is_refused(case: str):
    """What the state does not allow raises, with the state and the act in the error."""
    direction, state, act = WRONG[case]
    with pytest.raises(ActOutOfTurn) as error:
        LIFE.derive_state(direction, state, act)
    assert error.value.params == {"state": STATE_NAMES[state], "act": act.value}


@given(st.sampled_from(Direction), st.lists(st.sampled_from(Act), max_size=30))
def test_nothing_leads_out_of_an_end_and_nothing_released_returns_to_a_draft(direction: Direction, acts: list[Act]):
    """In any order of acts, an end stays an end, and what has left is never a draft again."""
    state, released = LIFE.start(direction), False
    for act in acts:
        try:
            after = LIFE.derive_state(direction, state, act)
        except ActOutOfTurn:
            assert act not in LIFE.list_acts(direction, state)
            continue
        assert act in LIFE.list_acts(direction, state)
        assert state not in LIFE.ends
        released = released or after is State.RELEASED
        if released:
            assert after not in (State.DRAFT, State.STOPPED, State.AWAITING_APPROVAL)
        state = after


def test_nothing_is_released_but_from_awaiting_approval():
    """There is one way out of the node, and it leads past an approver."""
    allowed = [state for state in State if Act.RELEASED in LIFE.list_acts(OUT, state)]
    assert allowed == [State.AWAITING_APPROVAL]


@pytest.mark.parametrize(("delivered", "shown"), [(False, State.RELEASED), (True, State.RECEIVED)])
def test_a_delivered_request_is_shown_as_received(delivered: bool, shown: State):  # noqa: FBT001
    """The sender sees a request as received once its delivery is evidenced."""
    assert derive_shown_state(OUT, State.RELEASED, delivered) is shown


def test_every_word_is_known():
    """Each act is somebody's: of a role that exists, or the partner's; names of states and acts are complete."""
    roles = {role for side in LIFE.sides.values() for item in side.values() for role in item.by}
    assert roles <= {*Role, PARTNER}
    assert set(STATE_NAMES) == set(State)
    assert set(ACT_NAMES) == set(Act)
    assert {state for side in LIFE.sides.values() for item in side.values() for state in item.sources} >= {
        *State
    } - LIFE.ends
    assert {act for side in LIFE.sides.values() for act in side} == set(Act)


def test_who_may_do_what():
    """Nobody does the partner's acts here; only an approver lets something leave, and not who wrote it."""
    assert LIFE.who_may(OUT, Act.ANSWERED) == frozenset()
    assert LIFE.who_may(OUT, Act.ANSWER_DRAFTED) == frozenset()
    assert LIFE.who_may(OUT, Act.RELEASED) == LIFE.who_may(IN, Act.ANSWERED) == {Role.approver}
    assert LIFE.other_eyes(OUT, Act.RELEASED) == (Act.CREATED, Act.EDITED)
    assert LIFE.other_eyes(IN, Act.ANSWERED) == (Act.ANSWER_DRAFTED,)


BEGIN = {"act": "created", "by": ["case_officer"], "to": "draft"}
DAMAGED: dict[str, tuple[list[dict[str, Any]], str]] = {
    "an unknown act": ([BEGIN, {"act": "forgotten", "by": [], "from": ["draft"]}], "forgotten"),
    "an unknown state": ([BEGIN, {"act": "closed", "by": [], "from": ["lost"]}], "lost"),
    "no beginning": ([{"act": "closed", "by": [], "from": ["draft"]}], "begins with one act"),
    "two beginnings": ([BEGIN, {"act": "received", "by": [], "to": "received"}], "begins with one act"),
    "an act told twice": ([BEGIN, BEGIN], "told twice"),
    "nowhere to nowhere": ([BEGIN, {"act": "closed", "by": []}], "from nowhere to nowhere"),
    "a way out of an end": ([BEGIN, {"act": "edited", "by": [], "from": ["closed"]}], "are ends"),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_lifecycle_is_an_error(case: str):
    """What cannot be the life of a request is not loaded."""
    items, said = DAMAGED[case]
    with pytest.raises(ValueError, match=said):
        parse_lifecycle({"ends": ["closed"], "sides": {"outgoing": items, "incoming": [BEGIN]}})


def test_the_drawing_is_current():
    """The documents show the life of a request as the services keep it."""
    assert FILE.read_text(encoding="utf-8") == draw(LIFE)
