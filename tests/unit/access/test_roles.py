"""Which roles one person may hold, and the two checks of an act."""

from uuid import UUID

import pytest

from entraide.access.api import Actor, Role, RoleMissing, SamePerson, decide_roles, require_four_eyes, require_role
from entraide.kernel.decision import Outcome
from entraide.kernel.ids import UserId

DRAFTER, OTHER = UserId(UUID(int=1)), UserId(UUID(int=2))


def actor(*roles: Role, user_id: UserId = DRAFTER) -> Actor:
    return Actor(user_id, "x", "Officer", frozenset(roles))


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        pytest.param([], Outcome.BLOCK, id="nobody without a role"),
        pytest.param([Role.auditor], Outcome.PERMIT, id="auditor alone"),
        pytest.param([Role.auditor, Role.operator], Outcome.BLOCK, id="auditor and operator"),
        pytest.param([Role.auditor, Role.case_officer], Outcome.BLOCK, id="auditor and case officer"),
        pytest.param([Role.case_officer, Role.approver], Outcome.PERMIT, id="drafts and approves others' drafts"),
        pytest.param([role for role in Role if role is not Role.auditor], Outcome.PERMIT, id="every acting role"),
    ],
)
def test_auditor_holds_no_acting_role(roles, expected):
    """One person may hold several roles that act, or the auditor's alone, and at least one."""
    assert decide_roles(roles).outcome is expected


def test_require_role_names_what_is_missing():
    """An actor without any of the roles is told which ones would do."""
    require_role(actor(Role.approver), Role.case_officer, Role.approver)
    with pytest.raises(RoleMissing, match="Case officer, Approver"):
        require_role(actor(Role.auditor), Role.case_officer, Role.approver)


def test_require_role_of_no_role_permits_nobody():
    """A check that names no role is a mistake and lets nobody through."""
    with pytest.raises(RoleMissing):
        require_role(actor(*Role))


def test_nobody_approves_their_own_draft():
    """The drafter is refused as approver whatever their roles; anyone else passes."""
    with pytest.raises(SamePerson):
        require_four_eyes(DRAFTER, actor(Role.approver, user_id=DRAFTER))
    require_four_eyes(DRAFTER, actor(Role.approver, user_id=OTHER))
