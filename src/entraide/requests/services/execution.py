"""The requested side: a human acknowledges, says that execution has begun, and either side closes what is answered."""

from collections.abc import Mapping
from typing import Any

from entraide.access.api import Actor
from entraide.kernel.ids import RequestId
from entraide.kernel.node import Node
from entraide.requests.adapters.vocabulary import code_sets, load_form
from entraide.requests.domain.completeness import decide_completeness
from entraide.requests.domain.errors import AnswerIncomplete
from entraide.requests.domain.lifecycle import Act, Direction
from entraide.requests.domain.messages import RequestAcknowledged, RequestProgressed
from entraide.requests.domain.statements import describe_form
from entraide.requests.services.acts import move_on, require_part
from entraide.requests.services.cases import load_case
from entraide.requests.services.telling import tell
from entraide.storage.api import transaction


def acknowledge(node: Node, *, actor: Actor, request_id: RequestId, content: Mapping[str, Any] | None = None) -> None:
    """Acknowledge an incoming request as a human: who handles it (a post, by default the actor's) and which desk.

    Raises `RoleMissing`, `NoSuchRequest`, `ActOutOfTurn` or `AnswerIncomplete`.
    """
    require_part(actor, Direction.INCOMING, Act.ACKNOWLEDGED)
    answers = dict(content or {"assigned_to": "central_authority", "handling_post": actor.post})
    form = load_form(node, "acknowledgement")
    with transaction(node):
        case, now = load_case(node, request_id), node.clock.now()
        decision = decide_completeness(form, answers, code_sets(node), now)
        if not decision.allows:
            raise AnswerIncomplete(reference=case.reference, count=len(decision.reasons))
        move_on(node, case, Act.ACKNOWLEDGED, actor=actor, code=answers["assigned_to"], at=now)
        tell(node, case, RequestAcknowledged(case.id, describe_form(form), answers, now))


def start_execution(node: Node, *, actor: Actor, request_id: RequestId) -> None:
    """Decide that an acknowledged request is executed, and tell the requesting side.

    Raises `RoleMissing`, `NoSuchRequest` or `ActOutOfTurn`.
    """
    require_part(actor, Direction.INCOMING, Act.EXECUTION_STARTED)
    with transaction(node):
        case, now = load_case(node, request_id), node.clock.now()
        move_on(node, case, Act.EXECUTION_STARTED, actor=actor, at=now)
        tell(node, case, RequestProgressed(case.id, Act.EXECUTION_STARTED.value, now))


def close(node: Node, *, actor: Actor, request_id: RequestId) -> None:
    """Close an answered request on this side; raises `RoleMissing`, `NoSuchRequest` or `ActOutOfTurn`."""
    with transaction(node):
        case = load_case(node, request_id)
        require_part(actor, case.direction, Act.CLOSED)
        move_on(node, case, Act.CLOSED, actor=actor)
