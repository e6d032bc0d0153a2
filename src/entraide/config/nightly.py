"""What is made once a night beside delivery, in a thread of its own: with a large register it takes minutes."""

from threading import Lock, Thread

import structlog
from django.db import connections

from entraide.kernel.node import Node
from entraide.tables.api import make_nightly_package

log = structlog.get_logger(__name__)
_running = Lock()


def start_nightly_package(node: Node) -> Thread | None:
    """Begin today's Data Package unless it is there or is being made; return the thread that makes it."""
    if not _running.acquire(blocking=False):
        return None
    thread = Thread(target=_make, args=(node,), name="package", daemon=True)
    thread.start()
    return thread


def _make(node: Node) -> None:
    try:
        file = make_nightly_package(node)
        if file is not None:
            log.info("package_made", file=file.name, bytes=file.stat().st_size)
    except Exception as error:  # noqa: BLE001 - tried again in an hour
        # The text of an unknown exception may hold data: only its kind is logged.
        log.error("package_failed", error=type(error).__name__)  # noqa: TRY400 - no text
    finally:
        _running.release()
        connections.close_all()
