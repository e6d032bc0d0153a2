"""Which part of the program handles which type of message; filled by composition, once per process."""

from entraide.channel.domain.errors import HandlerMissing
from entraide.channel.domain.handling import Handler

_handlers: dict[tuple[str, int], Handler] = {}


def register(type: str, version: int, handle_many: Handler) -> None:  # noqa: A002 - the word of the protocol
    """Make `handle_many` the one handler of `type` in `version`; raises `HandlerMissing` when there is another
    already.
    """
    present = _handlers.setdefault((type, version), handle_many)
    if present is not handle_many:
        raise HandlerMissing(type=type, version=version, count=2)


def find_handler(type: str, version: int) -> Handler | None:  # noqa: A002 - the word of the protocol
    """Return the handler of `type` in `version`, or None."""
    return _handlers.get((type, version))


def list_handled() -> frozenset[tuple[str, int]]:
    """Return every type and version that has a handler."""
    return frozenset(_handlers)
