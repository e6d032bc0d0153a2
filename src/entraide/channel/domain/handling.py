"""What a handler is given and what it says, and which handler is there for which message."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar

from entraide.channel.domain.errors import HandlerMissing
from entraide.kernel.codecs import Malformed
from entraide.kernel.ids import MessageId, PartnerId, ThreadId
from entraide.kernel.node import Node
from entraide.kernel.wire import Message

Value = TypeVar("Value", bound=Message)


@dataclass(frozen=True, slots=True)
class ReceivedMessage(Generic[Value]):
    """One verified message of a partner; `value` is what it says, in the declared form and bounds."""

    message_id: MessageId
    partner_id: PartnerId
    thread_id: ThreadId
    received_at: datetime
    value: Value


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


Handler: TypeAlias = Callable[[Node, Sequence[ReceivedMessage[Value]]], Sequence[HandlingResult]]
"""Handles messages of one class, in order, in the channel's transaction; one result per message."""


@dataclass(frozen=True, slots=True)
class Handled(Generic[Value]):
    """A class of messages with its handler."""

    message: type[Value]
    handle: Handler[Value]

    def read(self, payload: object) -> Value | HandlingResult:
        """Return what a payload says, or the rejection of one that is not as its class declares it."""
        try:
            return self.message.from_json(payload)
        except Malformed as error:
            return HandlingResult.rejected(error.refusal or self.message.refused_with)


@dataclass(frozen=True, slots=True)
class HandlerTable:
    """The one handler of each type and version of messages, as composition gives it to a node."""

    entries: Mapping[tuple[str, int], Handled[Any]]

    @classmethod
    def of(cls, *groups: Iterable[Handled[Any]]) -> "HandlerTable":
        """Return the table of all `groups`; raises `HandlerMissing` when two handle the same type and version."""
        entries: dict[tuple[str, int], Handled[Any]] = {}
        for handled in (handled for group in groups for handled in group):
            key = (handled.message.message_type, handled.message.message_version)
            if key in entries:
                raise HandlerMissing(type=key[0], version=key[1], count=2)
            entries[key] = handled
        return cls(entries)

    def find(self, type: str, version: int) -> Handled[Any] | None:  # noqa: A002 - the word of the protocol
        """Return what handles `type` in `version`, or None."""
        return self.entries.get((type, version))

    def list_messages(self) -> tuple[type[Message], ...]:
        """Return every class of messages that is handled, by type and version."""
        return tuple(self.entries[key].message for key in sorted(self.entries))
