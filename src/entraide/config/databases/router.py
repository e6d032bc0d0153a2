"""Routes every model to the database of the node that is active in this thread or task."""

from typing import Any

from entraide.kernel.node import active_database


class ActiveNodeRouter:
    """Django's database router for one or many nodes in a process."""

    def db_for_read(self, model: type[Any], **hints: Any) -> str:  # noqa: ANN401, ARG002 - Django's interface
        """Return the alias of the active node."""
        return active_database.get()

    def db_for_write(self, model: type[Any], **hints: Any) -> str:  # noqa: ANN401, ARG002 - Django's interface
        """Return the alias of the active node."""
        return active_database.get()
