"""Clearing what a safeguard stopped: one named human with a reason, confirmed by a second one, both journaled."""

from entraide.access.api import Actor, require_four_eyes
from entraide.kernel.ids import RequestId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.requests.adapters.records import seal_content
from entraide.requests.domain.case import Case, Found
from entraide.requests.domain.errors import AlreadyCleared, NoSuchFinding, NotClearable, ReadChanged, ReasonNeeded
from entraide.requests.domain.lifecycle import Act, Direction
from entraide.requests.models import Clearance
from entraide.requests.services.acts import move_on, require_other_eyes, require_part
from entraide.requests.services.cases import load_case
from entraide.safeguards.domain.model import Clearable
from entraide.storage.api import transaction

MISSING_IS_SUPPLIED = N_("what is missing has to be supplied.")
DECISION_NEEDED = N_("it needs the reference of a decision of a court or an asylum authority.")


def clear_finding(
    node: Node,
    *,
    actor: Actor,
    request_id: RequestId,
    finding_key: str,
    reason: str,
    decision_reference: str = "",
    seen: str | None = None,
) -> None:
    """Clear one finding of the last check, on the facts as they were then, for a `reason` kept under the record key.

    `seen` is the facts' digest when the page was opened. Raises `RoleMissing` unless `actor` is an approver,
    `SamePerson` for everyone who wrote a part of the request, `ReadChanged`, `ReasonNeeded`, `NoSuchFinding`,
    `NotClearable` (something is missing, or the rule asks for a decision's reference) or `AlreadyCleared`.
    """
    require_part(actor, Direction.OUTGOING, Act.FINDING_CLEARED)
    words = " ".join(reason.replace("\0", " ").split())
    if not words:
        raise ReasonNeeded
    with transaction(node):
        case = load_case(node, request_id, eyes_on=Act.FINDING_CLEARED, findings=True)
        require_other_eyes(case, actor)
        _require_seen(case, seen)
        _require_clearable(_finding(case, finding_key), decision_reference)
        if case.clearance_of(finding_key):
            raise AlreadyCleared
        Clearance.objects.create(
            id=new_uuid(node),
            request_id=case.id,
            finding_key=finding_key,
            facts_digest=case.facts_digest,
            decision_reference=decision_reference.strip()[:160],
            cleared_by=actor.user_id,
            cleared_by_post=actor.post,
            cleared_at=node.clock.now(),
            reason=seal_content(node, case, {"reason": words[:2000]}, node.random.draw(32), f"clearance/{finding_key}"),
        )
        entry = {"finding": finding_key, "facts": case.facts_digest}
        move_on(node, case, Act.FINDING_CLEARED, actor=actor, code=_code(finding_key), entry=entry)


def confirm_clearance(
    node: Node, *, actor: Actor, request_id: RequestId, finding_key: str, seen: str | None = None
) -> None:
    """Confirm a colleague's clearance; the drafter and the one who cleared cannot.

    `seen` is the facts' digest when the page was opened. Raises `RoleMissing`, `SamePerson`, `ReadChanged`,
    `NoSuchFinding`, `AlreadyCleared` or `ActOutOfTurn`.
    """
    require_part(actor, Direction.OUTGOING, Act.CLEARANCE_CONFIRMED)
    with transaction(node):
        case = load_case(node, request_id, eyes_on=Act.CLEARANCE_CONFIRMED, findings=True)
        _require_seen(case, seen)
        clearance = case.clearance_of(finding_key)
        if clearance is None:
            raise NoSuchFinding(reference=case.reference)
        require_other_eyes(case, actor)
        require_four_eyes(clearance.facts.cleared_by, actor)
        if clearance.facts.confirmed_by is not None:
            raise AlreadyCleared
        Clearance.objects.filter(id=clearance.id).update(
            confirmed_by=actor.user_id, confirmed_by_post=actor.post, confirmed_at=node.clock.now()
        )
        entry = {"finding": finding_key, "facts": case.facts_digest}
        move_on(node, case, Act.CLEARANCE_CONFIRMED, actor=actor, code=_code(finding_key), entry=entry)


def _require_seen(case: Case, seen: str | None) -> None:
    """Raise `ReadChanged` when the facts are no longer those that the page showed; None compares nothing."""
    if seen is not None and seen != case.facts_digest:
        raise ReadChanged(reference=case.reference)


def _code(finding_key: str) -> str:
    return finding_key.split(":", maxsplit=1)[0]


def _finding(case: Case, key: str) -> Found:
    for finding in case.findings:
        if finding.key == key:
            return finding
    raise NoSuchFinding(reference=case.reference)


def _require_clearable(finding: Found, decision_reference: str) -> None:
    if finding.clearable == Clearable.NEVER_FOR_MISSING:
        raise NotClearable(why=MISSING_IS_SUPPLIED)
    if finding.clearable == Clearable.DECISION_REFERENCE and not decision_reference.strip():
        raise NotClearable(why=DECISION_NEEDED)
