"""Opening what a request says: a reason, journaled; and for what a partner sent, the evidence of retrieval."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, record_reason, require_role
from entraide.channel.api import NoSuchMessage, record_retrieval
from entraide.kernel.ids import MessageId, RequestId
from entraide.kernel.node import Node
from entraide.requests.domain.lifecycle import Direction
from entraide.requests.models import Answer, Request
from entraide.requests.selectors import direction_of, read_answer, read_content
from entraide.requests.services.cases import load_request
from entraide.storage.api import transaction


@dataclass(frozen=True, slots=True)
class OpenedRequest:
    """What a request and its answers say; answers by their id."""

    content: dict[str, Any]
    answers: dict[UUID, dict[str, Any]]


def open_request(node: Node, *, actor: Actor, request_id: RequestId, reason: str = "") -> OpenedRequest:
    """Return what a request and its answers say, for someone who gives a `reason` or gave one lately.

    The reason is journaled; the first time that a post here opens what a partner sent, the partner gets the evidence
    of retrieval. Raises `RoleMissing`, `ReasonMissing`, `NoSuchRequest` or `RequestErased`.
    """
    require_role(actor, Role.case_officer, Role.approver, Role.auditor)
    with transaction(node):
        request = load_request(request_id)
        if reason.strip():
            record_reason(node, actor=actor, subject=request_id, reason=reason)
        content = read_content(node, actor=actor, request_id=request_id)
        answers = {
            row.id: read_answer(node, actor=actor, request_id=request_id, answer_id=row.id)
            for row in Answer.objects.filter(request=request).order_by("created_at")
        }
        if actor.has_role(Role.case_officer, Role.approver):
            _record_retrievals(node, request, actor)
    return OpenedRequest(content, answers)


def _record_retrievals(node: Node, request: Request, actor: Actor) -> None:
    received = [request.message_id] if direction_of(node, request) is Direction.INCOMING else []
    received += Answer.objects.filter(request=request, state="received").values_list("message_id", flat=True)
    for message_id in filter(None, received):
        try:
            record_retrieval(node, message_id=MessageId(message_id), post=actor.post)
        except NoSuchMessage:  # the channel has deleted what was evidenced long ago
            continue
