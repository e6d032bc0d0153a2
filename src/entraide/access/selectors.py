"""Typed reads of users, tokens and reasons."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects

from entraide.access.adapters.tokens import terms_of
from entraide.access.domain.actor import Actor
from entraide.access.domain.errors import NoSuchUser, NotLoggedIn
from entraide.access.domain.roles import Role
from entraide.access.domain.tokens import TokenTerms
from entraide.access.models import AccessReason, ApiToken, Unit, User
from entraide.kernel.ids import UnitId, UserId
from entraide.kernel.node import Node

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

# One stated reason covers a working day at most; then it is asked again.
REASON_HOLDS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class UserAccount:
    """An account as the operator sees it; `last_login` is None before the first."""

    actor: Actor
    unit_name: str
    is_active: bool
    created_at: datetime
    last_login: datetime | None

    @property
    def role_titles(self) -> list[str]:
        """The English titles of the roles held, message ids of the catalogs."""
        return [role.label for role in Role if role in self.actor.roles]


def actor_of(node: Node, user: "AbstractBaseUser | AnonymousUser") -> Actor:
    """Return the actor behind a logged-in Django user; raises `NotLoggedIn` for a visitor or a closed account."""
    with node.active():
        if not isinstance(user, User) or not user.is_active:
            # `request.user` is lazy; isinstance sees through it.
            raise NotLoggedIn
        # Asked several times while a page is made; the roles are read once and stay with the user object.
        prefetch_related_objects([user], "role_assignments")
        return _actor(user)


def get_actor(node: Node, username: str) -> Actor:
    """Return the actor with `username`; raises `NoSuchUser` when there is none or the account is closed."""
    with node.active():
        user = User.objects.prefetch_related("role_assignments").filter(username=username, is_active=True).first()
        if user is None:
            raise NoSuchUser
        return _actor(user)


def get_actor_by_id(node: Node, user_id: UserId) -> Actor:
    """Return the actor with `user_id`, also of a closed account; raises `NoSuchUser`."""
    with node.active():
        user = User.objects.prefetch_related("role_assignments").filter(id=user_id).first()
        if user is None:
            raise NoSuchUser
        return _actor(user)


def list_actors(node: Node, *, role: Role | None = None) -> list[Actor]:
    """Return everyone with an open account, by user name, or those who hold `role`."""
    with node.active():
        actors = [_actor(user) for user in _users().filter(is_active=True)]
    return [actor for actor in actors if role is None or role in actor.roles]


def list_users(node: Node) -> list[UserAccount]:
    """Return every account, open ones first, by user name."""
    with node.active():
        return [
            UserAccount(
                actor=_actor(user),
                unit_name=user.unit.name if user.unit else "",
                is_active=user.is_active,
                created_at=user.created_at,
                last_login=user.last_login,
            )
            for user in _users().order_by("-is_active", "username")
        ]


def list_unit_names(node: Node) -> list[str]:
    """Return the names of the units, in order."""
    with node.active():
        return list(Unit.objects.order_by("name").values_list("name", flat=True))


def get_unit_name(node: Node, unit_id: UnitId) -> str:
    """Return the name of a unit, or an empty text when it is gone."""
    with node.active():
        return Unit.objects.filter(id=unit_id).values_list("name", flat=True).first() or ""


def list_tokens(node: Node) -> list[TokenTerms]:
    """Return every token, newest first, without its secret."""
    with node.active():
        return [terms_of(token) for token in ApiToken.objects.order_by("-created_at")]


def has_reason(node: Node, *, actor: Actor, subject: UUID) -> bool:
    """Return whether `actor` gave a reason for opening `subject` within the last 12 hours."""
    since = node.clock.now() - REASON_HOLDS
    with node.active():
        return AccessReason.objects.filter(user_id=actor.user_id, subject=subject, given_at__gt=since).exists()


def _users() -> "QuerySet[User]":
    return User.objects.select_related("unit").prefetch_related("role_assignments").order_by("username")


def _actor(user: User) -> Actor:
    return Actor(
        user_id=UserId(user.id),
        username=user.username,
        post=user.post,
        roles=frozenset(Role(row.role) for row in user.role_assignments.all()),
        unit_id=UnitId(user.unit_id) if user.unit_id else None,
    )
