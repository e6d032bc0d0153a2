"""Checking a request: is the form answered, and do this node's safeguards let it pass? What is found is kept."""

from entraide.access.api import Actor, Role, require_role
from entraide.kernel.ids import RequestId, new_uuid
from entraide.kernel.node import Node
from entraide.requests.adapters.vocabulary import code_sets
from entraide.requests.domain.case import Case, CheckResult, decide_check
from entraide.requests.models import Request, SafeguardFinding
from entraide.requests.services.acts import journal_check, load_request
from entraide.requests.services.cases import read_case
from entraide.safeguards.api import load_rules
from entraide.storage.api import transaction


def check_request(node: Node, *, actor: Actor, request_id: RequestId) -> CheckResult:
    """Check a request as it stands, keep what was found, journal that it was checked; its state stays.

    Raises `RoleMissing` unless `actor` is a case officer or approver, and `NoSuchRequest`.
    """
    require_role(actor, Role.case_officer, Role.approver)
    with transaction(node):
        request = load_request(request_id)
        check = check_case(node, read_case(node, request))
        store_findings(node, request, check)
        request.save()
        journal_check(node, request, actor=actor)
    return check


def check_case(node: Node, case: Case) -> CheckResult:
    """Return what completeness and this node's safeguards say of `case` now."""
    return decide_check(case, load_rules(node), code_sets(node), node.clock.now())


def store_findings(node: Node, request: Request, check: CheckResult) -> None:
    """Replace the findings of `request` by those of `check`; the caller saves the request."""
    evaluation = check.evaluation
    request.checked_on = check.on
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
