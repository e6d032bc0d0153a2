"""One timeline of a request: what people did, what the channel evidenced, and what is due next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from entraide.requests.domain.clocks import Clock, ClockState, Event
from entraide.requests.domain.lifecycle import Direction


class ItemKind(StrEnum):
    """Where an item of the timeline comes from."""

    ACT = "act"
    EVIDENCE = "evidence"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line: `name` is an act, an evidence kind or a clock; `signed` when a signed evidence stands behind it.

    `about` says for an evidence whether it is about the message with the request or with the answer.
    """

    at: datetime
    kind: ItemKind
    name: str
    by: str = ""
    code: str = ""
    signed: bool = False
    late: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """What the timeline needs of a channel evidence: kind, moment, the node or post that gave it, a code of refusal.

    `about` is the message that it is about: the request, or an answer.
    """

    kind: str
    at: datetime
    by: str
    code: str = ""
    about: str = "request"


DELIVERED, RELAY_ACCEPTED = "delivered", "relay_accepted"


def is_delivery(evidence: EvidenceFacts) -> bool:
    """Whether the evidence proves that the request itself reached the other side."""
    return evidence.kind == DELIVERED and evidence.about == "request"


def merge_delivery(direction: Direction, events: Sequence[Event], evidences: Iterable[EvidenceFacts]) -> list[Event]:
    """Return the events with the receipt that a signed delivery evidence proves.

    The moment is the one at which the partner stored it, as its evidence says, so that both sides' clocks agree.
    """
    merged = list(events)
    if direction is Direction.OUTGOING and not any(event.kind == "received" for event in events):
        merged += _receipt(list(evidences))
    return sorted(merged, key=lambda event: event.at)


def _receipt(evidences: Sequence[EvidenceFacts]) -> list[Event]:
    delivered = [item.at for item in evidences if is_delivery(item)]
    if not delivered:
        return []
    stored = [item.at for item in evidences if item.about == "request" and item.kind == RELAY_ACCEPTED]
    return [Event("received", min(stored or delivered))]


def derive_timeline(
    events: Iterable[Event], evidences: Iterable[EvidenceFacts], clocks: Iterable[Clock]
) -> list[TimelineItem]:
    """Return all items in the order of time; clocks that run come as items that are still due."""
    items = [TimelineItem(event.at, ItemKind.ACT, event.kind, event.by, event.code) for event in events]
    items += [
        TimelineItem(item.at, ItemKind.EVIDENCE, item.kind, item.by, item.code, signed=True, about=item.about)
        for item in evidences
    ]
    items += [
        TimelineItem(clock.due, ItemKind.DUE, clock.name, late=clock.state is ClockState.LATE)
        for clock in clocks
        if clock.state is not ClockState.MET
    ]
    order = {kind: index for index, kind in enumerate(ItemKind)}
    return sorted(items, key=lambda item: (item.at, order[item.kind]))
