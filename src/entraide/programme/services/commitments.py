"""Commitments, the counts of requests that speak for them, and the grades that people give them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.journal.api import act
from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId, UserId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.text import N_
from entraide.programme.adapters.kinds import load_kinds
from entraide.programme.adapters.vocabulary import load_domains
from entraide.programme.domain.acts import ASSESSED
from entraide.programme.domain.errors import CountOutOfRange, NoSuchFact, OriginMissing, TextMissing
from entraide.programme.domain.facts import Candidate, CommitmentFacts, Match
from entraide.programme.domain.matching import match_commitment
from entraide.programme.domain.terms import AssessmentMethod, CommitmentStatus, FactKind, Grade, SourceOfCommitment
from entraide.programme.models import Assessment, Commitment, ProgressReport
from entraide.programme.services.finding import index_commitments
from entraide.programme.services.listing import correct_lists, enter_lists
from entraide.programme.services.recording import clean_texts, record, require_code, require_registrar
from entraide.storage.api import transaction


def find_commitments(mechanism_id: MechanismId, facts: CommitmentFacts) -> tuple[Candidate, ...]:
    """Return the commitments that `facts` may repeat, best first (`domain.matching`, rule 4); at most 20."""
    rows = Commitment.objects.filter(mechanism_id=mechanism_id, domain=facts.domain)
    found, kind = [], load_kinds().get("commitment")
    for row in rows.order_by("-created_at")[:500]:
        matches = [match_commitment(kind, _facts_of(row, text), facts) for text in row.texts.values()]
        best: Match | None = max((match for match in matches if match), key=lambda match: match.strength, default=None)
        if best is not None:
            found.append(Candidate(FactKind.COMMITMENT, row.id, next(iter(row.texts.values())), best))
    return tuple(sorted(found, key=lambda item: -item.match.strength)[:20])


def create_commitment(
    node: Node,
    *,
    actor: Actor,
    mechanism_id: MechanismId,
    domain: str,
    status: CommitmentStatus,
    texts: Mapping[str, str],
    instrument_id: InstrumentId | None = None,
    meeting_id: MeetingId | None = None,
    period: str = "",
    lead_units: Mapping[str, str] | None = None,
) -> CommitmentId:
    """Record a commitment that comes from an instrument or a meeting, and return its id.

    `domain` is a code of the vocabulary, `texts` its words per language, `lead_units` the leading unit per state.
    Raises `OriginMissing`, `UnknownCode`, `TextMissing`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        return store_commitment(
            node,
            by,
            mechanism_id=mechanism_id,
            domain=domain,
            status=status,
            texts=texts,
            instrument_id=instrument_id,
            meeting_id=meeting_id,
            period=period,
            lead_units=lead_units or {},
            source=SourceOfCommitment.PASSAGE,
        )


def add_commitment_text(node: Node, *, actor: Actor, commitment_id: CommitmentId, language: str, text: str) -> None:
    """Add a commitment's words in a further language; words that it has in that language stay as they are.

    Raises `NoSuchFact`, `TextMissing`, `RoleMissing`.
    """
    by = require_registrar(actor)
    with transaction(node):
        row = Commitment.objects.select_for_update().filter(id=commitment_id).first()
        if row is None:
            raise NoSuchFact
        if language in row.texts:
            return
        row.texts = {**row.texts, **clean_texts({language: text}, "commitment")}
        row.save()
        record(node, "commitment_worded", row.id, by, language=language)
        index_commitments([row])


def store_commitment(
    node: Node,
    by: UserId | None,
    *,
    mechanism_id: UUID,
    domain: str,
    status: CommitmentStatus,
    texts: Mapping[str, str],
    instrument_id: UUID | None,
    meeting_id: UUID | None,
    period: str,
    lead_units: Mapping[str, str],
    source: SourceOfCommitment,
    clause_id: UUID | None = None,
    position: int = 0,
) -> CommitmentId:
    """Do `create_commitment` within a running transaction; raises `OriginMissing`."""
    if instrument_id is None and meeting_id is None:
        raise OriginMissing
    require_code(domain, list(load_domains().codes), "domain of cooperation")
    if period:
        PartialDate(period)
    row = Commitment.objects.create(
        id=new_uuid(node),
        mechanism_id=mechanism_id,
        instrument_id=instrument_id,
        meeting_id=meeting_id,
        domain=domain,
        status=status.value,
        texts=clean_texts(texts, "commitment"),
        period=period,
        lead_units=dict(lead_units),
        source=source.value,
        clause_id=clause_id,
        position=position,
        created_at=node.clock.now(),
    )
    enter_lists([row])
    record(
        node, "commitment_created", row.id, by, domain=domain, status=status.value, period=period, source=source.value
    )
    index_commitments([row])
    return CommitmentId(row.id)


def record_progress(
    node: Node,
    *,
    commitment_id: CommitmentId,
    answered_in_time: int,
    answered_late: int,
    still_open: int,
    period: str,
    one_sided: bool,
) -> UUID:
    """Keep the counts of requests in a commitment's domain for a period, and return the report's id.

    Counts answered in time *either way*: a refusal counts like an execution, persons handed over never count. The
    same counts as the latest report of this period are not repeated. `one_sided` marks counts that only this node's
    journal knows. Raises `CountOutOfRange`, `NoSuchFact`.
    """
    counts = {"answered_in_time": answered_in_time, "answered_late": answered_late, "still_open": still_open}
    for count in counts.values():
        if count < 0:
            raise CountOutOfRange(count=count)
    PartialDate(period)
    with transaction(node):
        _require(commitment_id)
        values: dict[str, Any] = {**counts, "one_sided": one_sided}
        latest = (
            ProgressReport.objects.filter(commitment_id=commitment_id, period=period)
            .order_by("-created_at", "-id")
            .first()
        )
        if latest is not None and all(getattr(latest, name) == value for name, value in values.items()):
            return latest.id
        row = ProgressReport.objects.create(
            id=new_uuid(node),
            commitment_id=commitment_id,
            period=period,
            by_node=node.settings.name,
            created_at=node.clock.now(),
            **values,
        )
        record(node, "progress_recorded", row.id, None, commitment=commitment_id, period=period, **values)
        return row.id


def record_assessment(
    node: Node,
    *,
    actor: Actor,
    commitment_id: CommitmentId,
    assessor: str,
    method: AssessmentMethod,
    grade: Grade,
    period: str,
    note: str = "",
) -> UUID:
    """Keep a grade that an assessor gives a commitment, beside all earlier ones, and return its id.

    Raises `TextMissing` without an assessor, `NoSuchFact`, `RoleMissing`.
    """
    require_role(actor, Role.desk_officer, Role.approver)
    if not assessor.strip():
        raise TextMissing(what=N_("assessor"))
    PartialDate(period)
    with act(node, kind=ASSESSED, by=actor.user_id, subject=commitment_id):
        _require(commitment_id)
        row = Assessment.objects.create(
            id=new_uuid(node),
            commitment_id=commitment_id,
            period=period,
            assessor=assessor.strip()[:200],
            method=method.value,
            grade=grade.value,
            note=note.strip()[:1000],
            created_at=node.clock.now(),
        )
        record(
            node,
            "assessment_recorded",
            row.id,
            actor.user_id,
            commitment=commitment_id,
            grade=grade.value,
            method=method.value,
        )
        return row.id


def save_commitment(row: Commitment) -> None:
    """Save a commitment in which a settled value stands, with what follows: lists and counts."""
    row.save()
    correct_lists([row])


def _require(commitment_id: CommitmentId) -> None:
    if not Commitment.objects.filter(id=commitment_id).exists():
        raise NoSuchFact(kind="commitment", id=commitment_id)


def _facts_of(row: Commitment, text: str) -> CommitmentFacts:
    return CommitmentFacts(row.domain, row.status, text, row.period, row.instrument_id, row.meeting_id)
