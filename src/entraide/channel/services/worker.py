"""The delivery worker: looks when told or twice a second, delivers what is due, and never dies of an error."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import structlog
from django.db import close_old_connections, connections

from entraide.channel.services.batching import expire_waiting
from entraide.channel.services.pairing_steps import advance_pairings
from entraide.channel.services.sending import DeliveryReport, deliver_to, list_due_partners, merge_reports
from entraide.channel.services.waking import wake_event
from entraide.journal.api import sequence_own_log
from entraide.kernel.ids import PartnerId
from entraide.kernel.node import Node

log = structlog.get_logger(__name__)
INTERVAL_SECONDS = 0.5
AFTER_ERROR_SECONDS = 2.0
MOST_PARTNERS_AT_ONCE = 4


def run_delivery(node: Node, stop: Event) -> None:
    """Deliver for `node` until `stop` is set; for a thread or a process of its own.

    Each pass closes the node's own log behind the acts of the pass, so that they are numbered and signed soon.
    """
    wake = wake_event(node)
    with ThreadPoolExecutor(MOST_PARTNERS_AT_ONCE, thread_name_prefix="partner") as pool:
        while not stop.is_set():
            wake.clear()
            wait = INTERVAL_SECONDS
            try:
                close_old_connections()
                run_pass(node, pool)
            except Exception as error:  # noqa: BLE001 - the worker outlives every defect; the next pass tries again
                # The text of an unknown exception may hold personal data: only its kind is logged.
                log.error("delivery_pass_failed", error=type(error).__name__)  # noqa: TRY400 - no text
                wait = AFTER_ERROR_SECONDS
            wake.wait(wait)
    connections.close_all()


def run_pass(node: Node, pool: ThreadPoolExecutor | None = None) -> DeliveryReport:
    """Do everything that is due now, partners side by side in `pool`; return what was done."""
    report = DeliveryReport(expired=expire_waiting(node))
    advance_pairings(node)
    due = list_due_partners(node)
    if pool is None or len(due) < 2:
        for partner_id in due:
            report = merge_reports(report, deliver_to(node, partner_id))
    else:
        for part in pool.map(lambda partner_id: _deliver_in_thread(node, partner_id), due):
            report = merge_reports(report, part)
    sequence_own_log(node)
    return report


def _deliver_in_thread(node: Node, partner_id: PartnerId) -> DeliveryReport:
    close_old_connections()
    try:
        return deliver_to(node, partner_id)
    finally:
        close_old_connections()
