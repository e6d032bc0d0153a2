"""A site in memory: the pages of one node, visited by people with roles."""

from dataclasses import dataclass

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from entraide.access.api import Actor, Role
from entraide.config import middleware
from entraide.kernel.node import Node
from tests.factories.nodes import make_node
from tests.factories.people import make_actor


@dataclass(frozen=True)
class Site:
    """The node that serves the pages, and browsers of its people."""

    node: Node

    def visitor(self) -> Client:
        """Return the browser of someone who is not logged in."""
        return Client()

    def client_of(self, actor: Actor) -> Client:
        """Return a browser in which `actor` is logged in."""
        client = Client()
        client.force_login(get_user_model().objects.get(pk=actor.user_id))
        return client

    def client_as(self, *roles: Role) -> Client:
        """Return the browser of a new person with `roles`."""
        return self.client_of(make_actor(self.node, *roles))


@pytest.fixture
def node() -> Node:
    """The node that serves; a module may give its own."""
    return make_node()


@pytest.fixture
def site(node: Node, db: None, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The pages of `node`: composition hands it to the middleware in place of the one of ENTRAIDE_HOME."""
    monkeypatch.setattr(middleware, "current_node", lambda: node)
    return Site(node)
