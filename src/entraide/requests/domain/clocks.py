"""The clocks of a request: what was promised, when it is due, and whether it is kept.

House goals run from receipt (until a delivery is evidenced, from release): a human acknowledgement within 7 days,
urgent within 24 hours; decision within 30; execution within 90. Preserved data ends at least 60 days after the answer
(Budapest Convention, article 29(7)), with warnings at 21 and 7 days. Both sides derive the same clocks from the same
events.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from entraide.requests.domain.forms import ClockRule, Form, PreservationRule


class ClockState(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    MET = "met"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: `kind` is an `Act`, `at` aware in UTC, `by` a post or unit, never a person."""

    kind: str
    at: datetime
    by: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: `due` is aware in UTC; `warning` is the shortest warned time that less than is left of."""

    name: str
    started: datetime
    due: datetime
    state: ClockState
    met_at: datetime | None = None
    warning: timedelta | None = None

    @property
    def was_late(self) -> bool:
        """Whether the promise was broken: still late, or kept after it was due."""
        return self.state is ClockState.LATE or (self.met_at is not None and self.met_at > self.due)

    def left(self, at: datetime) -> timedelta:
        """Time left at `at`; negative when overdue."""
        return self.due - at


def derive_clocks(
    form: Form, events: Sequence[Event], at: datetime, *, urgent: bool = False, preserved_until: date | None = None
) -> list[Clock]:
    """Return the clocks of a request at the moment `at`; a draft and a withdrawn request have none.

    `preserved_until` is what the answer to a preservation request promised; without it the legal minimum counts.
    """
    start = _first(events, {"received"}) or _first(events, {"released"})
    if start is None or _first(events, {"withdrawn"}):
        return []
    clocks = [_clock(rule, events, start, at, urgent=urgent) for rule in form.clocks]
    return [*clocks, *_preservation(form, events, at, preserved_until)]


def next_clock(clocks: Sequence[Clock]) -> Clock | None:
    """Return the clock that presses most: the earliest due one that is not met."""
    return min(
        (clock for clock in clocks if clock.state is not ClockState.MET), key=lambda clock: clock.due, default=None
    )


def _clock(rule: ClockRule, events: Sequence[Event], start: datetime, at: datetime, *, urgent: bool) -> Clock:
    due = start + (rule.urgent if urgent else rule.within)
    met = _first(events, rule.met_by)
    if met is not None:
        return Clock(rule.id, start, due, ClockState.MET, met)
    return Clock(rule.id, start, due, ClockState.LATE if at > due else ClockState.RUNNING)


def _preservation(form: Form, events: Sequence[Event], at: datetime, until: date | None) -> Iterator[Clock]:
    rule = form.preservation
    executed = next((event.at for event in events if event.kind == "answered" and event.code in _PRESERVED), None)
    if rule is None or executed is None:
        return
    due = _preserved_until(executed, rule, until)
    if closed := _first(events, {"closed"}):
        yield Clock("preservation", executed, due, ClockState.MET, closed)
        return
    warning = min((limit for limit in rule.warnings if due - at <= limit), default=None)
    yield Clock("preservation", executed, due, ClockState.LATE if at > due else ClockState.RUNNING, warning=warning)


def _preserved_until(executed: datetime, rule: PreservationRule, until: date | None) -> datetime:
    """The promised day ends at midnight UTC; a promise below the legal minimum does not shorten it."""
    least = executed + rule.at_least
    if until is None:
        return least
    return max(least, datetime.combine(until, time.max, executed.tzinfo).replace(microsecond=0))


_PRESERVED = frozenset({"executed", "in_part"})


def _first(events: Sequence[Event], kinds: frozenset[str] | set[str]) -> datetime | None:
    return min((event.at for event in events if event.kind in kinds), default=None)
