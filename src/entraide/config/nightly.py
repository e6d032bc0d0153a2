"""What is made once a night beside delivery, in a thread of its own: with a large register it takes minutes."""

from datetime import timedelta
from threading import Thread

import structlog
from django.db import connections

from entraide.kernel.node import Node
from entraide.storage.api import Lease, release_lease, take_lease
from entraide.tables.api import make_nightly_package

log = structlog.get_logger(__name__)
LEASE = "nightly package"
# Much longer than it ever takes; after a process that was killed meanwhile, the next one begins when this is over.
LASTS = timedelta(hours=1)


def start_nightly_package(node: Node) -> Thread | None:
    """Begin today's Data Package unless it is there or a process makes it already; return the thread that makes it."""
    lease = take_lease(node, LEASE, lasts=LASTS)
    if lease is None:
        return None
    thread = Thread(target=_make, args=(node, lease), name="package", daemon=True)
    thread.start()
    return thread


def _make(node: Node, lease: Lease) -> None:
    try:
        file = make_nightly_package(node)
        if file is not None:
            log.info("package_made", file=file.name, bytes=file.stat().st_size)
    except Exception as error:  # noqa: BLE001 - tried again in an hour
        # The text of an unknown exception may hold data: only its kind is logged.
        log.error("package_failed", error=type(error).__name__)  # noqa: TRY400 - no text
    finally:
        try:
            release_lease(node, lease)
        finally:
            connections.close_all()
