"""Builders of people with roles."""

from itertools import count

from entraide.access.api import Actor, Role, create_user
from entraide.kernel.node import Node

PASSWORD = "correct horse battery staple"
_numbers = count(1)


def make_actor(node: Node, *roles: Role, username: str | None = None, password: str | None = None) -> Actor:
    """Return a new person at `node` with `roles` (a case officer when none is named); the post is "<role> <number>"."""
    held = roles or (Role.case_officer,)
    number = next(_numbers)
    return create_user(
        node,
        username=username or f"{held[0].value}.{number}",
        password=password,
        roles=held,
        post=f"{held[0].label} {number}",
        unit_name="Department of Tests",
    )
