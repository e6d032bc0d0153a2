"""What a handler is given and what it says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from entraide.kernel.ids import MessageId, PartnerId, ThreadId
from entraide.kernel.node import Node

WITNESS_TYPE, WITNESS_VERSION = "channel.witness", 1
AUTHORITIES_TYPE, AUTHORITIES_VERSION = "directory.authorities", 1


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """One verified message of a partner. `payload` is what the partner submitted, checked only for its canonical
    form.
    """

    message_id: MessageId
    partner_id: PartnerId
    thread_id: ThreadId
    type: str
    version: int
    payload: dict[str, Any]
    received_at: datetime


@dataclass(frozen=True, slots=True)
class HandlingResult:
    """The handler's word on one message: applied (no `code`), or refused for good with a `code` that the sender
    sees.
    """

    code: str = ""

    @classmethod
    def accepted(cls) -> "HandlingResult":
        """The message was applied."""
        return cls()

    @classmethod
    def rejected(cls, code: str) -> "HandlingResult":
        """The message was refused for good; `code` must reveal nothing that the partner may not know."""
        return cls(code or "rejected")

    @property
    def is_accepted(self) -> bool:
        """Whether the message was applied."""
        return not self.code


Handler = Callable[[Node, Sequence[ReceivedMessage]], Sequence[HandlingResult]]
"""Handles messages of one type and version, in order, in the channel's transaction; one result per message."""
