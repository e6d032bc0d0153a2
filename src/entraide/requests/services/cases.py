"""Reads one request as a use case decides on it: once, with all that lies around it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from entraide.directory.api import NoSuchAuthority, Party, get_authority
from entraide.kernel.ids import AuthorityId, UserId
from entraide.kernel.node import Node
from entraide.requests.adapters.records import open_content
from entraide.requests.adapters.vocabulary import load_form
from entraide.requests.domain.answers import AnswerOutcome
from entraide.requests.domain.case import Case, GivenClearance
from entraide.requests.domain.columns import derive_columns
from entraide.requests.domain.forms import Form
from entraide.requests.domain.lifecycle import State
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.told_facts import Surroundings
from entraide.requests.models import Answer, Clearance, Request
from entraide.requests.selectors import read_sides
from entraide.safeguards.domain.clearance import Clearance as ClearanceFacts
from entraide.safeguards.domain.request_facts import AuthorityFacts

YEAR = timedelta(days=365)


def read_case(node: Node, request: Request) -> Case:
    """Return all that decides about `request`, whose row the use case holds locked; raises `RequestErased`."""
    form = load_form(node, request.form_id)
    opened = open_content(node, request, request.content)
    sides = read_sides(node, request)
    return Case(
        reference=request.reference,
        sides=sides,
        form=form,
        content=opened.content,
        salt=opened.salt,
        around=_surroundings(node, request, sides, form, opened.content),
        clearances=_clearances(request),
        drafter=UserId(request.drafter_id) if request.drafter_id else None,
        checked_on=request.checked_on,
    )


def _surroundings(node: Node, request: Request, sides: Sides, form: Form, content: Mapping[str, Any]) -> Surroundings:
    basis = derive_columns(form, content).instrument
    now = node.clock.now()
    refused, refusals = _refusals(request, now)
    return Surroundings(
        on=now.date(),
        sender=_authority(node, request.sending_authority_id, sides.requesting, form.id, basis),
        recipient=_authority(node, request.receiving_authority_id, sides.requested, form.id, basis),
        refused=refused,
        refusals=refusals,
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


def _refusals(request: Request, now: datetime) -> tuple[frozenset[str], int]:
    refused = Answer.objects.filter(
        request__requesting=request.requesting,
        request__requested=request.requested,
        request__state__in=[State.ANSWERED.value, State.CLOSED.value],
        outcome=AnswerOutcome.REFUSED.value,
    )
    return (
        frozenset(refused.values_list("request__reference", flat=True)),
        refused.filter(created_at__gte=now - YEAR).count(),
    )


def _clearances(request: Request) -> tuple[GivenClearance, ...]:
    return tuple(
        GivenClearance(
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
        for row in Clearance.objects.filter(request=request)
    )
