"""Checking a request: is the form answered, and do this node's safeguards let it pass? What is found is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.directory.api import NoSuchAuthority, get_authority, get_partner
from entraide.journal.api import transaction
from entraide.kernel.decision import Decision
from entraide.kernel.ids import AuthorityId, PartnerId, RequestId, UserId, new_uuid
from entraide.kernel.node import Node
from entraide.requests.adapters.records import open_content
from entraide.requests.adapters.vocabulary import code_sets, load_form
from entraide.requests.domain.answers import AnswerOutcome
from entraide.requests.domain.columns import derive_columns
from entraide.requests.domain.completeness import decide_completeness
from entraide.requests.domain.facts import Surroundings, derive_facts
from entraide.requests.domain.forms import Form
from entraide.requests.domain.lifecycle import Direction, State
from entraide.requests.domain.statements import derive_content_digest
from entraide.requests.models import Answer, Clearance, Request, SafeguardFinding
from entraide.requests.services.acts import journal_check, load_request
from entraide.safeguards.api import Evaluation, decide_clearance, evaluate, load_rules
from entraide.safeguards.domain.clearance import Clearance as ClearanceFacts
from entraide.safeguards.domain.facts import AuthorityFacts

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found: completeness, the safeguards' evaluation, and what is left of it after clearances."""

    completeness: Decision
    evaluation: Evaluation
    remaining: Decision

    @property
    def may_leave(self) -> bool:
        """Whether nothing stops the request any more."""
        return self.completeness.allows and self.remaining.allows


def check_request(node: Node, *, actor: Actor, request_id: RequestId) -> CheckResult:
    """Check a request as it stands, keep what was found, journal that it was checked; its state stays.

    Raises `RoleMissing` unless `actor` is a case officer or approver, and `NoSuchRequest`.
    """
    require_role(actor, Role.case_officer, Role.approver)
    with transaction(node):
        request = load_request(request_id)
        result = evaluate_request(node, request)
        store_findings(node, request, result.evaluation)
        request.save()
        journal_check(node, request, actor=actor)
    return result


def evaluate_request(node: Node, request: Request) -> CheckResult:
    """Return what completeness and safeguards say of `request` as it is stored."""
    form = load_form(node, request.form_id)
    opened = open_content(node, request, request.content)
    answers = opened.content
    now = node.clock.now()
    # A clearance holds for the very facts that were seen, and the day is one of them.
    cleared = _clearances(request)
    on = request.checked_on if cleared and request.checked_on else now.date()
    # Words and names are no facts for a rule, but a clearance given for one text never serves another.
    around = replace(
        _surroundings(node, request, answers, form, on), content_digest=derive_content_digest(answers, opened.salt)
    )
    evaluation = evaluate(load_rules(), derive_facts(form, answers, around))
    request.checked_on = on
    remaining = decide_clearance(evaluation, cleared, drafter=UserId(request.drafter_id or UUID(int=0)), at=now)
    return CheckResult(decide_completeness(form, answers, code_sets(node), now), evaluation, remaining)


def store_findings(node: Node, request: Request, evaluation: Evaluation) -> None:
    """Replace the findings of `request` by those of `evaluation`; the caller saves the request."""
    request.outcome = evaluation.decision.outcome.value
    request.rules_digest, request.facts_digest = evaluation.rules_digest, evaluation.facts_digest
    SafeguardFinding.objects.filter(request=request).delete()
    SafeguardFinding.objects.bulk_create(
        SafeguardFinding(
            id=new_uuid(node),
            request=request,
            position=position,
            key=finding.key[:300],
            code=finding.code,
            rule_id=finding.rule_id,
            outcome=finding.outcome.value,
            kind=finding.kind.value,
            message=finding.message,
            params=dict(finding.params),
            source=finding.source,
            source_status=finding.source_status.value,
            clearable=finding.clearable.value,
            neutral=finding.neutral,
            missing=finding.missing,
            by_policy=finding.by_policy,
            lifted_by=finding.lifted_by,
        )
        for position, finding in enumerate(evaluation.findings)
    )


def _surroundings(node: Node, request: Request, content: Mapping[str, Any], form: Form, on: date) -> Surroundings:
    partner = get_partner(PartnerId(request.partner_id))
    own, theirs = node.settings.state, partner.state
    outgoing = request.direction == Direction.OUTGOING
    basis = derive_columns(form, content).instrument
    refused, refusals = _refusals(request, node.clock.now())
    return Surroundings(
        on=on,
        sender=_authority(request.sending_authority_id, own if outgoing else theirs, form.id, basis, request, outgoing),
        recipient=_authority(
            request.receiving_authority_id, theirs if outgoing else own, form.id, basis, request, not outgoing
        ),
        refused=refused,
        refusals=refusals,
    )


def _authority(  # one end of the request
    authority_id: UUID | None,
    state: str,
    form_id: str,
    basis: str,
    request: Request,
    own: bool,  # noqa: FBT001
) -> AuthorityFacts:
    """What the directory knows of one end; an authority of somebody else than this end's ministry is not registered."""
    if authority_id is None:
        return AuthorityFacts(state)
    try:
        authority = get_authority(AuthorityId(authority_id))
    except NoSuchAuthority:
        return AuthorityFacts(state)
    if authority.partner_id != (None if own else request.partner_id):
        return AuthorityFacts(state)
    return AuthorityFacts(
        state=state,
        registered=True,
        covers_type=form_id in authority.request_types,
        covers_basis=not basis or basis in authority.legal_bases,
        languages=frozenset(authority.languages),
    )


def _refusals(request: Request, now: datetime) -> tuple[frozenset[str], int]:
    refused = Answer.objects.filter(
        request__direction=request.direction,
        request__partner_id=request.partner_id,
        request__state__in=[State.ANSWERED.value, State.CLOSED.value],
        outcome=AnswerOutcome.REFUSED.value,
    )
    return (
        frozenset(refused.values_list("request__reference", flat=True)),
        refused.filter(created_at__gte=now - YEAR).count(),
    )


def _clearances(request: Request) -> list[ClearanceFacts]:
    return [
        ClearanceFacts(
            finding_key=row.finding_key,
            facts_digest=row.facts_digest,
            cleared_by=UserId(row.cleared_by),
            cleared_at=row.cleared_at,
            reason_given=row.reason is not None,
            decision_reference=row.decision_reference,
            confirmed_by=UserId(row.confirmed_by) if row.confirmed_by else None,
            confirmed_at=row.confirmed_at,
        )
        for row in Clearance.objects.filter(request=request)
    ]
