"""Reports of errors by readers: they come without a login, wait on the desk beside the fact, and are answered."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q

from entraide.access.api import Actor, Role, record_reason, require_role
from entraide.communiques.api import PastAct, list_past_acts
from entraide.journal.api import act, append_entry
from entraide.kernel.ids import new_uuid
from entraide.kernel.node import Node
from entraide.publication.domain.acts import ANSWERED, CONTACT_ERASED, RECEIVED, REPORTING_SWITCHED
from entraide.publication.domain.error_reports import (
    CONTACT_KEPT,
    LONGEST_REASON,
    MOST_IN_A_DAY,
    MOST_OPEN_OF_A_FACT,
    WORDS_KEPT,
    AnsweredAlready,
    AnswerReasonMissing,
    CorrectionMissing,
    ErrorReportView,
    NoSuchErrorReport,
    OriginalMissing,
    Outcome,
    Reported,
    ReportsClosed,
    TooManyReports,
    clean_report,
)
from entraide.publication.models import ErrorAnswer, ErrorReport, ReporterContact, Reporting
from entraide.storage.api import transaction

SWITCH = UUID(int=1)
"""The id of the one row that says whether reports are taken."""


def takes_reports(node: Node) -> bool:
    """Return whether readers may report errors."""
    with node.active():
        row = Reporting.objects.first()
        return row is None or row.open


def switch_reporting(node: Node, *, actor: Actor | None, open_: bool) -> None:
    """Take reports of errors, or take none; `actor` is None at the terminal. Raises `RoleMissing` (operator)."""
    if actor is not None:
        require_role(actor, Role.operator)
    if takes_reports(node) is open_:
        return
    by = actor.user_id if actor else None
    with act(node, kind=REPORTING_SWITCHED, by=by, subject=SWITCH):
        Reporting.objects.update_or_create(id=SWITCH, defaults={"open": open_, "changed_at": node.clock.now()})
        append_entry(node, kind=REPORTING_SWITCHED, subject=SWITCH, content={"open": open_}, actor=by)


def receive_report(node: Node, *, report_id: UUID, fact_kind: str, fact_id: UUID, reported: Reported) -> UUID:
    """Keep what a reader reports of a fact, and return the id of the report.

    `report_id` came with the form: a form that comes twice, and words that wait already, make one report. The journal
    holds that a report came and for which fact, nothing that the reader wrote. Raises `ReportsClosed`,
    `TooManyReports`, `NothingReported`, `ReportTooLong`, `NotAnAddress`.
    """
    if not takes_reports(node):
        raise ReportsClosed
    given = clean_report(reported)
    try:
        return _receive(node, report_id, fact_kind, fact_id, given)
    except IntegrityError:
        # The same form came a second time while it was kept: now it is known.
        return _receive(node, report_id, fact_kind, fact_id, given)


def _receive(node: Node, report_id: UUID, fact_kind: str, fact_id: UUID, given: Reported) -> UUID:
    with transaction(node):
        known = _known(report_id, fact_id, given.digest)
        if known is not None:
            return known
        _require_room(node, fact_id)
        row = ErrorReport.objects.create(
            id=report_id,
            fact_kind=fact_kind,
            fact_id=fact_id,
            received_at=node.clock.now(),
            wrong=given.wrong,
            right=given.right,
            source_url=given.source_url,
            digest=given.digest,
        )
        if given.contact:
            sealed = node.keyring.wrap(given.contact.encode(), _purpose(report_id))
            ReporterContact.objects.create(report=row, sealed=sealed)
        content = {"fact_kind": fact_kind, "fact": str(fact_id), "contact_left": bool(given.contact)}
        append_entry(node, kind=RECEIVED, subject=report_id, content=content)
        return report_id


def read_contact(node: Node, *, actor: Actor, report_id: UUID, reason: str) -> str:
    """Return how to reach who reported, empty where nothing was left or it is erased; the reason is journaled.

    Raises `RoleMissing` (desk officer), `ReasonMissing`.
    """
    require_role(actor, Role.desk_officer)
    with transaction(node):
        record_reason(node, actor=actor, subject=report_id, reason=reason)
        row = ReporterContact.objects.filter(report_id=report_id).first()
        return node.keyring.unwrap(bytes(row.sealed), _purpose(report_id)).decode() if row else ""


def list_corrections(node: Node, report: ErrorReportView) -> list[PastAct]:
    """Return the acts that changed the fact since a report came and still count, the latest first."""
    return _corrections(node, report.fact_id, report.received_at)


def _corrections(node: Node, fact_id: UUID, since: datetime) -> list[PastAct]:
    past = (item for item in list_past_acts(node, fact_id) if item.act.counts and item.act.at >= since)
    return [item for item in past if item.act.kind != ANSWERED]


def answer_report(
    node: Node,
    *,
    actor: Actor,
    report_id: UUID,
    outcome: Outcome,
    reason: str = "",
    act_id: UUID | None = None,
    original_id: UUID | None = None,
) -> UUID:
    """Answer a report: corrected by an act on the fact, no error for a public reason, or the same as another report.

    The contact of who reported is erased with it. Returns the id of the answer. Raises `RoleMissing` (desk officer),
    `NoSuchErrorReport`, `AnsweredAlready`, `AnswerReasonMissing`, `CorrectionMissing`, `OriginalMissing`.
    """
    require_role(actor, Role.desk_officer)
    text = " ".join(reason.replace("\0", " ").split())[:LONGEST_REASON]
    if outcome is Outcome.NO_ERROR and not text:
        raise AnswerReasonMissing
    with act(node, kind=ANSWERED, by=actor.user_id, subject=report_id, reason=text):
        row = ErrorReport.objects.select_for_update().filter(id=report_id).first()
        if row is None:
            raise NoSuchErrorReport
        if ErrorAnswer.objects.filter(report=row).exists():
            raise AnsweredAlready
        answer = ErrorAnswer(
            id=new_uuid(node),
            report=row,
            fact_kind=row.fact_kind,
            fact_id=row.fact_id,
            outcome=outcome.value,
            reason=text,
            act_id=_correction(node, row, act_id) if outcome is Outcome.CORRECTED else None,
            original_id=_original(row, original_id) if outcome is Outcome.DUPLICATE else None,
            answered_at=node.clock.now(),
        )
        answer.save(force_insert=True)
        erased = _erase_contacts([report_id])
        named = {"act": answer.act_id, "original": answer.original_id}
        content = {
            "fact_kind": row.fact_kind,
            "fact": str(row.fact_id),
            "outcome": outcome.value,
            "reason": text,
            "contact_erased": bool(erased),
            **{name: str(id_) for name, id_ in named.items() if id_},
        }
        append_entry(node, kind=ANSWERED, subject=report_id, content=content, actor=actor.user_id)
        return answer.id


def set_aside_reports(node: Node, *, actor: Actor, report_ids: Iterable[UUID]) -> int:
    """Set aside what is no report of an error, as advertising or abuse, all in one act; return how many.

    Those that were answered meanwhile are left. Raises `RoleMissing` (desk officer).
    """
    require_role(actor, Role.desk_officer)
    wanted = list(report_ids)
    with transaction(node):
        batch, done = new_uuid(node), 0
        found = ErrorReport.objects.filter(id__in=wanted, answer__isnull=True).order_by("id")
        for row in list(found):
            with suppress(AnsweredAlready), act(node, kind=ANSWERED, by=actor.user_id, subject=row.id, batch=batch):
                answer_report(node, actor=actor, report_id=row.id, outcome=Outcome.SET_ASIDE)
                done += 1
        return done


def erase_what_expired(node: Node) -> int:
    """Erase contacts and words whose time is over; return how many reports lost something. A nightly duty."""
    now = node.clock.now()
    with transaction(node):
        old = ReporterContact.objects.filter(report__received_at__lt=now - CONTACT_KEPT)
        contacts = _erase_contacts(list(old.values_list("report_id", flat=True)))
        for report_id in contacts:
            append_entry(node, kind=CONTACT_ERASED, subject=report_id, content={"because": "expired"})
        end = now - WORDS_KEPT
        worded = ErrorReport.objects.exclude(wrong="")
        ended = worded.filter(Q(answer__answered_at__lt=end) | Q(answer__isnull=True, received_at__lt=end))
        ids = list(ended.values_list("id", flat=True))
        ErrorReport.objects.filter(id__in=ids).update(wrong="", right="", source_url="", digest="")
        return len(set(ids) | set(contacts))


def _erase_contacts(report_ids: list[UUID]) -> list[UUID]:
    rows = ReporterContact.objects.filter(report_id__in=report_ids)
    found = list(rows.values_list("report_id", flat=True))
    # Overwritten before it goes, so that no free page of the database keeps it.
    rows.update(sealed=b"")
    rows.delete()
    return found


def _known(report_id: UUID, fact_id: UUID, digest: str) -> UUID | None:
    """Return the report that this one is: the same form again, or the same words while they wait."""
    same = ErrorReport.objects.filter(fact_id=fact_id, digest=digest, answer__isnull=True)
    found = ErrorReport.objects.filter(id=report_id).first() or same.order_by("id").first()
    return found.id if found else None


def _require_room(node: Node, fact_id: UUID) -> None:
    waiting = ErrorReport.objects.filter(fact_id=fact_id, answer__isnull=True).count()
    today = ErrorReport.objects.filter(received_at__gt=node.clock.now() - timedelta(days=1)).count()
    if waiting >= MOST_OPEN_OF_A_FACT or today >= MOST_IN_A_DAY:
        raise TooManyReports


def _correction(node: Node, row: ErrorReport, act_id: UUID | None) -> UUID | None:
    if act_id not in {item.act.id for item in _corrections(node, row.fact_id, row.received_at)}:
        raise CorrectionMissing
    return act_id


def _original(row: ErrorReport, original_id: UUID | None) -> UUID:
    others = ErrorReport.objects.filter(fact_id=row.fact_id).exclude(id=row.id)
    found = others.filter(id=original_id).first() if original_id else None
    if found is None:
        raise OriginalMissing
    return found.id


def _purpose(report_id: UUID) -> str:
    return f"publication/contact/{report_id}"
