"""What reads return: frozen facts of a request, none of what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID

from entraide.access.api import Actor, Role
from entraide.kernel.ids import RequestId, UserId
from entraide.requests.domain.clocks import Clock
from entraide.requests.domain.lifecycle import Act, Direction, State, derive_shown_state
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.timeline import (
    TimelineItem,
)
from entraide.requests.models import Request


@dataclass(frozen=True, slots=True)
class RequestSummary:
    """One line of a list: nothing of what the request says."""

    id: RequestId
    sides: Sides
    reference: str
    form_id: str
    state: State
    urgent: bool
    domain: str
    created_at: datetime
    changed_at: datetime
    due_at: datetime | None
    overdue: bool

    @property
    def direction(self) -> Direction:
        """Which side this node is."""
        return self.sides.direction

    @classmethod
    def of(cls, row: Request, sides: Sides, now: datetime, *, delivered: bool = False) -> Self:
        """Return one line of a list; `delivered` tells that the delivery of a released request is evidenced."""
        return cls(
            id=RequestId(row.id),
            sides=sides,
            reference=row.reference,
            form_id=row.form_id,
            state=derive_shown_state(sides.direction, State(row.state), delivered),
            urgent=row.urgent,
            domain=row.domain,
            created_at=row.created_at,
            changed_at=row.changed_at,
            due_at=row.next_due_at,
            overdue=row.next_due_at is not None and row.next_due_at < now,
        )


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A part of a list with the number of all that match."""

    requests: tuple[RequestSummary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ClearanceSummary:
    """Who cleared a finding and who confirmed, by post."""

    cleared_by: str
    cleared_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    decision_reference: str


@dataclass(frozen=True, slots=True)
class FoundBySafeguard:
    """A finding of the last check, and its clearance on the same facts; `key` names it to a clearance."""

    key: str
    code: str
    rule_id: str
    outcome: str
    message: str
    params: Mapping[str, str]
    source: str
    source_status: str
    clearable: str
    missing: bool
    by_policy: bool
    lifted_by: str
    clearance: ClearanceSummary | None


@dataclass(frozen=True, slots=True)
class AnswerSummary:
    """An answer without its content: `state` is draft, approved (sent from here) or received."""

    id: UUID
    state: str
    outcome: str
    drafter_id: UserId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """All that a page shows of a request before its content is opened; `may_act` are the roles for each of `acts`."""

    summary: RequestSummary
    form_version: int
    form_digest: str
    drafter_id: UserId | None
    partner_reference: str
    acts: tuple[Act, ...]
    may_act: Mapping[Act, frozenset[str]]
    clocks: tuple[Clock, ...]
    timeline: tuple[TimelineItem, ...]
    findings: tuple[FoundBySafeguard, ...]
    answers: tuple[AnswerSummary, ...]
    checked_on: date | None
    outcome: str
    facts_digest: str
    expires_on: date | None
    preserved_until: date | None
    erased_at: datetime | None

    def may(self, actor: Actor, act: Act) -> bool:
        """Whether the state allows `act` and `actor` has a role for it; who wrote a part may still be excluded."""
        return actor.has_role(*(Role(code) for code in self.may_act.get(act, ())))

    @property
    def draft_answer(self) -> AnswerSummary | None:
        """The answer that waits for approval."""
        return next((answer for answer in self.answers if answer.state == "draft"), None)


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that needs a person: `what` is a code of an act; `due` may be None (a draft waits for its drafter)."""

    request: RequestSummary
    what: str
    due: datetime | None
    overdue: bool
