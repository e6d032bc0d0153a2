"""A request to a party on paper: how a paper went and came, and what this node seals of an answer that it holds.

It is one-sided: no key of that party stands under it, only the seal of the node whose people hold the paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from entraide.kernel.codecs import Text
from entraide.kernel.errors import BadInput, Conflict
from entraide.kernel.text import N_
from entraide.kernel.wire import Document
from entraide.requests.domain.clocks import Event
from entraide.requests.domain.statements import Digest, FormNamed, PartyNamed, Post, Reference

PAPER_LABEL: Final = "entraide/request-on-paper/v1"
Day = Annotated[str, Text(10, pattern=r"\d{4}-\d\d-\d\d", ascii=True)]


class Means(StrEnum):
    """How a paper travelled."""

    BY_HAND = "by_hand"
    COURIER = "courier"
    POST = "post"
    DIPLOMATIC = "diplomatic_channel"


MEANS_NAMES: Final[Mapping[Means, str]] = {
    Means.BY_HAND: N_("Handed over"),
    Means.COURIER: N_("By courier"),
    Means.POST: N_("By post"),
    Means.DIPLOMATIC: N_("Through the diplomatic channel"),
}
"""What people call each way: English message ids."""


class NotOnPaper(Conflict):
    """The other party has a node, or the act is this node's own."""

    code = "requests.not_on_paper"
    message = N_("Only what a party on paper did is recorded by hand.")
    remedy = N_("A party with a node acts there; what it does arrives as a message.")


class PaperDayOutOfRange(BadInput):
    """The day on the paper cannot be."""

    code = "requests.paper_day_out_of_range"
    message = N_("The day on the paper, {day}, is before the release of the request or after today.")
    remedy = N_("Look at the paper again, and give its day.")


class PaperPostMissing(BadInput):
    """Nobody is said to have acted for the party on paper."""

    code = "requests.paper_post_missing"
    message = N_("The post of who acted for the party on paper is missing.")
    remedy = N_("Give the post that stands on the paper, never a name.")


@dataclass(frozen=True, slots=True)
class PaperStatement(Document):
    """What a node seals of an answer on paper: its content by digest, who signed it, how it came, who recorded it."""

    constants = {"statement": PAPER_LABEL}

    request: Annotated[UUID, "the request"]
    reference: Annotated[Reference, "its reference"]
    form: Annotated[FormNamed, "the questions"]
    content_digest: Annotated[Digest, "salted digest of the content"]
    requesting: Annotated[PartyNamed, "the party that asks"]
    requested: Annotated[PartyNamed, "the party on paper that answers"]
    outcome: Annotated[str, Text(20), "that of the content"]
    post: Annotated[Post, "of who signed, never a name"]
    signed_on: Annotated[Day, "the day on the paper"]
    means: Annotated[Means, "how it came"]
    scan: Annotated[str, Text(64, pattern="([0-9a-f]{64})?"), "SHA-256 of its scan, or empty"]
    recorded_by: Annotated[Post, "the post of who recorded it"]
    at: Annotated[datetime, "when it was recorded"]


def derive_moment(day: str, events: Sequence[Event], now: datetime) -> datetime:
    """Return the moment at which what a paper of `day` (ISO 8601) says counts as done.

    It is the beginning of that day in UTC, so that an answer of the last day is in time, and never before the release.
    Raises `PaperDayOutOfRange` for a day before the release or after `now`.
    """
    begin = datetime.combine(date.fromisoformat(day), time.min, UTC)
    released = min((event.at for event in events if event.kind == "released"), default=now)
    if not released.date() <= begin.date() <= now.date():
        raise PaperDayOutOfRange(day=day)
    return max(begin, released)
