"""The delivery worker: looks when told or twice a second, delivers what is due, and never dies of an error."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import structlog
from django.db import connections

from entraide.channel.domain.duties import Duty, derive_due_duties
from entraide.channel.services.batching import expire_waiting
from entraide.channel.services.connections import tidy_connection
from entraide.channel.services.pairing_steps import advance_pairings
from entraide.channel.services.sending import DeliveryReport, deliver_to, list_due, merge_reports
from entraide.channel.services.waking import wake_event
from entraide.journal.api import sequence_own_log
from entraide.kernel.ids import PartnerId
from entraide.kernel.node import Node
from entraide.storage.api import hold_lease, list_takings

log = structlog.get_logger(__name__)
INTERVAL_SECONDS = 0.5
HOUSEKEEPING_SECONDS = 1.0
AFTER_ERROR_SECONDS = 2.0
MOST_PARTNERS_AT_ONCE = 4


def run_delivery(node: Node, stop: Event, *, duties: Sequence[Duty] = ()) -> None:
    """Deliver for `node` until `stop` is set; for a thread or a process of its own.

    What is urgent to people (sending, applying) is done in every pass; closing the node's own log behind its acts,
    expiry, pairings and the `duties` that are due once a second.
    """
    wake = wake_event(node)
    kept_at = 0.0
    with ThreadPoolExecutor(MOST_PARTNERS_AT_ONCE, thread_name_prefix="partner") as pool:
        while not stop.is_set():
            wake.clear()
            wait = INTERVAL_SECONDS
            try:
                tidy_connection(node)
                deliver_due(node, pool)
                if time.monotonic() - kept_at >= HOUSEKEEPING_SECONDS:
                    keep_house(node)
                    perform_duties(node, duties)
                    kept_at = time.monotonic()
            except Exception as error:  # noqa: BLE001 - the worker outlives every defect; the next pass tries again
                # The text of an unknown exception may hold personal data: only its kind is logged.
                log.error("delivery_pass_failed", error=type(error).__name__)  # noqa: TRY400 - no text
                wait = AFTER_ERROR_SECONDS
            wake.wait(wait)
    connections.close_all()


def run_housekeeping(node: Node, stop: Event, *, duties: Sequence[Duty] = ()) -> None:
    """Close the own log behind its acts and do the `duties`, until `stop` is set: all that an observatory has to do.

    It has no partners, so nothing is delivered, applied, expired or paired.
    """
    while not stop.is_set():
        wait = HOUSEKEEPING_SECONDS
        try:
            tidy_connection(node)
            sequence_own_log(node)
            perform_duties(node, duties)
        except Exception as error:  # noqa: BLE001 - as the delivery worker: it outlives every defect
            log.error("housekeeping_failed", error=type(error).__name__)  # noqa: TRY400 - no text
            wait = AFTER_ERROR_SECONDS
        stop.wait(wait)
    connections.close_all()


def run_pass(node: Node) -> DeliveryReport:
    """Do everything that the worker does, once; return what was done."""
    keep_house(node)
    report = deliver_due(node)
    sequence_own_log(node)
    return report


def keep_house(node: Node) -> None:
    """Number and sign the acts of the last second, end what is expired, go on with pairings."""
    expire_waiting(node)
    advance_pairings(node)
    sequence_own_log(node)


def perform_duties(node: Node, duties: Sequence[Duty]) -> None:
    """Perform the duties that are due and that no other process performs; one that fails does not stop the others.

    When a duty was last tried lies with its lease in the database, so that any number of processes perform it once per
    interval. A failed duty is logged and tried again after its interval.
    """
    last = list_takings(node, [duty.lease for duty in duties])
    for duty in derive_due_duties(duties, last, at=node.clock.now()):
        try:
            with hold_lease(node, duty.lease, lasts=duty.interval, every=duty.interval) as lease:
                if lease is not None:
                    duty.perform(node)
        except Exception as error:  # noqa: BLE001 - the worker outlives every defect
            # The text of an unknown exception may hold personal data: only its kind is logged.
            log.error("duty_failed", duty=duty.name, error=type(error).__name__)  # noqa: TRY400 - no text


def deliver_due(node: Node, pool: ThreadPoolExecutor | None = None) -> DeliveryReport:
    """Deliver to every partner that is due, side by side in `pool`, and return what was done."""
    report, due = DeliveryReport(), list_due(node)
    if pool is None or len(due) < 2:
        for partner_id, waiting in due.items():
            report = merge_reports(report, deliver_to(node, partner_id, retries=waiting.retries))
        return report
    for part in pool.map(lambda partner_id: _deliver_in_thread(node, partner_id), due):
        report = merge_reports(report, part)
    return report


def _deliver_in_thread(node: Node, partner_id: PartnerId) -> DeliveryReport:
    tidy_connection(node)
    return deliver_to(node, partner_id)
