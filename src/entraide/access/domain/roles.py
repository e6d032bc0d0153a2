"""Roles, and which of them one person may hold together."""

from collections.abc import Iterable
from enum import StrEnum

from entraide.kernel.decision import Decision, Outcome, Reason
from entraide.kernel.node import Edition
from entraide.kernel.text import N_


class Role(StrEnum):
    """What a person of a node is trusted with; DESIGN's five kinds of user of a node."""

    desk_officer = "desk_officer"
    case_officer = "case_officer"
    approver = "approver"
    auditor = "auditor"
    operator = "operator"

    @property
    def label(self) -> str:
        """The role's English name, a message id of the catalogs."""
        return ROLE_TITLES[self]


ROLE_TITLES = {
    Role.desk_officer: N_("Desk officer"),
    Role.case_officer: N_("Case officer"),
    Role.approver: N_("Approver"),
    Role.auditor: N_("Auditor"),
    Role.operator: N_("Operator"),
}

ROLES_OF_EDITION = {
    Edition.NODE: frozenset(Role),
    # Without requests and plans there is nothing to draft for a partner and nothing to approve.
    Edition.OBSERVATORY: frozenset({Role.desk_officer, Role.auditor, Role.operator}),
}

# An auditor reads and verifies what the others did, so an auditor does none of it (EU Directive 2016/680, arts 25
# and 32-34: the supervisor of the logs is not their author).
ACTING_ROLES = frozenset(Role) - {Role.auditor}


def decide_roles(roles: Iterable[Role]) -> Decision:
    """Return whether one person may hold all of `roles`: at least one, and an auditor none that acts."""
    held = frozenset(roles)
    rules = ("access.some_role", "access.auditor_apart")
    if not held:
        return Decision(Outcome.BLOCK, rules, (Reason(rules[0], N_("A person needs at least one role.")),))
    if Role.auditor in held and held & ACTING_ROLES:
        reason = Reason(rules[1], N_("An auditor holds no other role, because nobody audits their own acts."))
        return Decision(Outcome.BLOCK, rules, (reason,))
    return Decision(Outcome.PERMIT, rules)
