"""Corrections of recorded facts: a person says that the register has something wrong, and why stands with the source.

What another source says differently is no correction; it is kept beside the fact (`contradictions`). Every correction
is journaled with what stood there before. What was signed on this node never changes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from entraide.access.api import Actor
from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId, SeriesId, TenureId, UserId
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.adapters.vocabulary import load_domains
from entraide.programme.domain.errors import (
    MeetingExists,
    NoSuchFact,
    OrdinalWithoutSeries,
    PlanExists,
    SignedIsImmutable,
)
from entraide.programme.domain.terms import (
    CommitmentStatus,
    InstrumentKind,
    Level,
    MechanismStatus,
    MeetingKind,
    PersonRole,
    SourceOfCommitment,
)
from entraide.programme.domain.words import fold_words
from entraide.programme.models import (
    Commitment,
    Instrument,
    InstrumentAction,
    Mechanism,
    Meeting,
    Series,
)
from entraide.programme.services.finding import (
    index_commitments,
    index_instruments,
    index_mechanisms,
    index_with_instrument,
)
from entraide.programme.services.listing import correct_lists, correct_lists_of
from entraide.programme.services.meetings import index_meeting
from entraide.programme.services.recording import (
    clean_texts,
    date_columns,
    record,
    require_code,
    require_registrar,
)
from entraide.storage.api import transaction

Row = TypeVar("Row", bound=Model)


def correct_mechanism(
    node: Node,
    *,
    actor: Actor,
    mechanism_id: MechanismId,
    names: Mapping[str, str] | None = None,
    level: Level | None = None,
    status: MechanismStatus | None = None,
) -> None:
    """Correct what is given of a mechanism; `names` are added to, or replace, those of their languages.

    Raises `NoSuchFact`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        row = lock_row(Mechanism, mechanism_id, "mechanism")
        changes: dict[str, Any] = {}
        if names:
            changes["names"] = {**row.names, **clean_texts(names, "name")}
        if level is not None:
            changes["level"] = level.value
        if status is not None:
            changes["status"] = status.value
        save_changes(node, by, row, "mechanism", changes)
        index_mechanisms([row])


def correct_series(node: Node, *, actor: Actor, series_id: SeriesId, names: Mapping[str, str]) -> None:
    """Correct or add names of a series; raises `NoSuchFact`, `TextMissing`, `RoleMissing`."""
    by = require_registrar(actor)
    with transaction(node):
        row = lock_row(Series, series_id, "series")
        given = clean_texts(names, "name")
        # Of a name that is given: in what order the database keeps the others, it decides itself.
        folded = fold_words(next(iter(given.values())))[:400]
        save_changes(node, by, row, "series", {"names": {**row.names, **given}, "folded_name": folded})


def correct_meeting(
    node: Node,
    *,
    actor: Actor,
    meeting_id: MeetingId,
    series_id: SeriesId | None = None,
    ordinal: int | None = None,
    level: Level | None = None,
    kind: MeetingKind | None = None,
    name: str | None = None,
    date: PartialDate | None = None,
    place: str | None = None,
) -> None:
    """Correct what is given of a meeting; lists follow its new date.

    Raises `NoSuchFact`, `OrdinalWithoutSeries`, `MeetingExists`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        row = lock_row(Meeting, meeting_id, "meeting")
        changes: dict[str, Any] = date_columns(date) if date is not None else {}
        if series_id is not None:
            if not Series.objects.filter(id=series_id, mechanism_id=row.mechanism_id).exists():
                raise NoSuchFact(kind="series", id=series_id)
            changes["series_id"] = series_id
        changes |= {
            field: value.value if isinstance(value, (Level, MeetingKind)) else value
            for field, value in (("ordinal", ordinal), ("level", level), ("kind", kind))
            if value is not None
        }
        changes |= {"name": name[:500]} if name is not None else {}
        changes |= {"place": place[:200]} if place is not None else {}
        _require_free(row, changes)
        save_changes(node, by, row, "meeting", changes)
        index_meeting(row)
        if date is not None:
            correct_lists_of(meeting_id=row.id)


def correct_person(
    node: Node,
    *,
    actor: Actor,
    meeting_id: MeetingId,
    position: int,
    role: PersonRole | None = None,
    post: str | None = None,
    state: str | None = None,
    tenure_id: TenureId | None = None,
) -> None:
    """Correct what is given of the person at `position` (from 0) of a meeting; raises `NoSuchFact`, `RoleMissing`."""
    by = require_registrar(actor)
    with transaction(node):
        meeting = lock_row(Meeting, meeting_id, "meeting")
        row = meeting.people.filter(position=position).first()
        if row is None:
            raise NoSuchFact(kind="person", id=f"{meeting_id}/{position}")
        given = {
            "role": role.value if role else None,
            "post": post[:400] if post is not None else None,
            "state": state,
            "tenure_id": tenure_id,
        }
        save_changes(node, by, row, "person", {field: value for field, value in given.items() if value is not None})
        index_meeting(meeting)


def correct_instrument(
    node: Node,
    *,
    actor: Actor,
    instrument_id: InstrumentId,
    kind: InstrumentKind | None = None,
    titles: Mapping[str, str] | None = None,
    period: str | None = None,
    meeting_id: MeetingId | None = None,
    languages: Sequence[str] | None = None,
) -> None:
    """Correct what is given of an instrument that was not signed on this node.

    Raises `NoSuchFact`, `SignedIsImmutable`, `PlanExists`, `TextMissing`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        row = lock_row(Instrument, instrument_id, "instrument")
        if row.plan_id is not None:
            raise SignedIsImmutable
        changes: dict[str, Any] = {}
        if titles:
            changes["titles"] = {**row.titles, **clean_texts(titles, "title")}
        if period is not None:
            PartialDate(period)
            changes["period"] = period
        changes |= {
            field: value
            for field, value in (
                ("kind", kind.value if kind else None),
                ("meeting_id", meeting_id),
                ("languages", list(languages) if languages is not None else None),
            )
            if value is not None
        }
        _require_one_plan(row, changes)
        save_changes(node, by, row, "instrument", changes)
        index_instruments([row])
        if "period" in changes or "kind" in changes:
            correct_lists_of(instrument_id=row.id)
        index_with_instrument(row.id)


def complete_action(
    node: Node,
    *,
    actor: Actor,
    action_id: UUID,
    date: PartialDate | None = None,
    meeting_id: MeetingId | None = None,
) -> None:
    """Add the date or the meeting that an action of the log has not; one that it has stays as it is.

    Raises `NoSuchFact`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        row = lock_row(InstrumentAction, action_id, "action")
        changes: dict[str, Any] = date_columns(date) if date is not None and not row.date else {}
        if meeting_id is not None and row.meeting_id is None:
            changes["meeting_id"] = meeting_id
        save_changes(node, by, row, "action", changes)
        instrument = row.instrument
        if row.sort_date is not None and (row.kind == "signed" or instrument.sort_date is None):
            instrument.sort_date = row.sort_date
            instrument.save(update_fields=["sort_date"])
            correct_lists_of(instrument_id=instrument.id)
            index_with_instrument(instrument.id)
        index_instruments([instrument])


def correct_commitment(
    node: Node,
    *,
    actor: Actor,
    commitment_id: CommitmentId,
    domain: str | None = None,
    status: CommitmentStatus | None = None,
    texts: Mapping[str, str] | None = None,
    period: str | None = None,
    instrument_id: InstrumentId | None = None,
    meeting_id: MeetingId | None = None,
    lead_units: Mapping[str, str] | None = None,
) -> None:
    """Correct what is given of a commitment that does not stand in a text signed on this node; lists and counts follow.

    Raises `NoSuchFact`, `SignedIsImmutable`, `UnknownCode`, `TextMissing`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        row = lock_row(Commitment, commitment_id, "commitment")
        if row.source == SourceOfCommitment.SIGNED_TEXT.value or row.clause_id is not None:
            raise SignedIsImmutable
        if domain is not None:
            require_code(domain, list(load_domains().codes), "domain of cooperation")
        if period is not None:
            PartialDate(period)
        given = {
            "domain": domain,
            "status": status.value if status else None,
            "texts": {**row.texts, **clean_texts(texts, "commitment")} if texts else None,
            "period": period,
            "instrument_id": instrument_id,
            "meeting_id": meeting_id,
            "lead_units": {**row.lead_units, **lead_units} if lead_units else None,
        }
        save_changes(node, by, row, "commitment", {field: value for field, value in given.items() if value is not None})
        correct_lists([row])
        index_commitments([row])


def lock_row(model: type[Row], id_: UUID, kind: str) -> Row:
    """Return the row of an id, locked until the running transaction ends; raises `NoSuchFact`."""
    row = model._default_manager.select_for_update().filter(pk=id_).first()  # noqa: SLF001 - the manager of any model
    if row is None:
        raise NoSuchFact(kind=kind, id=id_)
    return row


def save_changes(node: Node, by: UserId | None, row: Model, kind: str, changes: Mapping[str, Any]) -> None:
    """Save what differs and journal it with what stood there before; nothing when nothing differs."""
    before = {field: getattr(row, field) for field in changes}
    changed = {field: value for field, value in changes.items() if before[field] != value}
    if not changed:
        return
    for field, value in changed.items():
        setattr(row, field, value)
    row.save(update_fields=list(changed))
    shown = {field: [_plain(before[field]), _plain(value)] for field, value in changed.items()}
    record(node, f"{kind}_corrected", row.pk, by, changes=shown)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a column's value as JSON
    return value if isinstance(value, dict | list | int | str) or value is None else str(value)


def _require_free(row: Meeting, changes: Mapping[str, Any]) -> None:
    series, ordinal = changes.get("series_id", row.series_id), changes.get("ordinal", row.ordinal)
    if ordinal is None:
        return
    if series is None:
        raise OrdinalWithoutSeries(ordinal=ordinal)
    if Meeting.objects.filter(series_id=series, ordinal=ordinal).exclude(id=row.id).exists():
        raise MeetingExists(ordinal=ordinal)


def _require_one_plan(row: Instrument, changes: Mapping[str, Any]) -> None:
    kind, period = changes.get("kind", row.kind), changes.get("period", row.period)
    same = Instrument.objects.filter(mechanism_id=row.mechanism_id, kind=InstrumentKind.PLAN.value, period=period)
    if kind == InstrumentKind.PLAN.value and period and same.exclude(id=row.id).exists():
        raise PlanExists(period=period)
