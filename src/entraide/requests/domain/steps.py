"""A step in the life of a request, decided on its case: where it stands after an act, and what is due then."""

from dataclasses import dataclass, replace
from datetime import datetime

from entraide.requests.domain.case import Case
from entraide.requests.domain.clocks import Event, derive_clocks, next_clock
from entraide.requests.domain.lifecycle import Act, Lifecycle
from entraide.requests.domain.timeline import merge_delivery


@dataclass(frozen=True, slots=True)
class DueDates:
    """What lists sort by: when execution began, is due and was done, and what presses most."""

    started_at: datetime | None
    answer_due_at: datetime | None
    answered_at: datetime | None
    next_due_at: datetime | None


def require_turn(case: Case, life: Lifecycle, act: Act) -> None:
    """Raise `ActOutOfTurn` unless the state of the request allows `act`."""
    life.derive_state(case.direction, case.state, act)


def decide_step(case: Case, life: Lifecycle, act: Act, event: Event, now: datetime) -> Case:
    """Return the case after `act`, which is recorded as `event` at the moment `now`; raises `ActOutOfTurn`."""
    state = life.derive_state(case.direction, case.state, act)
    return replace(case, state=state, changed_at=now, events=(*case.events, event))


def derive_due_dates(case: Case, life: Lifecycle) -> DueDates:
    """Return what is due of a request as it stands now, from its events and its form's clocks."""
    # Late receipt by a partner that was away is not the partner's delay: the evidence tells when it was stored there.
    events = merge_delivery(case.direction, case.events, case.evidences)
    clocks = derive_clocks(case.form, events, case.changed_at, urgent=case.urgent, preserved_until=case.preserved_until)
    execution = next((clock for clock in clocks if clock.name == "execution"), None)
    pressing = None if case.state in life.ends else next_clock(clocks)
    return DueDates(
        started_at=execution.started if execution else None,
        answer_due_at=execution.due if execution else None,
        answered_at=execution.met_at if execution else None,
        next_due_at=pressing.due if pressing else None,
    )
