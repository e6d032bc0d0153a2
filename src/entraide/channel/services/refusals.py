"""Journaling what was refused at the peer door, without letting a stranger fill the journal."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

import structlog

from entraide.channel.services.partners import Partnership
from entraide.journal.api import append_entry
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.storage.api import transaction

log = structlog.get_logger(__name__)
NOBODY = UUID(int=0)
WINDOW = timedelta(minutes=1)
MOST_PER_WINDOW = 20


class RecentRefusals:
    """When this process journaled refusals last, by claimed sender."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._times: dict[str, deque[datetime]] = {}

    def take(self, claimed: str, *, at: datetime) -> bool:
        """Whether one more of `claimed` may be journaled at `at`; notes it if so."""
        with self._guard:
            times = self._times.setdefault(claimed, deque(maxlen=MOST_PER_WINDOW))
            if len(times) == MOST_PER_WINDOW and timedelta() <= at - times[0] < WINDOW:
                return False
            times.append(at)
            return True


def journal_refusal(node: Node, partnership: Partnership | None, error: EntraideError) -> None:
    """Append that something was refused and why; at most 20 times a minute for each claimed sender and process.

    The sender is only claimed: what was refused proves nothing about who sent it.
    """
    claimed = "" if partnership is None else partnership.partner.name
    log.warning("refused", code=error.code, claimed_sender=claimed)
    if not node.process.of(RecentRefusals).take(claimed, at=node.clock.now()):
        return
    with transaction(node):
        append_entry(
            node,
            kind="channel.refused",
            subject=NOBODY if partnership is None else partnership.partner.id,
            content={"code": error.code, "claimed_sender": claimed},
        )
