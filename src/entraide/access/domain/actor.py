"""The person who acts, as every service sees them, and the two checks that every act may need."""

from dataclasses import dataclass

from entraide.access.domain.errors import RoleMissing, SamePerson
from entraide.access.domain.roles import Role
from entraide.kernel.ids import UnitId, UserId


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who is logged in at this node.

    `post` is the public title that records and partners see instead of a name; `username` is for this node's own
    screens alone.
    """

    user_id: UserId
    username: str
    post: str
    roles: frozenset[Role]
    unit_id: UnitId | None = None

    def has_role(self, *roles: Role) -> bool:
        """Return whether the person holds at least one of `roles`; of none, nobody does."""
        return bool(self.roles & frozenset(roles))


def require_role(actor: Actor, *roles: Role) -> None:
    """Raise `RoleMissing` unless `actor` holds at least one of `roles`; with no roles named it always raises."""
    if not actor.has_role(*roles):
        raise RoleMissing(roles=", ".join(role.label for role in roles) or "-")


def require_four_eyes(drafter: UserId, approver: Actor) -> None:
    """Raise `SamePerson` when `approver` would approve what they drafted themselves."""
    if approver.user_id == drafter:
        raise SamePerson
