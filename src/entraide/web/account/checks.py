"""What the site refuses to start with."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error

from entraide.kernel.node import NodeSettings


def is_loopback(origin: str) -> bool:
    """Return whether an origin's host can be reached from this machine alone."""
    host = urlsplit(origin).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def opens_demonstration(node: NodeSettings) -> bool:
    """Return whether visitors may take a role without a password: a demonstration that only this machine reaches."""
    return node.demonstration and is_loopback(node.origin)


def check_demonstration(**_: Any) -> list[CheckMessage]:  # noqa: ANN401 - Django's interface
    """Refuse a demonstration that others could reach: whoever opens its page acts as anyone."""
    file = getattr(settings, "NODE_FILE", None)
    return demonstration_errors(file.node) if file else []


def demonstration_errors(node: NodeSettings) -> list[CheckMessage]:
    """Return the error of `check_demonstration` for the settings of a node, if there is one."""
    if not node.demonstration or is_loopback(node.origin):
        return []
    message = f"This node is a demonstration, yet its origin is {node.origin}."
    hint = "Set demonstration = false in node.toml, or an origin on 127.0.0.1."
    return [Error(message, hint=hint, id="entraide.E001")]
