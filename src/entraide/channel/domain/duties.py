"""Periodic duties of the delivery worker: what other parts of the program must do from time to time, whoever asks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from entraide.kernel.node import Node
from entraide.storage.domain.leases import is_due

HOURLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do every `interval`: `name` for the log, `perform` does it for a node and may be done twice."""

    name: str
    perform: Callable[[Node], object]
    interval: timedelta = HOURLY

    @property
    def lease(self) -> str:
        """The name of the lease under which it is performed, by one process of the node at a time."""
        return f"duty {self.name}"


def derive_due_duties(duties: Iterable[Duty], last: Mapping[str, datetime], *, at: datetime) -> list[Duty]:
    """Return the duties that are due at `at`: never tried, or tried an interval or more from now.

    `last` tells when the lease of each duty, by name, was taken last; a clock that was set back must not stop a duty
    for long.
    """
    return [duty for duty in duties if is_due(last.get(duty.lease), duty.interval, at=at)]
