"""Loads one request as a use case decides on it: once, locked, with all that the use case needs around it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from entraide.directory.api import NoSuchAuthority, Party, get_authority
from entraide.journal.api import list_actors
from entraide.kernel.ids import AuthorityId, RequestId, UserId
from entraide.kernel.node import Node
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.adapters.records import open_content
from entraide.requests.adapters.vocabulary import load_form
from entraide.requests.domain.answers import AnswerOutcome
from entraide.requests.domain.case import AnswerRecord, Case, Found, GivenClearance, Written
from entraide.requests.domain.columns import derive_columns
from entraide.requests.domain.errors import NoSuchRequest
from entraide.requests.domain.forms import Form
from entraide.requests.domain.lifecycle import Act, State
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.told_facts import Surroundings
from entraide.requests.models import Answer, Clearance, Request, SafeguardFinding
from entraide.requests.selectors import list_events, list_evidence_facts, read_sides
from entraide.safeguards.domain.clearance import Clearance as ClearanceFacts
from entraide.safeguards.domain.request_facts import AuthorityFacts

YEAR = timedelta(days=365)


def load_request(request_id: RequestId | UUID) -> Request:
    """Return the request's row, locked for this transaction; raises `NoSuchRequest`."""
    request = Request.objects.select_for_update().filter(id=request_id).first()
    if request is None:
        raise NoSuchRequest
    return request


def load_case(
    node: Node, request_id: RequestId, *, eyes_on: Act | None = None, content: bool = False, findings: bool = False
) -> Case:
    """Return a request's case, its row locked for this transaction; raises `NoSuchRequest`.

    `eyes_on` is an act that those who wrote may not do: they come with it. `content` adds what the request says and
    raises `RequestErased` when that is gone; `findings` adds what the last check found and what was cleared of it.
    """
    request = load_request(request_id)
    case = read_case(node, request)
    if eyes_on is not None:
        case = replace(case, writers=_writers(node, case, eyes_on))
    if content:
        case = replace(case, written=_written(node, request))
    if findings:
        case = replace(case, clearances=_clearances(case.id), findings=_findings(case.id))
    return case


def load_case_to_check(node: Node, request_id: RequestId, *, eyes_on: Act | None = None) -> Case:
    """Return a request's case with all that a check decides on; raises `NoSuchRequest` or `RequestErased`."""
    request = load_request(request_id)
    case = replace(read_case(node, request), written=_written(node, request), clearances=_clearances(request_id))
    return replace(
        case,
        around=read_surroundings(node, case.sides, case.form, case.says.content),
        writers=frozenset() if eyes_on is None else _writers(node, case, eyes_on),
    )


def read_case(node: Node, request: Request) -> Case:
    """Return the case of a row that the use case holds locked, without what has to be asked for."""
    answers = list(Answer.objects.filter(request=request).order_by("created_at", "id"))
    return Case(
        id=RequestId(request.id),
        reference=request.reference,
        sides=read_sides(node, request),
        form=load_form(node, request.form_id),
        state=State(request.state),
        thread_id=request.thread_id,
        changed_at=request.changed_at,
        urgent=request.urgent,
        has_left=request.message_id is not None,
        events=tuple(list_events(node, request)),
        evidences=tuple(list_evidence_facts(node, request, answers)),
        answers=tuple(_answer(row) for row in answers),
        drafter=UserId(request.drafter_id) if request.drafter_id else None,
        checked_on=request.checked_on,
        facts_digest=request.facts_digest,
        preserved_until=request.preserved_until,
        wrapped_key=None if request.wrapped_key is None else bytes(request.wrapped_key),
    )


def read_surroundings(node: Node, sides: Sides, form: Form, content: Mapping[str, Any]) -> Surroundings:
    """Return what the node knows around a request with this content: its authorities, and earlier refusals."""
    columns, now = derive_columns(form, content), node.clock.now()
    refused, refusals = _refusals(sides, now)
    return Surroundings(
        on=now.date(),
        sender=_authority(node, columns.sending_authority_id, sides.requesting, form.id, columns.instrument),
        recipient=_authority(node, columns.receiving_authority_id, sides.requested, form.id, columns.instrument),
        refused=refused,
        refusals=refusals,
    )


def _writers(node: Node, case: Case, act: Act) -> frozenset[UserId]:
    kinds = [f"requests.{wrote.value}" for wrote in load_lifecycle().other_eyes(case.direction, act)]
    return frozenset(UserId(actor) for actor in list_actors(node, kinds=kinds, subject=case.id))


def _written(node: Node, request: Request) -> Written:
    opened = open_content(node, request, request.content)
    return Written(opened.content, opened.salt)


def _answer(row: Answer) -> AnswerRecord:
    return AnswerRecord(
        id=row.id,
        state=row.state,
        drafter=UserId(row.drafter_id) if row.drafter_id else None,
        written_at=row.created_at,
        message_id=row.message_id,
        content=None if row.content is None else bytes(row.content),
        statement=bytes(row.statement or b""),
    )


def _authority(node: Node, authority_id: UUID | None, party: Party, form_id: str, basis: str) -> AuthorityFacts:
    """What the directory knows of one end; an authority of another party than this end's is not registered."""
    if authority_id is None:
        return AuthorityFacts(party.state)
    try:
        authority = get_authority(node, AuthorityId(authority_id))
    except NoSuchAuthority:
        return AuthorityFacts(party.state)
    if authority.party_id != party.id:
        return AuthorityFacts(party.state)
    return AuthorityFacts(
        state=party.state,
        registered=True,
        covers_type=form_id in authority.request_types,
        covers_basis=not basis or basis in authority.legal_bases,
        languages=frozenset(authority.languages),
    )


def _refusals(sides: Sides, now: datetime) -> tuple[frozenset[str], int]:
    refused = Answer.objects.filter(
        request__requesting=sides.requesting.id,
        request__requested=sides.requested.id,
        request__state__in=[State.ANSWERED.value, State.CLOSED.value],
        outcome=AnswerOutcome.REFUSED.value,
    ).values_list("request__reference", "created_at")
    found = list(refused)
    return frozenset(reference for reference, _ in found), sum(at >= now - YEAR for _, at in found)


def _clearances(request_id: RequestId) -> tuple[GivenClearance, ...]:
    return tuple(
        GivenClearance(
            row.id,
            ClearanceFacts(
                finding_key=row.finding_key,
                facts_digest=row.facts_digest,
                cleared_by=UserId(row.cleared_by),
                cleared_at=row.cleared_at,
                reason_given=row.reason is not None,
                decision_reference=row.decision_reference,
                confirmed_by=UserId(row.confirmed_by) if row.confirmed_by else None,
                confirmed_at=row.confirmed_at,
            ),
            row.cleared_by_post,
            row.confirmed_by_post,
        )
        for row in Clearance.objects.filter(request_id=request_id)
    )


def _findings(request_id: RequestId) -> tuple[Found, ...]:
    rows = SafeguardFinding.objects.filter(request_id=request_id).values_list("key", "clearable")
    return tuple(Found(key, clearable) for key, clearable in rows)
