"""Joins what the requests count with what a plan reviews: counts of requests as evidence on its commitments."""

import datetime as dt
from collections.abc import Iterator, Mapping

from entraide.kernel.node import Node
from entraide.plans.api import PlanView
from entraide.programme.api import CommitmentView, list_commitments, record_progress
from entraide.programme.domain.periods import previous_period
from entraide.requests.api import count_answers, count_answers_in
from entraide.requests.domain.counting import Pair
from entraide.statistics.domain.counts import DomainCounts, add_counts
from entraide.storage.api import transaction


def count_pairs(node: Node, plan: PlanView) -> dict[str, dict[Pair, DomainCounts]]:
    """Return, by domain that `plan` reviews, what each pair of its parties asked over the whole calendar year(s).

    A node knows the requests between its own party and each other one, also on paper; what two others asked each other
    is theirs. A pair without a request is left out.
    """
    period, commitments = _reviewed(node, plan)
    return _count(node, plan, period, _domains(commitments))


def count_asked(node: Node, plan: PlanView) -> dict[Pair, int]:
    """Return how many requests each pair of parties made in any domain that `plan` reviews, each request once.

    The counts of `count_pairs` do not add up to this: a request counts in its offence's domain and in its form's.
    """
    period, commitments = _reviewed(node, plan)
    if not period:
        return {}
    since, until = _span(period)
    found = count_answers_in(node, domains=_domains(commitments), since=since, until=until)
    pairs = set(_pairs(plan))
    return {pair: counts.in_time + counts.late + counts.open for pair, counts in found.items() if pair in pairs}


def count_answered_requests(node: Node, plan: PlanView) -> dict[str, DomainCounts]:
    """Record the counts of each domain that `plan` reviews, its pairs of parties together, and return those kept."""
    period, commitments = _reviewed(node, plan)
    found = _count(node, plan, period, _domains(commitments))
    return _record(node, period, commitments, {domain: add_counts(pairs.values()) for domain, pairs in found.items()})


def _reviewed(node: Node, plan: PlanView) -> tuple[str, tuple[CommitmentView, ...]]:
    period = previous_period(plan.period)
    if not period:
        return "", ()
    return period, tuple(list_commitments(node, mechanism_id=plan.mechanism_id, period=period))


def _domains(commitments: tuple[CommitmentView, ...]) -> tuple[str, ...]:
    return tuple(sorted({commitment.domain for commitment in commitments}))


def _count(node: Node, plan: PlanView, period: str, domains: tuple[str, ...]) -> dict[str, dict[Pair, DomainCounts]]:
    if not period:
        return {}
    since, until = _span(period)
    pairs = set(_pairs(plan))
    return {
        domain: {
            pair: DomainCounts(found.in_time, found.late, found.open, one_sided=found.one_sided > 0)
            for pair, found in count_answers(node, domain=domain, since=since, until=until).items()
            if pair in pairs
        }
        for domain in domains
    }


def _span(period: str) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of the period's first year and of the year after its last."""
    first, last = int(period[:4]), int(period[-4:])
    return dt.datetime(first, 1, 1, tzinfo=dt.UTC), dt.datetime(last + 1, 1, 1, tzinfo=dt.UTC)


def _pairs(plan: PlanView) -> Iterator[Pair]:
    """The pairs of parties whose requests this node knows: its own party with each other one, both ways."""
    for party in plan.others:
        yield Pair(plan.own, party.id)
        yield Pair(party.id, plan.own)


def _record(
    node: Node, period: str, commitments: tuple[CommitmentView, ...], counts: Mapping[str, DomainCounts]
) -> dict[str, DomainCounts]:
    kept = {domain: counts[domain] for domain in _domains(commitments) if domain in counts and counts[domain].total}
    with transaction(node):
        for commitment in commitments:
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
