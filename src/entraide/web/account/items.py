"""One thing on a desk, and what an area of the program gives to bring such things there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from entraide.access.api import Actor
from entraide.kernel.node import Node


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One thing that waits for the reader: what, where it is done, since or until when, and on whose side.

    `area` groups items under one heading, `side` names who must act (empty: this reader), `tone` is a badge's.
    `due` is an aware moment; `overdue` marks what is late without one.
    """

    area: str
    title: str
    href: str
    text: str = ""
    due: datetime | None = None
    side: str = ""
    badge: str = ""
    tone: str = "wait"
    overdue: bool = False

    def is_overdue(self, now: datetime) -> bool:
        """Return whether the item is late at `now`."""
        return self.overdue or (self.due is not None and self.due < now)


Contribution = Callable[[Node, Actor], Iterable[DeskItem]]
