"""From draft to release.

An incomplete request is stopped with its reasons, a blocked one is refused carriage, and nothing leaves without the
signature that a second person asked for.
"""

from dataclasses import dataclass
from datetime import datetime

from entraide.access.api import Actor
from entraide.kernel.ids import MessageId, RequestId
from entraide.kernel.node import Node
from entraide.requests.adapters.lifecycle import load_lifecycle
from entraide.requests.domain.case import Case, CheckResult, describe_clearances
from entraide.requests.domain.errors import CarriageRefused, RequestIncomplete
from entraide.requests.domain.lifecycle import Act, Direction, State
from entraide.requests.domain.messages import EvaluationTold, RequestReleased, RequestWithdrawn
from entraide.requests.domain.statements import (
    RELEASE_LABEL,
    ReleaseStatement,
    describe_form,
)
from entraide.requests.domain.steps import require_turn
from entraide.requests.services.acts import (
    move_on,
    name_digests,
    require_other_eyes,
    require_part,
    require_unchanged,
)
from entraide.requests.services.cases import load_case, load_case_to_check
from entraide.requests.services.checks import check_case, columns_of, replace_findings
from entraide.requests.services.telling import name_message, tell
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
        case = load_case_to_check(node, request_id)
        check = check_case(node, case)
        replace_findings(node, request_id, check)
        if check.may_leave:
            after = move_on(
                node, case, Act.SUBMITTED, actor=actor, entry=name_digests(check), columns=columns_of(check)
            )
        else:
            after = _stop(node, case, check, actor)
        return Submission(after.state, check)


def return_to_drafter(node: Node, *, actor: Actor, request_id: RequestId) -> None:
    """Send a request that waits for approval back to its drafter; raises as `approve_release` does."""
    require_part(actor, Direction.OUTGOING, Act.RETURNED)
    with transaction(node):
        move_on(node, load_case(node, request_id), Act.RETURNED, actor=actor)


def approve_release(
    node: Node, *, actor: Actor, request_id: RequestId, based_on: datetime | None = None
) -> MessageId | None:
    """Release a request: four eyes, checked once more, signed as a statement, submitted to the channel.

    Returns the id of its message, None where the requested party is on paper: people print it and take it there. All
    in one transaction with its journal entry: a crash releases it wholly or not at all. `based_on` is the request's
    `changed_at` when its approver read it. Raises `RoleMissing`, `SamePerson` for everyone who wrote a part of it,
    `ActOutOfTurn`, `ReadChanged`, and `RequestIncomplete` or `CarriageRefused` when the last check
    stops it after all (the request is then kept as stopped).
    """
    require_part(actor, Direction.OUTGOING, Act.RELEASED)
    with transaction(node):
        case = load_case_to_check(node, request_id, eyes_on=Act.RELEASED)
        require_turn(case, load_lifecycle(), Act.RELEASED)
        require_other_eyes(case, actor)
        require_unchanged(case.reference, case.changed_at, based_on)
        check = check_case(node, case)
        replace_findings(node, request_id, check)
        if check.may_leave:
            return _release(node, case, check, actor)
        _stop(node, case, check, actor)
    raise _refusal(case, check)


def withdraw(node: Node, *, actor: Actor, request_id: RequestId) -> None:
    """Withdraw a request of this node: a draft ends here, a released one is recalled by a message of its own.

    Raises `RoleMissing`, `NoSuchRequest` or `ActOutOfTurn` (an answered request cannot be withdrawn).
    """
    require_part(actor, Direction.OUTGOING, Act.WITHDRAWN)
    with transaction(node):
        case = load_case(node, request_id)
        move_on(node, case, Act.WITHDRAWN, actor=actor)
        if case.has_left:
            tell(node, case, RequestWithdrawn(case.id, node.clock.now()))


def _release(node: Node, case: Case, check: CheckResult, actor: Actor) -> MessageId | None:
    now, written = node.clock.now(), case.says
    statement = ReleaseStatement(
        request=case.id,
        reference=case.reference,
        form=describe_form(case.form),
        content_digest=written.digest,
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
    released = RequestReleased(
        request=case.id,
        reference=case.reference,
        form=statement.form,
        content=written.content,
        salt=written.salt,
        evaluation=EvaluationTold.from_json(check.evaluation.to_json()),
        statement=statement,
        signature=signature,
    )
    message_id = tell(node, case, released)
    columns = {
        **columns_of(check),
        "approver_id": actor.user_id,
        "statement": signed,
        "signature": signature.to_json(),
        "message_id": message_id,
    }
    entry = {**name_digests(check), "content": statement.content_digest, **name_message(message_id)}
    move_on(node, case, Act.RELEASED, actor=actor, at=now, entry=entry, columns=columns)
    return message_id


def _stop(node: Node, case: Case, check: CheckResult, actor: Actor) -> Case:
    code = INCOMPLETE if not check.completeness.allows else _first_rule(check)
    return move_on(
        node, case, Act.STOPPED, actor=actor, code=code, entry=name_digests(check), columns=columns_of(check)
    )


def _refusal(case: Case, check: CheckResult) -> RequestIncomplete | CarriageRefused:
    if not check.completeness.allows:
        return RequestIncomplete(reference=case.reference, count=len(check.completeness.reasons))
    rules = sorted({reason.rule_id for reason in check.remaining.reasons})
    return CarriageRefused(reference=case.reference, rules=", ".join(rules))


def _first_rule(check: CheckResult) -> str:
    return check.remaining.reasons[0].rule_id if check.remaining.reasons else check.remaining.outcome.value
