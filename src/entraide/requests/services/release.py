"""From draft to release.

An incomplete request is stopped with its reasons, a blocked one is refused carriage, and nothing leaves without the
signature that a second person asked for.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from entraide.access.api import Actor
from entraide.channel.api import submit_message
from entraide.kernel.ids import MessageId, RequestId, ThreadId
from entraide.kernel.node import Node
from entraide.kernel.wire import Message
from entraide.requests.domain.case import Case, CheckResult, describe_clearances
from entraide.requests.domain.errors import CarriageRefused, RequestIncomplete
from entraide.requests.domain.lifecycle import Act, Direction, State
from entraide.requests.domain.messages import EvaluationTold, RequestReleased, RequestWithdrawn
from entraide.requests.domain.sides import Sides
from entraide.requests.domain.statements import (
    RELEASE_LABEL,
    ReleaseStatement,
    describe_form,
)
from entraide.requests.models import Request
from entraide.requests.selectors import find_partner_of, read_sides
from entraide.requests.services.acts import (
    load_request,
    move_on,
    require_other_eyes,
    require_part,
    require_turn,
    require_unchanged,
)
from entraide.requests.services.cases import read_case
from entraide.requests.services.checks import check_case, store_findings
from entraide.storage.api import transaction

INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Submission:
    """Where a submitted request stands now, and what the check found."""

    state: State
    check: CheckResult


def submit_for_approval(node: Node, *, actor: Actor, request_id: RequestId) -> Submission:
    """Check a draft and hand it to an approver, or stop it.

    (1) The form must be answered, else the request is `stopped` with one reason per problem. (2) This node's safeguards
    must let it pass, or two humans have cleared what they found, else it is `stopped`: refused carriage, with rule,
    reason and source on the check page. Raises `RoleMissing`, `NoSuchRequest` or `ActOutOfTurn`.
    """
    require_part(actor, Direction.OUTGOING, Act.SUBMITTED)
    with transaction(node):
        request = load_request(request_id)
        check = check_case(node, read_case(node, request))
        store_findings(node, request, check)
        if check.may_leave:
            move_on(node, request, Act.SUBMITTED, actor=actor, content=_digests(request))
        else:
            _stop(node, request, check, actor)
        return Submission(State(request.state), check)


def return_to_drafter(node: Node, *, actor: Actor, request_id: RequestId) -> None:
    """Send a request that waits for approval back to its drafter; raises as `approve_release` does."""
    require_part(actor, Direction.OUTGOING, Act.RETURNED)
    with transaction(node):
        move_on(node, load_request(request_id), Act.RETURNED, actor=actor)


def approve_release(
    node: Node, *, actor: Actor, request_id: RequestId, based_on: datetime | None = None
) -> MessageId | None:
    """Release a request: four eyes, checked once more, signed as a statement, submitted to the channel; returns the id
    of its message, None where the requested party is on paper: it is printed then, with its statement.

    All in one transaction with its journal entry: a crash releases it wholly or not at all. `based_on` is the request's
    `changed_at` when its approver read it. Raises `RoleMissing`, `SamePerson` for everyone who wrote a part of it,
    `ActOutOfTurn`, `ReadChanged`, and `RequestIncomplete` or `CarriageRefused` when the last check
    stops it after all (the request is then kept as stopped).
    """
    require_part(actor, Direction.OUTGOING, Act.RELEASED)
    with transaction(node):
        request = load_request(request_id)
        require_turn(node, request, Act.RELEASED)
        require_other_eyes(node, request, actor, Act.RELEASED)
        require_unchanged(request.reference, request.changed_at, based_on)
        case = read_case(node, request)
        check = check_case(node, case)
        store_findings(node, request, check)
        if check.may_leave:
            return _release(node, request, case, check, actor)
        _stop(node, request, check, actor)
    raise _refusal(case, check)


def withdraw(node: Node, *, actor: Actor, request_id: RequestId) -> None:
    """Withdraw a request of this node: a draft ends here, a released one is recalled by a message of its own.

    Raises `RoleMissing`, `NoSuchRequest` or `ActOutOfTurn` (an answered request cannot be withdrawn).
    """
    require_part(actor, Direction.OUTGOING, Act.WITHDRAWN)
    with transaction(node):
        request = load_request(request_id)
        left = request.message_id is not None
        move_on(node, request, Act.WITHDRAWN, actor=actor)
        if left:
            tell(node, request, read_sides(node, request), RequestWithdrawn(request.id, node.clock.now()))


def tell(node: Node, request: Request, sides: Sides, message: Message) -> MessageId | None:
    """Hand a message about `request` to the channel, in the request's own thread and with its urgency.

    Nothing is sent to a party on paper: people print and bring it, and the journal says so.
    """
    if sides.on_paper:
        return None
    return submit_message(
        node,
        partner_id=find_partner_of(node, sides).id,
        message=message,
        thread_id=ThreadId(request.thread_id),
        urgent=request.urgent,
    )


def name_message(message_id: MessageId | None) -> dict[str, str]:
    """Return what an entry says of the message that left, if one did."""
    return {} if message_id is None else {"message": str(message_id)}


def _release(node: Node, request: Request, case: Case, check: CheckResult, actor: Actor) -> MessageId | None:
    now = node.clock.now()
    statement = ReleaseStatement(
        request=request.id,
        reference=case.reference,
        form=describe_form(case.form),
        content_digest=case.content_digest,
        requesting=case.sides.requesting.id,
        requested=case.sides.requested.id,
        rules_digest=check.evaluation.rules_digest,
        decision=check.evaluation.decision.outcome.value,
        clearances=describe_clearances(case, check.evaluation),
        approved_by=actor.post,
        at=now,
    )
    signed = statement.to_bytes()
    signature = node.keyring.sign(RELEASE_LABEL, signed, at=now)
    request.approver_id = actor.user_id
    request.statement, request.signature = signed, signature.to_json()
    released = RequestReleased(
        request=request.id,
        reference=request.reference,
        form=statement.form,
        content=case.content,
        salt=case.salt,
        evaluation=EvaluationTold.from_json(check.evaluation.to_json()),
        statement=statement,
        signature=signature,
    )
    message_id = tell(node, request, case.sides, released)
    request.message_id = message_id
    digests = {**_digests(request), "content": statement.content_digest, **name_message(message_id)}
    move_on(node, request, Act.RELEASED, actor=actor, at=now, content=digests)
    return message_id


def _stop(node: Node, request: Request, check: CheckResult, actor: Actor) -> None:
    code = INCOMPLETE if not check.completeness.allows else _first_rule(check)
    move_on(node, request, Act.STOPPED, actor=actor, code=code, content=_digests(request))


def _refusal(case: Case, check: CheckResult) -> RequestIncomplete | CarriageRefused:
    if not check.completeness.allows:
        return RequestIncomplete(reference=case.reference, count=len(check.completeness.reasons))
    rules = sorted({reason.rule_id for reason in check.remaining.reasons})
    return CarriageRefused(reference=case.reference, rules=", ".join(rules))


def _first_rule(check: CheckResult) -> str:
    return check.remaining.reasons[0].rule_id if check.remaining.reasons else check.remaining.outcome.value


def _digests(request: Request) -> dict[str, Any]:
    return {"outcome": request.outcome, "rules": request.rules_digest, "facts": request.facts_digest}
