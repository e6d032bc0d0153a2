"""Reads of commitments with the counts and grades that speak for them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId
from entraide.kernel.node import Node
from entraide.programme.domain.errors import NoSuchFact
from entraide.programme.domain.terms import AssessmentMethod, CommitmentStatus, Grade, SourceOfCommitment
from entraide.programme.models import Assessment, Commitment, MechanismParty, ProgressReport
from entraide.programme.selectors.views import AssessmentView, CommitmentView, ProgressView

LOOKED_AT = 1000
"""Latest counts and grades among which those of some mechanisms are looked for."""


def list_commitments(
    node: Node,
    *,
    mechanism_id: MechanismId | None = None,
    instrument_id: InstrumentId | None = None,
    meeting_id: MeetingId | None = None,
    domain: str | None = None,
    period: str | None = None,
    status: CommitmentStatus | None = None,
    ids: Iterable[UUID] | None = None,
    offset: int = 0,
    limit: int = 200,
) -> tuple[CommitmentView, ...]:
    """Return commitments, latest period first, then as recorded, filtered by any of these facts."""
    with node.active():
        rows = _rows().order_by("-period", "created_at", "position", "id")
        wanted = {
            "mechanism_id": mechanism_id,
            "instrument_id": instrument_id,
            "meeting_id": meeting_id,
            "domain": domain,
            "period": period,
            "status": status.value if status else None,
        }
        rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
        if ids is not None:
            rows = rows.filter(id__in=list(ids))
        return tuple(_view(row) for row in rows[offset : offset + limit])


def list_followed_commitments(node: Node, *, state: str = "", limit: int = 12) -> tuple[CommitmentView, ...]:
    """Return commitments that somebody counted or graded, the latest first; with `state` only of its mechanisms.

    Of the register's latest counts and grades so many are looked at, never all commitments of these mechanisms.
    """
    with node.active():
        own = set(MechanismParty.objects.filter(state=state).values_list("mechanism_id", flat=True)) if state else None
        found: list[UUID] = []
        for rows in (Assessment.objects, ProgressReport.objects):
            latest = rows.order_by("-id").values_list("commitment_id", "commitment__mechanism_id")[:LOOKED_AT]
            found += [id_ for id_, mechanism in latest if own is None or mechanism in own][: 4 * limit]
        ids = list(dict.fromkeys(found))[:limit]
        place = {id_: number for number, id_ in enumerate(ids)}
        views = list_commitments(node, ids=ids) if ids else ()
        return tuple(sorted(views, key=lambda item: place[item.id]))


def get_commitment(node: Node, commitment_id: CommitmentId) -> CommitmentView:
    """Return one commitment with all its counts and assessments; raises `NoSuchFact`."""
    with node.active():
        row = _rows().filter(id=commitment_id).first()
        if row is None:
            raise NoSuchFact(kind="commitment", id=commitment_id)
        return _view(row)


def _rows() -> QuerySet[Commitment]:
    return Commitment.objects.prefetch_related(
        Prefetch("progress", ProgressReport.objects.order_by("created_at", "id")),
        Prefetch("assessments", Assessment.objects.order_by("created_at", "id")),
    )


def _view(row: Commitment) -> CommitmentView:
    return CommitmentView(
        id=CommitmentId(row.id),
        mechanism_id=MechanismId(row.mechanism_id),
        instrument_id=InstrumentId(row.instrument_id) if row.instrument_id else None,
        meeting_id=MeetingId(row.meeting_id) if row.meeting_id else None,
        domain=row.domain,
        status=CommitmentStatus(row.status),
        texts=row.texts,
        period=row.period,
        lead_units=row.lead_units,
        source=SourceOfCommitment(row.source),
        clause_id=row.clause_id,
        progress=tuple(_progress(report) for report in row.progress.all()),
        assessments=tuple(_assessment(item) for item in row.assessments.all()),
    )


def _progress(row: ProgressReport) -> ProgressView:
    return ProgressView(
        row.id,
        row.period,
        row.answered_in_time,
        row.answered_late,
        row.still_open,
        row.by_node,
        row.one_sided,
        row.created_at,
    )


def _assessment(row: Assessment) -> AssessmentView:
    return AssessmentView(
        row.id, row.period, row.assessor, AssessmentMethod(row.method), Grade(row.grade), row.note, row.created_at
    )
