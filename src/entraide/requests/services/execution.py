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
from entraide.requests.selectors import direction_of, read_sides
from entraide.requests.services.acts import load_request, move_on, require_part
from entraide.requests.services.release import tell
from entraide.storage.api import transaction


def acknowledge(node: Node, *, actor: Actor, request_id: RequestId, content: Mapping[str, Any] | None = None) -> None:
    """Acknowledge an incoming request as a human: who handles it (a post, by default the actor's) and which desk.

    Raises `RoleMissing`, `NoSuchRequest`, `ActOutOfTurn` or `AnswerIncomplete`.
    """
    require_part(actor, Direction.INCOMING, Act.ACKNOWLEDGED)
    answers = dict(content or {"assigned_to": "central_authority", "handling_post": actor.post})
    form = load_form(node, "acknowledgement")
    with transaction(node):
        request = load_request(request_id)
        decision = decide_completeness(form, answers, code_sets(node), node.clock.now())
        if not decision.allows:
            raise AnswerIncomplete(reference=request.reference, count=len(decision.reasons))
        now = node.clock.now()
        move_on(node, request, Act.ACKNOWLEDGED, actor=actor, code=answers["assigned_to"], at=now)
        tell(
            node, request, read_sides(node, request), RequestAcknowledged(request.id, describe_form(form), answers, now)
        )


def start_execution(node: Node, *, actor: Actor, request_id: RequestId) -> None:
    """Decide that an acknowledged request is executed, and tell the requesting side.

    Raises `RoleMissing`, `NoSuchRequest` or `ActOutOfTurn`.
    """
    require_part(actor, Direction.INCOMING, Act.EXECUTION_STARTED)
    with transaction(node):
        request = load_request(request_id)
        now = node.clock.now()
        move_on(node, request, Act.EXECUTION_STARTED, actor=actor, at=now)
        tell(node, request, read_sides(node, request), RequestProgressed(request.id, Act.EXECUTION_STARTED.value, now))


def close(node: Node, *, actor: Actor, request_id: RequestId) -> None:
    """Close an answered request on this side; raises `RoleMissing`, `NoSuchRequest` or `ActOutOfTurn`."""
    with transaction(node):
        request = load_request(request_id)
        require_part(actor, direction_of(node, request), Act.CLOSED)
        move_on(node, request, Act.CLOSED, actor=actor)
