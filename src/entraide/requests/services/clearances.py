"""Clearing what a safeguard stopped: one named human with a reason, confirmed by a second one, both journaled."""

from entraide.access.api import Actor, require_four_eyes
from entraide.kernel.ids import RequestId, UserId, new_uuid
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.requests.adapters.records import seal_content
from entraide.requests.domain.errors import AlreadyCleared, NoSuchFinding, NotClearable, ReadChanged, ReasonNeeded
from entraide.requests.domain.lifecycle import Act, Direction
from entraide.requests.models import Clearance, Request, SafeguardFinding
from entraide.requests.services.acts import load_request, move_on, require_other_eyes, require_part
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
        request = load_request(request_id)
        require_other_eyes(node, request, actor, Act.FINDING_CLEARED)
        _require_seen(request, seen)
        _require_clearable(_finding(request, finding_key), decision_reference)
        existing = Clearance.objects.filter(request=request, finding_key=finding_key, facts_digest=request.facts_digest)
        if existing.exists():
            raise AlreadyCleared
        Clearance.objects.create(
            id=new_uuid(node),
            request=request,
            finding_key=finding_key,
            facts_digest=request.facts_digest,
            decision_reference=decision_reference.strip()[:160],
            cleared_by=actor.user_id,
            cleared_by_post=actor.post,
            cleared_at=node.clock.now(),
            reason=seal_content(
                node, request, {"reason": words[:2000]}, node.random.draw(32), f"clearance/{finding_key}"
            ),
        )
        facts = {"finding": finding_key, "facts": request.facts_digest}
        move_on(node, request, Act.FINDING_CLEARED, actor=actor, code=_code(finding_key), content=facts)


def confirm_clearance(
    node: Node, *, actor: Actor, request_id: RequestId, finding_key: str, seen: str | None = None
) -> None:
    """Confirm a colleague's clearance; the drafter and the one who cleared cannot.

    `seen` is the facts' digest when the page was opened. Raises `RoleMissing`, `SamePerson`, `ReadChanged`,
    `NoSuchFinding`, `AlreadyCleared` or `ActOutOfTurn`.
    """
    require_part(actor, Direction.OUTGOING, Act.CLEARANCE_CONFIRMED)
    with transaction(node):
        request = load_request(request_id)
        _require_seen(request, seen)
        clearance = (
            Clearance.objects.select_for_update()
            .filter(request=request, finding_key=finding_key, facts_digest=request.facts_digest)
            .first()
        )
        if clearance is None:
            raise NoSuchFinding(reference=request.reference)
        require_other_eyes(node, request, actor, Act.CLEARANCE_CONFIRMED)
        require_four_eyes(UserId(clearance.cleared_by), actor)
        if clearance.confirmed_by is not None:
            raise AlreadyCleared
        clearance.confirmed_by, clearance.confirmed_by_post = actor.user_id, actor.post
        clearance.confirmed_at = node.clock.now()
        clearance.save(update_fields=["confirmed_by", "confirmed_by_post", "confirmed_at"])
        facts = {"finding": finding_key, "facts": request.facts_digest}
        move_on(
            node,
            request,
            Act.CLEARANCE_CONFIRMED,
            actor=actor,
            code=_code(finding_key),
            content=facts,
        )


def _require_seen(request: Request, seen: str | None) -> None:
    """Raise `ReadChanged` when the facts are no longer those that the page showed; None compares nothing."""
    if seen is not None and seen != request.facts_digest:
        raise ReadChanged(reference=request.reference)


def _code(finding_key: str) -> str:
    return finding_key.split(":", maxsplit=1)[0]


def _finding(request: Request, key: str) -> SafeguardFinding:
    finding = SafeguardFinding.objects.filter(request=request, key=key).first()
    if finding is None:
        raise NoSuchFinding(reference=request.reference)
    return finding


def _require_clearable(finding: SafeguardFinding, decision_reference: str) -> None:
    if finding.clearable == Clearable.NEVER_FOR_MISSING:
        raise NotClearable(why=MISSING_IS_SUPPLIED)
    if finding.clearable == Clearable.DECISION_REFERENCE and not decision_reference.strip():
        raise NotClearable(why=DECISION_NEEDED)
