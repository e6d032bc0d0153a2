"""A step in a request's life is decided on its case, without a database."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from entraide.directory.api import Party
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.domain.case import Case
from entraide.requests.domain.clocks import Event
from entraide.requests.domain.lifecycle import Act, ActOutOfTurn, Direction, State
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.steps import decide_step, derive_due_dates
from entraide.requests.domain.timeline import EvidenceFacts
from tests.factories.forms import released_form
from tests.factories.nodes import NOON

LIFE = load_lifecycle()
MPS, MOJ = Party("vn-mps", "VN", "vn-mps"), Party("vn-moj", "VN", "vn-moj")
PAPER = Party("vn-mps/00000000-0000-0000-0000-000000000007", "KH", "vn-mps")
RELEASED = Event("released", NOON, "Approver")
SIDES = {
    "we ask a ministry of our own State": (Sides(MPS, MOJ, "vn-mps"), Direction.OUTGOING, MOJ, False),
    "a ministry of our own State asks us": (Sides(MOJ, MPS, "vn-mps"), Direction.INCOMING, MOJ, False),
    "we ask on paper": (Sides(MPS, PAPER, "vn-mps"), Direction.OUTGOING, PAPER, True),
    "a party on paper asks us": (Sides(PAPER, MPS, "vn-mps"), Direction.INCOMING, PAPER, True),
}


@pytest.mark.parametrize("name", SIDES)
def test_the_direction_is_derived_from_the_parties(name: str):
    """Which side the own party is gives the direction; how the other one is reached says its id."""
    sides, direction, other, on_paper = SIDES[name]
    assert (sides.direction, sides.other, sides.on_paper) == (direction, other, on_paper)


def case_of(**changes: object) -> Case:
    case = Case(
        id=UUID(int=9),
        reference="VN-2025-000001",
        sides=Sides(MPS, MOJ, "vn-mps"),
        form=released_form("evidence"),
        state=State.RELEASED,
        thread_id=UUID(int=9),
        changed_at=NOON,
        events=(RELEASED,),
    )
    return replace(case, **changes)


def step(case: Case, act: Act, *, hours: int) -> Case:
    at = NOON + timedelta(hours=hours)
    return decide_step(case, LIFE, act, Event(act.value, at), at)


def test_a_step_adds_its_event_and_leaves_the_case_before_as_it_was():
    """What was decided is a new value."""
    before = case_of()
    after = step(before, Act.ACKNOWLEDGED, hours=1)
    assert (after.state, [event.kind for event in after.events]) == (State.ACKNOWLEDGED, ["released", "acknowledged"])
    assert after.changed_at == NOON + timedelta(hours=1)
    assert (before.state, before.events) == (State.RELEASED, (RELEASED,))


def test_an_act_out_of_turn_is_refused():
    """Nothing is answered before it was released."""
    with pytest.raises(ActOutOfTurn):
        step(case_of(state=State.DRAFT), Act.ANSWERED, hours=1)


def test_time_runs_from_the_moment_at_which_the_other_side_stored_it():
    """An evidence of delivery counts as the receipt, without an event of its own."""
    stored = NOON + timedelta(days=3)
    delivered = case_of(evidences=(EvidenceFacts("delivered", stored, "vn-moj"),))
    assert derive_due_dates(case_of(), LIFE).started_at == NOON
    assert derive_due_dates(delivered, LIFE).started_at == stored


def test_nothing_presses_once_a_request_has_ended():
    """A withdrawn request has no time limit left."""
    assert derive_due_dates(case_of(), LIFE).next_due_at is not None
    assert derive_due_dates(step(case_of(), Act.WITHDRAWN, hours=1), LIFE).next_due_at is None
