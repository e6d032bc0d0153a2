"""What every view is given: a request that knows its node."""

from typing import cast

from django.http import HttpRequest

from entraide.kernel.node import Node


def node_of(request: HttpRequest) -> Node:
    """Return the node that serves `request` (set by `config.middleware.NodeMiddleware`)."""
    return cast(Node, request.node)  # type: ignore[attr-defined]  # set by the middleware
