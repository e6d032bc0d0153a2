"""Tells the delivery worker of the same process that something waits; other processes look by themselves."""

from threading import Event

from entraide.kernel.node import Node


class WakingDelivery:
    """The event that the worker waits on."""

    def __init__(self) -> None:
        self.event = Event()


def wake_event(node: Node) -> Event:
    """Return the event that the worker of `node` in this process waits on."""
    return node.process.of(WakingDelivery).event


def wake_delivery(node: Node) -> None:
    """Let the worker of `node` look at once."""
    wake_event(node).set()
