"""The latest Data Package made anew when the register has changed and somebody asks for it."""

from threading import Thread

import structlog
from django.db import connections

from entraide.kernel.node import Node
from entraide.tables.services.package import is_latest_current, renew_latest

log = structlog.get_logger(__name__)


def refresh_package(node: Node, *, patience: float) -> None:
    """Have the latest package made anew when the register has changed since, and wait for it up to `patience` seconds.

    With a large register it takes minutes: it is then finished in its own thread, and whoever asks meanwhile gets the
    one before. One is made at a time, whichever process makes it. Never raises for what goes wrong in making it.
    """
    if is_latest_current(node):
        return
    thread = Thread(target=_make, args=(node,), name="package", daemon=True)
    thread.start()
    thread.join(patience)


def _make(node: Node) -> None:
    try:
        file = renew_latest(node)
        if file is not None:
            log.info("package_renewed", bytes=file.stat().st_size)
    except Exception as error:  # noqa: BLE001 - the one before is served, and the next who asks has it tried again
        # The text of an unknown exception may hold data: only its kind is logged.
        log.error("package_failed", error=type(error).__name__)  # noqa: TRY400 - no text
    finally:
        connections.close_all()
