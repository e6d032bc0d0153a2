"""Checking a request: is the form answered, and do this node's safeguards let it pass? What is found is kept."""

from typing import Any

from entraide.access.api import Actor, Role, require_role
from entraide.kernel.ids import RequestId, new_uuid
from entraide.kernel.node import Node
from entraide.requests.adapters.vocabulary import code_sets
from entraide.requests.domain.case import Case, CheckResult, decide_check
from entraide.requests.models import Request, SafeguardFinding
from entraide.requests.services.acts import journal_check
from entraide.requests.services.cases import load_case_to_check
from entraide.safeguards.api import load_rules
from entraide.storage.api import transaction


def check_request(node: Node, *, actor: Actor, request_id: RequestId) -> CheckResult:
    """Check a request as it stands, keep what was found, journal that it was checked; its state stays.

    Raises `RoleMissing` unless `actor` is a case officer or approver, and `NoSuchRequest`.
    """
    require_role(actor, Role.case_officer, Role.approver)
    with transaction(node):
        case = load_case_to_check(node, request_id)
        check = check_case(node, case)
        replace_findings(node, request_id, check)
        Request.objects.filter(id=request_id).update(**columns_of(check))
        journal_check(node, case, check, actor=actor)
    return check


def check_case(node: Node, case: Case) -> CheckResult:
    """Return what completeness and this node's safeguards say of `case` now."""
    return decide_check(case, load_rules(node), code_sets(node), node.clock.now())


def columns_of(check: CheckResult) -> dict[str, Any]:
    """Return what the request's row keeps of a check."""
    evaluation = check.evaluation
    return {
        "checked_on": check.on,
        "outcome": evaluation.decision.outcome.value,
        "rules_digest": evaluation.rules_digest,
        "facts_digest": evaluation.facts_digest,
    }


def replace_findings(node: Node, request_id: RequestId, check: CheckResult) -> None:
    """Replace the findings of a request by those of `check`."""
    SafeguardFinding.objects.filter(request_id=request_id).delete()
    SafeguardFinding.objects.bulk_create(
        SafeguardFinding(
            id=new_uuid(node),
            request_id=request_id,
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
        for position, finding in enumerate(check.evaluation.findings)
    )
