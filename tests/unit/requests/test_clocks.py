"""The clocks: acknowledgement, decision, execution, preservation; the same on both sides."""

from datetime import UTC, date, datetime, timedelta

import pytest

from entraide.requests.domain.clocks import ClockState, Event, derive_clocks, next_clock
from entraide.requests.domain.counting import AnsweredCounts, CountedRequest, count_answered, counted_by_clock
from entraide.requests.domain.lifecycle import Direction
from entraide.requests.domain.timeline import EvidenceFacts, ItemKind, derive_timeline, merge_delivery
from tests.factories.forms import released_form

T0 = datetime(2025, 1, 12, 12, tzinfo=UTC)
RELEASED, RECEIVED = Event("released", T0 - timedelta(hours=1)), Event("received", T0)
EVIDENCE, PRESERVATION = released_form("evidence"), released_form("preservation")


def after(**span: float) -> datetime:
    return T0 + timedelta(**span)


STANDS: dict[str, tuple[list[Event], datetime, bool, dict[str, ClockState]]] = {
    "just received": (
        [RELEASED, RECEIVED],
        after(minutes=1),
        False,
        {"acknowledgement": ClockState.RUNNING, "decision": ClockState.RUNNING, "execution": ClockState.RUNNING},
    ),
    "a week without a word": (
        [RELEASED, RECEIVED],
        after(days=7, seconds=1),
        False,
        {"acknowledgement": ClockState.LATE, "decision": ClockState.RUNNING, "execution": ClockState.RUNNING},
    ),
    "urgent, a day without a word": (
        [RELEASED, RECEIVED],
        after(hours=25),
        True,
        {"acknowledgement": ClockState.LATE, "decision": ClockState.RUNNING, "execution": ClockState.RUNNING},
    ),
    "acknowledged": (
        [RELEASED, RECEIVED, Event("acknowledged", after(days=2))],
        after(days=29),
        False,
        {"acknowledgement": ClockState.MET, "decision": ClockState.RUNNING, "execution": ClockState.RUNNING},
    ),
    "acknowledged, no decision for 31 days": (
        [RELEASED, RECEIVED, Event("acknowledged", after(days=2))],
        after(days=31),
        False,
        {"acknowledgement": ClockState.MET, "decision": ClockState.LATE, "execution": ClockState.RUNNING},
    ),
    "execution decided, not done for 91 days": (
        [RELEASED, RECEIVED, Event("acknowledged", after(days=2)), Event("execution_started", after(days=5))],
        after(days=91),
        False,
        {"acknowledgement": ClockState.MET, "decision": ClockState.MET, "execution": ClockState.LATE},
    ),
    "refused at once": (
        [RELEASED, RECEIVED, Event("answered", after(days=1), code="refused")],
        after(days=2),
        False,
        {"acknowledgement": ClockState.MET, "decision": ClockState.MET, "execution": ClockState.MET},
    ),
    "postponed": (
        [RELEASED, RECEIVED, Event("acknowledged", after(days=1)), Event("postponed", after(days=3), code="postponed")],
        after(days=31),
        False,
        {"acknowledgement": ClockState.MET, "decision": ClockState.LATE, "execution": ClockState.RUNNING},
    ),
}


@pytest.mark.parametrize("case", STANDS)
def test_house_goals(case: str):
    """7 days to acknowledge (24 hours when urgent), 30 to decide, 90 to execute, from receipt."""
    events, at, urgent, expected = STANDS[case]
    clocks = derive_clocks(EVIDENCE, events, at, urgent=urgent)
    assert {clock.name: clock.state for clock in clocks} == expected


def test_a_draft_and_a_withdrawn_request_have_no_clock():
    """Nothing is promised before release and nothing is owed after a withdrawal."""
    assert derive_clocks(EVIDENCE, [Event("created", T0)], T0) == []
    assert derive_clocks(EVIDENCE, [RELEASED, RECEIVED, Event("withdrawn", after(days=1))], after(days=40)) == []


def test_until_delivery_the_clocks_run_from_release_and_then_from_receipt_on_both_sides():
    """The delivery evidence gives the sender the receiver's moment of receipt, so both see the same due date."""
    evidences = [EvidenceFacts("submission_accepted", RELEASED.at, "vn-mps"), EvidenceFacts("delivered", T0, "la-mops")]
    before = derive_clocks(EVIDENCE, [RELEASED], T0)
    sender = derive_clocks(EVIDENCE, merge_delivery(Direction.OUTGOING, [RELEASED], evidences), T0)
    receiver = derive_clocks(EVIDENCE, [RELEASED, RECEIVED], T0)
    assert before[0].due == RELEASED.at + timedelta(days=7)
    assert sender == receiver


def test_kept_late_is_met_and_was_late():
    """An acknowledgement on the tenth day stops the clock and stays late."""
    events = [RELEASED, RECEIVED, Event("acknowledged", after(days=10))]
    clock = derive_clocks(EVIDENCE, events, after(days=11))[0]
    assert (clock.state, clock.was_late, clock.left(after(days=11)).days) == (ClockState.MET, True, -4)


@pytest.mark.parametrize(
    ("until", "at", "state", "warning"),
    [
        (None, after(days=1), ClockState.RUNNING, None),
        (None, after(days=40), ClockState.RUNNING, 21),
        (None, after(days=54), ClockState.RUNNING, 7),
        (None, after(days=61, hours=1), ClockState.LATE, 7),
        (date(2025, 6, 30), after(days=61), ClockState.RUNNING, None),
        (date(2025, 2, 1), after(days=54), ClockState.RUNNING, 7),
    ],
)
def test_preservation_lasts_sixty_days_with_warnings(
    until: date | None, at: datetime, state: ClockState, warning: int | None
):
    """Preserved data ends 60 days after the answer or when promised later; warnings come at 21 and 7 days."""
    events = [RELEASED, RECEIVED, Event("answered", after(days=1), code="executed")]
    clock = derive_clocks(PRESERVATION, events, at, preserved_until=until)[-1]
    assert (clock.name, clock.state) == ("preservation", state)
    assert (clock.warning.days if clock.warning else None) == warning


def test_a_refused_preservation_preserves_nothing():
    """There is no preservation clock after a refusal."""
    events = [RELEASED, RECEIVED, Event("answered", after(days=1), code="refused")]
    assert [clock.name for clock in derive_clocks(PRESERVATION, events, after(days=2))][-1] == "execution"


def test_the_next_clock_is_the_earliest_that_is_not_met():
    """Lists sort by what presses most."""
    events = [RELEASED, RECEIVED, Event("acknowledged", after(days=1))]
    clock = next_clock(derive_clocks(EVIDENCE, events, after(days=2)))
    assert clock is not None
    assert clock.name == "decision"
    assert next_clock([]) is None


def test_timeline_tells_acts_evidences_and_what_is_due_in_order():
    """One line per act, signed evidence and running clock, by time."""
    evidences = [EvidenceFacts("delivered", T0, "la-mops")]
    clocks = derive_clocks(EVIDENCE, [RELEASED, RECEIVED], after(days=8))
    items = derive_timeline([RELEASED], evidences, clocks)
    assert [(item.kind, item.name) for item in items] == [
        (ItemKind.ACT, "released"),
        (ItemKind.EVIDENCE, "delivered"),
        (ItemKind.DUE, "acknowledgement"),
        (ItemKind.DUE, "decision"),
        (ItemKind.DUE, "execution"),
    ]
    assert items[1].signed
    assert items[2].late
    assert not items[3].late


def test_counts_are_the_same_for_granted_and_refused():
    """What counts is an answer in time, either way."""
    due = after(days=90)
    requests = [
        CountedRequest(due, after(days=1)),
        CountedRequest(due, after(days=89)),
        CountedRequest(due, after(days=91)),
        CountedRequest(due, None),
        CountedRequest(after(days=3), None),
    ]
    assert count_answered(requests, after(days=10)) == AnsweredCounts(in_time=2, late=1, open=2, overdue=1)


def test_refusal_counts_like_execution():
    """The execution clock of a refused request is met at the refusal."""
    for outcome in ("executed", "refused"):
        clocks = derive_clocks(
            EVIDENCE, [RELEASED, RECEIVED, Event("answered", after(days=1), code=outcome)], after(days=2)
        )
        assert counted_by_clock(clocks) == CountedRequest(after(days=90), after(days=1))
