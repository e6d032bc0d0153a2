"""Counts of answers for the programme: requests answered in time either way, late, and open; never persons.

What counts is that an answer came in time, not that somebody was handed over: a quota of arrests would do harm.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from entraide.kernel.ids import PartyId
from entraide.requests.domain.clocks import Clock, ClockState


@dataclass(frozen=True, slots=True)
class Pair:
    """Who asks whom: the ids of the requesting and of the requested party."""

    requesting: PartyId
    requested: PartyId


@dataclass(frozen=True, slots=True)
class AnsweredCounts:
    """How many requests were answered in time, answered late, and are open (`overdue` of those past their time).

    `one_sided` of them are in this node's journal alone: no evidence says that the other party has them, or that party
    is on paper.
    """

    in_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0
    one_sided: int = 0

    @property
    def total(self) -> int:
        """All requests counted."""
        return self.in_time + self.late + self.open


@dataclass(frozen=True, slots=True)
class CountedRequest:
    """What counting sees of a request: its answer's due moment and, when answered, the moment of the answer."""

    due: datetime
    answered_at: datetime | None


def count_answered(requests: Iterable[CountedRequest], at: datetime) -> AnsweredCounts:
    """Return the counts at the moment `at`; refused and executed requests count alike."""
    in_time = late = still_open = overdue = 0
    for request in requests:
        if request.answered_at is None:
            still_open += 1
            overdue += at > request.due
        elif request.answered_at <= request.due:
            in_time += 1
        else:
            late += 1
    return AnsweredCounts(in_time, late, still_open, overdue)


def counted_by_clock(clocks: Iterable[Clock]) -> CountedRequest | None:
    """Return what the execution clock says of a request, or None when it has no such clock (draft, withdrawn)."""
    clock = next((clock for clock in clocks if clock.name == "execution"), None)
    if clock is None:
        return None
    return CountedRequest(clock.due, clock.met_at if clock.state is ClockState.MET else None)
