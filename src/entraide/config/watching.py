"""Looking for new reports beside delivery, in a thread of its own: fetching takes time, and partners do not wait."""

from datetime import timedelta
from threading import Thread

import structlog
from django.db import connections

from entraide.communiques.api import watch_sources
from entraide.kernel.node import Node
from entraide.storage.api import Lease, release_lease, take_lease

log = structlog.get_logger(__name__)
LEASE = "watch for reports"
# Longer than a round may take; after a process that was killed meanwhile, the next one begins when this is over.
LASTS = timedelta(minutes=30)


def start_watching(node: Node) -> Thread | None:
    """Begin a round when one is due and no process is at it; return the thread. Nothing where nothing is watched."""
    watch = node.settings.watch
    if not watch.folders and not any(feed.enabled for feed in watch.feeds):
        return None
    lease = take_lease(node, LEASE, lasts=LASTS, every=timedelta(minutes=watch.minutes))
    if lease is None:
        return None
    thread = Thread(target=_watch, args=(node, lease), name="watch", daemon=True)
    thread.start()
    return thread


def _watch(node: Node, lease: Lease) -> None:
    try:
        done = watch_sources(node)
        log.info("watched", new=done.new, refused=done.refused, failed=done.failed)
    except Exception as error:  # noqa: BLE001 - tried again when the next round is due
        # The text of an unknown exception may hold data: only its kind is logged.
        log.error("watching_failed", error=type(error).__name__)  # noqa: TRY400 - no text
    finally:
        try:
            release_lease(node, lease)
        finally:
            connections.close_all()
