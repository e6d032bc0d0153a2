"""Periodic duties of the delivery worker: what other parts of the program must do from time to time, whoever asks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from entraide.kernel.node import Node

HOURLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do every `interval`: `name` for the log, `perform` does it for a node and may be done twice."""

    name: str
    perform: Callable[[Node], object]
    interval: timedelta = HOURLY


def derive_due_duties(duties: Iterable[Duty], last: Mapping[str, datetime], *, at: datetime) -> list[Duty]:
    """Return the duties that are due at `at`: never tried, tried an interval ago or more, or tried in the future.

    `last` tells when each duty, by name, was tried last; a clock that was set back must not stop a duty for long.
    """
    due = []
    for duty in duties:
        before = last.get(duty.name)
        if before is None or not timedelta() <= at - before < duty.interval:
            due.append(duty)
    return due
