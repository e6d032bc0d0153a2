"""Opening what a request says: a reason, journaled; and for what a partner sent, the evidence of retrieval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entraide.access.api import Actor, Role, record_reason, require_role
from entraide.channel.api import NoSuchMessage, record_retrieval
from entraide.kernel.ids import MessageId, RequestId
from entraide.kernel.node import Node
from entraide.requests.adapters.records import open_content
from entraide.requests.domain.lifecycle import Direction
from entraide.requests.models import Answer, Request
from entraide.requests.selectors import direction_of, require_reason
from entraide.requests.services.answers import RECEIVED, part_of
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
        require_reason(node, actor, request)
        answers = list(Answer.objects.filter(request=request).order_by("created_at"))
        opened = OpenedRequest(
            open_content(node, request, request.content).content,
            {row.id: open_content(node, request, row.content, part_of(row.id)).content for row in answers},
        )
        if actor.has_role(Role.case_officer, Role.approver):
            _record_retrievals(node, request, answers, actor)
    return opened


def _record_retrievals(node: Node, request: Request, answers: Sequence[Answer], actor: Actor) -> None:
    received = [request.message_id] if direction_of(node, request) is Direction.INCOMING else []
    received += [row.message_id for row in answers if row.state == RECEIVED]
    for message_id in filter(None, received):
        try:
            record_retrieval(node, message_id=MessageId(message_id), post=actor.post)
        except NoSuchMessage:  # the channel has deleted what was evidenced long ago
            continue
