"""Tells the delivery worker of the same process that something waits; other processes look by themselves."""

from threading import Event, Lock

from entraide.kernel.node import Node

_events: dict[str, Event] = {}
_guard = Lock()


def wake_event(node: Node) -> Event:
    """Return the event that the worker of `node` waits on."""
    with _guard:
        return _events.setdefault(f"{node.settings.home}|{node.database}", Event())


def wake_delivery(node: Node) -> None:
    """Let the worker of `node` look at once."""
    wake_event(node).set()
