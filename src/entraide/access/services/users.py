"""Opening, changing and closing accounts; each act is journaled."""

import re
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from entraide.access.domain.actor import Actor, require_role
from entraide.access.domain.errors import (
    BadUserName,
    LastOperator,
    NoSuchUser,
    PostMissing,
    RoleOfNodesOnly,
    RolesExclude,
    UserExists,
    WeakPassword,
)
from entraide.access.domain.roles import ROLES_OF_EDITION, Role, decide_roles
from entraide.access.models import RoleAssignment, Unit, User
from entraide.access.selectors import get_actor_by_id
from entraide.journal.api import append_entry
from entraide.kernel.ids import UnitId, UserId, new_uuid
from entraide.kernel.node import Node
from entraide.storage.api import transaction

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,59}\Z")


def create_user(
    node: Node,
    *,
    username: str,
    password: str | None,
    roles: Iterable[Role],
    post: str,
    unit_name: str | None = None,
    actor: Actor | None = None,
) -> Actor:
    """Open an account and return its actor.

    `actor` is the operator who opens it; None is for the command line of a new node. Without a `password` the account
    cannot be logged into by password (the demonstration, tests). Raises `RoleMissing`, `BadUserName`, `PostMissing`,
    `RolesExclude`, `RoleOfNodesOnly`, `WeakPassword` or `UserExists`.
    """
    if actor is not None:
        require_role(actor, Role.operator)
    held = frozenset(Role(role) for role in roles)
    if not _USERNAME.match(username):
        raise BadUserName
    if not post.strip():
        raise PostMissing
    _require_compatible(node, held)
    if password is not None:
        _require_strong(password)
    with transaction(node):
        if User.objects.filter(username=username).exists():
            raise UserExists
        user = User.objects.create(
            id=new_uuid(node),
            username=username,
            password=make_password(password),
            post=post.strip()[:200],
            unit_id=_ensure_unit(node, unit_name) if unit_name else None,
            created_at=node.clock.now(),
        )
        _assign(node, user, held)
        append_entry(
            node,
            kind="access.user_created",
            subject=user.id,
            content={"roles": sorted(held), "unit": str(user.unit_id) if user.unit_id else None},
            actor=actor.user_id if actor else None,
        )
    return get_actor_by_id(node, UserId(user.id))


def set_roles(node: Node, *, actor: Actor, user_id: UserId, roles: Iterable[Role]) -> Actor:
    """Give a person exactly `roles`; raises `RoleMissing`, `RolesExclude`, `NoSuchUser` or `LastOperator`."""
    require_role(actor, Role.operator)
    held = frozenset(Role(role) for role in roles)
    _require_compatible(node, held)
    with transaction(node):
        user = _load(user_id)
        if Role.operator not in held:
            _require_other_operator(user)
        before = sorted(user.role_assignments.values_list("role", flat=True))
        user.role_assignments.all().delete()
        _assign(node, user, held)
        append_entry(
            node,
            kind="access.roles_changed",
            subject=user.id,
            content={"before": before, "after": sorted(held)},
            actor=actor.user_id,
        )
    return get_actor_by_id(node, user_id)


def deactivate_user(node: Node, *, actor: Actor, user_id: UserId) -> None:
    """Close an account: its sessions and tokens stop working, its acts stay. Raises as `set_roles` does."""
    require_role(actor, Role.operator)
    with transaction(node):
        user = _load(user_id)
        _require_other_operator(user)
        if user.is_active:
            user.is_active = False
            user.save(update_fields=["is_active"])
            append_entry(node, kind="access.user_deactivated", subject=user.id, content={}, actor=actor.user_id)


def set_password(node: Node, *, actor: Actor, user_id: UserId, password: str) -> None:
    """Give a person a new password; an operator for anyone, everyone for themselves. Ends the person's sessions."""
    if actor.user_id != user_id:
        require_role(actor, Role.operator)
    _require_strong(password)
    with transaction(node):
        user = _load(user_id)
        user.password = make_password(password)
        user.save(update_fields=["password"])
        append_entry(node, kind="access.password_set", subject=user.id, content={}, actor=actor.user_id)


def record_demonstration_login(node: Node, *, user_id: UserId) -> None:
    """Journal that a visitor of a demonstration took a role without a password."""
    with transaction(node):
        append_entry(node, kind="access.demonstration_login", subject=user_id, content={}, actor=user_id)


def _load(user_id: UserId) -> User:
    user = User.objects.select_for_update().filter(id=user_id).first()
    if user is None:
        raise NoSuchUser
    return user


def _assign(node: Node, user: User, roles: frozenset[Role]) -> None:
    now = node.clock.now()
    RoleAssignment.objects.bulk_create(
        RoleAssignment(id=new_uuid(node), user=user, role=role, assigned_at=now) for role in sorted(roles)
    )


def _ensure_unit(node: Node, name: str) -> UnitId:
    unit, _ = Unit.objects.get_or_create(name=" ".join(name.split()), defaults={"id": new_uuid(node)})
    return UnitId(unit.id)


def _require_compatible(node: Node, roles: frozenset[Role]) -> None:
    foreign = roles - ROLES_OF_EDITION[node.settings.edition]
    if foreign:
        raise RoleOfNodesOnly(roles=", ".join(role.label for role in Role if role in foreign))
    decision = decide_roles(roles)
    if not decision.allows:
        raise RolesExclude(why=" ".join(reason.message for reason in decision.reasons))


def _require_strong(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        raise WeakPassword from error


def _require_other_operator(user: User) -> None:
    # The rows are locked, so that two operators who close each other's account at once do not both succeed.
    rows = RoleAssignment.objects.select_for_update().filter(role=Role.operator).order_by("id")
    held_by = {row.user_id for row in rows}
    active = set(User.objects.filter(id__in=held_by, is_active=True).values_list("id", flat=True))
    if active == {user.id}:
        raise LastOperator
