"""Who may read what a request says: those who gave a reason."""

from entraide.access.api import Actor, ReasonMissing, Role, has_reason, require_role
from entraide.kernel.ids import RequestId
from entraide.kernel.node import Node
from entraide.requests.domain.lifecycle import State
from entraide.requests.models import Request
from entraide.requests.selectors.rows import get_row

DRAFTING = (State.DRAFT, State.STOPPED, State.AWAITING_APPROVAL)


def may_read(node: Node, *, actor: Actor, request_id: RequestId) -> bool:
    """Return whether `actor` may open the content now, or has to give a reason first."""
    with node.active():
        return _needs_no_reason(actor, get_row(node, request_id)) or has_reason(node, actor=actor, subject=request_id)


def require_reason(node: Node, actor: Actor, request: Request) -> None:
    """Raise `RoleMissing` or `ReasonMissing` unless `actor` may read what a request and its answers say.

    The drafter reads their own draft; everybody else has given a reason first (`access.api.record_reason`), which is
    journaled: who, when, why (EU Directive 2016/680, article 25).
    """
    require_role(actor, Role.case_officer, Role.approver, Role.auditor)
    if not _needs_no_reason(actor, request) and not has_reason(node, actor=actor, subject=request.id):
        raise ReasonMissing


def _needs_no_reason(actor: Actor, request: Request) -> bool:
    return request.drafter_id == actor.user_id and request.state in {state.value for state in DRAFTING}
