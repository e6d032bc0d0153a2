"""Builds a node from its home; nothing else in Entraide knows how the parts are chosen.

Imports of the contexts stand inside the functions where their models need a Django that is set up.
"""

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import connections

from entraide.config.node_file import HomeNotSet, NodeFile, database_settings, read_node_file
from entraide.kernel.node import Node

if TYPE_CHECKING:
    from entraide.channel.api import Duty, HandlerTable


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock moved by whole days, for a demonstration whose sample data is of another year."""

    def __init__(self, offset: timedelta) -> None:
        self._offset = offset

    def now(self) -> datetime:
        """Return the moved moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset


class SystemRandomness:
    """The operating system's random source."""

    def draw(self, size: int) -> bytes:
        """Return `size` random bytes."""
        return os.urandom(size)


SYSTEM_CLOCK: Final = SystemClock()
SYSTEM_RANDOMNESS: Final = SystemRandomness()


@cache
def current_node() -> Node:
    """Return the node of this process, of the home that `ENTRAIDE_HOME` names; raises `HomeNotSet`, `NoSuchHome`."""
    home = os.environ.get("ENTRAIDE_HOME")
    if not home:
        raise HomeNotSet
    return compose_node(read_node_file(Path(home)))


def open_node(home: Path, alias: str) -> Node:
    """Return the node of `home` with its database under the Django alias `alias`, beside others in this process."""
    file = read_node_file(home)
    configured = connections.configure_settings(
        {"default": connections.databases["default"], alias: database_settings(file.database_url, home)},
    )
    connections.databases[alias] = configured[alias]
    return compose_node(file, alias)


def compose_node(file: NodeFile, alias: str = "default") -> Node:
    """Return the node that `file` describes: system clock and randomness, key ring, HTTP transport, blobs on disk."""
    from entraide.channel.api import HttpTransport  # noqa: PLC0415 - models load after Django is set up
    from entraide.keys.api import load_keyring  # noqa: PLC0415 - the same
    from entraide.storage.api import FileBlobs  # noqa: PLC0415 - the same

    return Node(
        settings=file.node,
        clock=ShiftedClock(file.clock_offset) if file.clock_offset else SYSTEM_CLOCK,
        random=SYSTEM_RANDOMNESS,
        keyring=load_keyring(file.node.home),
        transport=HttpTransport(),
        blobs=FileBlobs(file.node.home / "blobs"),
        database=alias,
        handlers=list_handlers(),
    )


@cache
def list_duties() -> tuple["Duty", ...]:
    """Return what the delivery worker of a node does every hour beside delivering."""
    from entraide.channel.api import Duty  # noqa: PLC0415 - models load after Django is set up
    from entraide.config.nightly import start_nightly_package  # noqa: PLC0415 - the same
    from entraide.config.watching import start_watching  # noqa: PLC0415 - the same
    from entraide.directory.api import forget_ended_keys  # noqa: PLC0415 - the same
    from entraide.publication.api import erase_what_expired  # noqa: PLC0415 - the same
    from entraide.requests.api import erase_expired  # noqa: PLC0415 - the same
    from entraide.storage.api import fold_public_changes  # noqa: PLC0415 - the same

    return (
        Duty("requests.erase_expired", erase_expired),
        Duty("publication.erase_what_expired", erase_what_expired),
        Duty("directory.forget_ended_keys", forget_ended_keys),
        Duty("journal.fold_public_changes", fold_public_changes),
        Duty("communiques.nightly_package", start_nightly_package),
        Duty("communiques.watch", start_watching, timedelta(minutes=1)),
    )


@cache
def list_handlers() -> "HandlerTable":
    """Return the one handler of each message type and version: the list of all that a partner may say."""
    from entraide.channel.api import HANDLERS as CHANNEL_HANDLERS  # noqa: PLC0415 - models load after Django is set up
    from entraide.channel.api import HandlerTable  # noqa: PLC0415 - the same
    from entraide.plans.api import HANDLERS as PLAN_HANDLERS  # noqa: PLC0415 - the same
    from entraide.requests.api import HANDLERS as REQUEST_HANDLERS  # noqa: PLC0415 - the same

    return HandlerTable.of(CHANNEL_HANDLERS, REQUEST_HANDLERS, PLAN_HANDLERS)
