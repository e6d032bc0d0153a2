"""The entries that acts on plans leave in the journal."""

from typing import Any
from uuid import UUID

from entraide.journal.api import append_entry
from entraide.kernel.ids import UserId
from entraide.kernel.node import Node


def record(node: Node, act: str, subject: UUID, by: UserId | None, /, **content: Any) -> None:  # noqa: ANN401 - JSON
    """Append the entry `plans.<act>`; ids become text, so that the content stays canonical."""
    plain = {key: str(value) if isinstance(value, UUID) else value for key, value in content.items()}
    append_entry(node, kind=f"plans.{act}", subject=subject, content=plain, actor=by)
