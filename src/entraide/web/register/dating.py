"""Since when the register has a fact, and when it last changed there: for citations, catalogues and search engines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from entraide.journal.api import list_last_changes
from entraide.kernel.ids import time_of
from entraide.kernel.node import Node


@dataclass(frozen=True, slots=True)
class Recorded:
    """When a fact was recorded, which its id tells, and when an act last changed it."""

    since: datetime
    changed: datetime


def list_recorded(node: Node, ids: Iterable[UUID]) -> dict[UUID, Recorded]:
    """Return when these facts were recorded and last changed."""
    wanted = list(ids)
    changes = list_last_changes(node, wanted)
    return {
        item: Recorded(since, max(since, changes[item].astimezone(UTC)) if item in changes else since)
        for item in wanted
        for since in (time_of(item),)
    }
