"""Typed reads of reports of errors."""

from collections.abc import Iterable
from uuid import UUID

from entraide.kernel.node import Node
from entraide.publication.domain.error_reports import ErrorAnswer, ErrorReportView, NoSuchErrorReport, Outcome, Reported
from entraide.publication.models import ErrorReport


def get_report(node: Node, report_id: UUID) -> ErrorReportView:
    """Return a report with its answer; raises `NoSuchErrorReport`."""
    with node.active():
        row = ErrorReport.objects.select_related("answer").filter(id=report_id).first()
        if row is None:
            raise NoSuchErrorReport
        return _view(row)


def list_reports_on(node: Node, fact_id: UUID) -> list[ErrorReportView]:
    """Return the reports on a fact, the latest first."""
    with node.active():
        rows = ErrorReport.objects.select_related("answer").filter(fact_id=fact_id)
        return [_view(row) for row in rows.order_by("-received_at", "-id")]


def list_open_reports(node: Node, *, limit: int) -> list[ErrorReportView]:
    """Return the reports that wait, the oldest first."""
    with node.active():
        rows = ErrorReport.objects.filter(answer__isnull=True).order_by("received_at", "id")
        return [_view(row, answered=False) for row in rows[:limit]]


def list_answered_reports(node: Node, *, limit: int) -> list[ErrorReportView]:
    """Return the reports that were answered, the latest answer first."""
    with node.active():
        rows = ErrorReport.objects.select_related("answer").filter(answer__isnull=False)
        return [_view(row) for row in rows.order_by("-answer__answered_at", "-id")[:limit]]


def count_open_reports(node: Node) -> int:
    """Return how many reports wait."""
    with node.active():
        return ErrorReport.objects.filter(answer__isnull=True).count()


def list_contacts_left(node: Node, report_ids: Iterable[UUID]) -> set[UUID]:
    """Return which of these reports carry a contact that is still kept."""
    with node.active():
        rows = ErrorReport.objects.filter(id__in=list(report_ids), contact__isnull=False)
        return set(rows.values_list("id", flat=True))


def _view(row: ErrorReport, *, answered: bool = True) -> ErrorReportView:
    given = getattr(row, "answer", None) if answered else None
    answer = (
        ErrorAnswer(Outcome(given.outcome), given.reason, given.answered_at, given.act_id, given.original_id)
        if given
        else None
    )
    reported = Reported(row.wrong, row.right, row.source_url)
    return ErrorReportView(row.id, row.fact_kind, row.fact_id, row.received_at, reported, answer)
