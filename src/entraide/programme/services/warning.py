"""Warnings of the register: found by the checks over what stands now, and answered by a person."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from entraide.access.api import Actor
from entraide.directory.api import list_holders, list_posts_without_state
from entraide.journal.api import act
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.acts import WARNING_ANSWERED
from entraide.programme.domain.checks import (
    CHECKS,
    Check,
    HolderRow,
    MeetingRow,
    PlanRow,
    PostRow,
    RegisterRows,
    Warned,
    WordedRow,
    run_checks,
)
from entraide.programme.domain.dates import date_of
from entraide.programme.domain.errors import NoSuchWarning, WarningReasonMissing
from entraide.programme.models import (
    ActionSignatory,
    AnsweredWarning,
    Commitment,
    Instrument,
    InstrumentAction,
    Meeting,
    MeetingPerson,
)
from entraide.programme.services.recording import record, require_registrar

MOST_WORDED = 20_000
"""Commitments, the latest, whose sentences are compared; older ones were compared when they came."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said to a warning."""

    id: UUID
    warned: Warned
    reason: str
    at: datetime


def list_warnings(node: Node, *, kind: str | None = None, fact_id: UUID | None = None) -> list[Warned]:
    """Return the warnings that nobody has answered: all, or those about one fact of a kind."""
    with node.active():
        checks = [check for check in CHECKS if kind is None or kind in check.kinds]
        answered = set(AnsweredWarning.objects.values_list("key", flat=True))
        found = run_checks(_load(node, checks), node.clock.now().date(), checks)
        about = [item for item in found if fact_id is None or fact_id in {id_ for _kind, id_ in item.facts}]
        return [item for item in about if item.key not in answered]


def list_answers(node: Node) -> list[Answer]:
    """Return the warnings that were answered, the latest first."""
    with node.active():
        return [
            Answer(
                row.id,
                Warned(row.code, tuple((kind, UUID(id_)) for kind, id_ in row.facts), row.params),
                row.reason,
                row.answered_at,
            )
            for row in AnsweredWarning.objects.order_by("-answered_at", "-id")
        ]


def answer_warning(node: Node, *, actor: Actor, key: str, reason: str) -> UUID:
    """Say of a warning that it is so, and why; it stays quiet while it is about the same facts.

    Raises `NoSuchWarning`, `WarningReasonMissing`, `RoleMissing` (desk officer).
    """
    by = require_registrar(actor)
    text = " ".join(reason.replace("\0", " ").split())[:500]
    if not text:
        raise WarningReasonMissing
    warned = next((item for item in list_warnings(node) if item.key == key), None)
    if warned is None:
        raise NoSuchWarning
    with act(node, kind=WARNING_ANSWERED, by=by, subject=warned.facts[0][1], reason=text):
        row = AnsweredWarning.objects.create(
            id=new_uuid(node),
            key=key,
            code=warned.code,
            fact_id=warned.facts[0][1],
            facts=[[kind, str(id_)] for kind, id_ in warned.facts],
            params=dict(warned.params),
            reason=text,
            answered_at=node.clock.now(),
        )
        facts = [str(id_) for _kind, id_ in warned.facts]
        record(node, "warning_answered", row.fact_id, by, code=warned.code, facts=facts, reason=text)
        return row.id


def _load(node: Node, checks: Iterable[Check]) -> RegisterRows:
    needed = {name for check in checks for name in check.needs}
    return RegisterRows(**{name: load(node) for name, load in _LOADERS.items() if name in needed})


def _holders(node: Node) -> Sequence[HolderRow]:
    return [
        HolderRow(
            item.post_id, item.person_id, item.name, item.names, item.state, item.organisation_id,
            PartialDate(item.first_seen), PartialDate(item.last_seen), item.rank, item.portfolio, item.deputy,
        )
        for item in list_holders(node)
    ]  # fmt: skip


def _posts(node: Node) -> Sequence[PostRow]:
    found = [PostRow(("post", item.id), item.title, "", item.state) for item in list_posts_without_state(node)]
    people = MeetingPerson.objects.filter(state="").exclude(post="").order_by("id")
    found += [PostRow(("meeting", row.meeting_id), row.post, row.name, row.state) for row in people]
    signed = ActionSignatory.objects.filter(state="").exclude(post="").select_related("action").order_by("id")
    return [
        *found,
        *(PostRow(("instrument", row.action.instrument_id), row.post, row.name, row.state) for row in signed),
    ]


def _meetings(node: Node) -> Sequence[MeetingRow]:
    rows = Meeting.objects.filter(reported=True, sort_date__gt=node.clock.now().date())
    return [MeetingRow(row.id, date_of(row.date, row.date_basis), row.reported) for row in rows.order_by("id")]


def _plans(_node: Node) -> Sequence[PlanRow]:
    rows = list(Instrument.objects.filter(kind="plan").exclude(period="").select_related("meeting").order_by("id"))
    signed: dict[UUID, Any] = {
        item.instrument_id: date_of(item.date, item.date_basis)
        for item in InstrumentAction.objects.filter(instrument__in=rows, kind="signed")
    }
    return [
        PlanRow(row.id, row.period, tuple(row.titles.values()), signed.get(row.id) or _day_of(row.meeting))
        for row in rows
    ]


def _day_of(meeting: Meeting | None) -> PartialDate | None:
    return date_of(meeting.date, meeting.date_basis) if meeting else None


def _worded(_node: Node) -> Sequence[WordedRow]:
    columns = ("id", "instrument_id", "meeting_id", "domain", "texts")
    rows = Commitment.objects.order_by("-id").values_list(*columns)[:MOST_WORDED]
    return [WordedRow(id_, instrument or meeting, domain, texts) for id_, instrument, meeting, domain, texts in rows]


_LOADERS: Mapping[str, Callable[[Node], Sequence[Any]]] = {
    "holders": _holders,
    "posts": _posts,
    "meetings": _meetings,
    "plans": _plans,
    "worded": _worded,
}
"""How the rows that a check names are read."""
