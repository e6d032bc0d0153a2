"""What a request says, for those who gave a reason."""

from typing import Any
from uuid import UUID

from entraide.access.api import Actor, ReasonMissing, Role, has_reason, require_role
from entraide.kernel.ids import RequestId
from entraide.kernel.node import Node
from entraide.requests.adapters.records import open_content
from entraide.requests.domain.errors import NoSuchRequest
from entraide.requests.domain.lifecycle import State
from entraide.requests.models import Answer, Request
from entraide.requests.selectors.rows import get_row

DRAFTING = (State.DRAFT, State.STOPPED, State.AWAITING_APPROVAL)


def read_content(node: Node, *, actor: Actor, request_id: RequestId) -> dict[str, Any]:
    """Return what a request says. Raises `NoSuchRequest`, `RoleMissing`, `ReasonMissing` or `RequestErased`.

    The drafter reads their own draft; everybody else has given a reason first (`access.api.record_reason`), which is
    journaled: who, when, why (EU Directive 2016/680, article 25).
    """
    with node.active():
        request = get_row(node, request_id)
        _require_reason(node, actor, request)
        return open_content(node, request, request.content).content


def read_answer(node: Node, *, actor: Actor, request_id: RequestId, answer_id: UUID) -> dict[str, Any]:
    """Return what an answer says; raises `NoSuchRequest` where there is none, otherwise as `read_content` does."""
    with node.active():
        request = get_row(node, request_id)
        _require_reason(node, actor, request)
        answer = Answer.objects.filter(id=answer_id, request=request).first()
        if answer is None:
            raise NoSuchRequest
        return open_content(node, request, answer.content, f"answer/{answer.id}").content


def may_read(node: Node, *, actor: Actor, request_id: RequestId) -> bool:
    """Return whether `actor` may open the content now, or has to give a reason first."""
    with node.active():
        return _needs_no_reason(actor, get_row(node, request_id)) or has_reason(node, actor=actor, subject=request_id)


def _require_reason(node: Node, actor: Actor, request: Request) -> None:
    require_role(actor, Role.case_officer, Role.approver, Role.auditor)
    if not _needs_no_reason(actor, request) and not has_reason(node, actor=actor, subject=request.id):
        raise ReasonMissing


def _needs_no_reason(actor: Actor, request: Request) -> bool:
    return request.drafter_id == actor.user_id and request.state in {state.value for state in DRAFTING}
