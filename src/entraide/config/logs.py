"""Logs as one JSON object per line on standard error, without personal data.

Of an exception a line holds the kind and the places, never its text or the values of variables: what a request says, a
name, a passphrase or a key may stand in either.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

MOST_CAUSES, MOST_FRAMES = 5, 20


def set_up_logs(level: int = logging.INFO) -> None:
    """Send structlog's and the standard library's records from `level` up to standard error as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _add_places,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _add_places(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:  # noqa: ARG001
    """Replace the exception of `event` by its kinds and places, the last cause first."""
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else (given[1] if isinstance(given, tuple) else None)
    if given is True:
        error = sys.exc_info()[1]
    chain: list[dict[str, Any]] = []
    while error is not None and len(chain) < MOST_CAUSES:
        frames = traceback.extract_tb(error.__traceback__, limit=-MOST_FRAMES)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        chain.append({"kind": type(error).__qualname__, "places": places})
        error = error.__cause__ or error.__context__
    if chain:
        event["exception"] = chain
    return event
