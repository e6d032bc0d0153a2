"""What the commands need from the composition above them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from entraide.kernel.node import Node, NodeSettings


class Composition(Protocol):
    """Builds nodes and serves them; implemented by `config.command`."""

    def current_node(self) -> Node:
        """Return the node of `ENTRAIDE_HOME`; raises `NoSuchHome`."""
        ...

    def open_node(self, home: Path, alias: str) -> Node:
        """Return the node of `home` beside others in this process, its database under `alias`."""
        ...

    def create_home(
        self, settings: NodeSettings, *, database_url: str | None = None, clock_offset_days: int = 0
    ) -> None:
        """Create the folder, keys and database of a new node; raises `HomeExists`.

        `clock_offset_days` moves the clock of a demonstration.
        """
        ...

    def demand_free_port(self, port: int) -> None:
        """Raise `AddressTaken` when something listens at `port` already."""
        ...

    def demand_no_real_node(self, home: Path) -> None:
        """Raise `HomeExists` when `home` holds anything but a demonstration, which alone may be replaced."""
        ...

    def serve(self, *, host: str, port: int, with_worker: bool, on_ready: Callable[[], None]) -> None:
        """Serve the current node until a signal; raises `AddressTaken`."""
        ...

    def work(self, on_ready: Callable[[], None]) -> None:
        """Deliver for the current node until a signal."""
        ...

    def serving(self, home: Path, *, port: int) -> AbstractContextManager[int]:
        """Serve the node of `home` in a process of its own inside the `with` block; gives its process id."""
        ...

    def migrate(self) -> None:
        """Bring the database of the current node up to date."""
        ...

    def check(self) -> list[str]:
        """Return what is wrong with the current node, one line each; an empty list when all is well."""
        ...
