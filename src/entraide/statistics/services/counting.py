"""Joins what the requests count with what a plan reviews: counts of requests as evidence on its commitments."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from entraide.kernel.ids import MechanismId, PartnerId, PlanId
from entraide.kernel.node import Node
from entraide.plans.api import PlanView, get_plan
from entraide.programme.api import list_commitments, record_progress
from entraide.programme.domain.periods import previous_period
from entraide.requests.api import count_answers
from entraide.storage.api import transaction


@dataclass(frozen=True, slots=True)
class DomainCounts:
    """Requests of one domain: answered in time (either way), answered late, still open.

    `one_sided` when some of them are in this node's journal alone, without evidence that the partner has them.
    """

    answered_in_time: int
    answered_late: int
    still_open: int
    one_sided: bool = False

    @property
    def total(self) -> int:
        """All requests counted."""
        return self.answered_in_time + self.answered_late + self.still_open


def reviewed_domains(node: Node, plan_id: PlanId) -> tuple[str, tuple[str, ...]]:
    """Return the period that the plan reviews (`2025`) and the domains of its commitments; raises `NoSuchPlan`."""
    with node.active():
        plan = get_plan(plan_id)
        period = previous_period(plan.period)
        if not period:
            return "", ()
        commitments = list_commitments(mechanism_id=MechanismId(plan.mechanism_id), period=period)
    return period, tuple(sorted({commitment.domain for commitment in commitments}))


def record_counts(node: Node, *, plan_id: PlanId, counts: Mapping[str, DomainCounts]) -> dict[str, DomainCounts]:
    """Keep the counts per domain on every commitment of that domain that the plan reviews, and return those kept.

    A domain without a request says nothing and is left out. Raises `NoSuchPlan`, `CountOutOfRange`.
    """
    period, domains = reviewed_domains(node, plan_id)
    kept = {domain: counts[domain] for domain in domains if domain in counts and counts[domain].total}
    with transaction(node):
        plan = get_plan(plan_id)
        for commitment in list_commitments(mechanism_id=MechanismId(plan.mechanism_id), period=period):
            found = kept.get(commitment.domain)
            if found is not None:
                record_progress(
                    node,
                    commitment_id=commitment.id,
                    answered_in_time=found.answered_in_time,
                    answered_late=found.answered_late,
                    still_open=found.still_open,
                    period=period,
                    one_sided=found.one_sided,
                )
    return kept


def count_answered_requests(node: Node, plan: PlanView) -> dict[str, DomainCounts]:
    """Record the counts of each domain that `plan` reviews, over its whole calendar year(s), and return those kept."""
    period, domains = reviewed_domains(node, plan.id)
    if not period:
        return {}
    first, last = int(period[:4]), int(period[-4:])
    since, until = dt.datetime(first, 1, 1, tzinfo=dt.UTC), dt.datetime(last + 1, 1, 1, tzinfo=dt.UTC)
    counts = {}
    for domain in domains:
        found = count_answers(node, domain=domain, since=since, until=until, partner_id=PartnerId(plan.partner_id))
        counts[domain] = DomainCounts(found.in_time, found.late, found.open, one_sided=found.one_sided > 0)
    return record_counts(node, plan_id=plan.id, counts=counts)
