"""Counts of this node's requests by domain and pair of parties, without any person."""

import datetime as dt

from django.http import HttpRequest
from ninja import Router

from entraide.access.api import Scope
from entraide.programme.api import load_domains
from entraide.requests.api import count_answers
from entraide.rest.interface import PROBLEMS, ScopedToken, node_of
from entraide.rest.schemas import CountsFacts

router = Router(tags=["requests"], auth=ScopedToken(Scope.read_counts))


@router.get(
    "/requests/counts",
    response={200: list[CountsFacts], **PROBLEMS},
    summary="Requests of this node by domain and by who asked whom, without any person",
)
def read_counts(request: HttpRequest, since: dt.date, until: dt.date) -> list[CountsFacts]:
    """Return the counts of each domain and pair of parties for requests received from `since` up to, not on, `until`.

    Days are in UTC. A domain, or a pair, without a request in the period is left out.
    """
    node = node_of(request)
    begin, end = (dt.datetime.combine(day, dt.time.min, dt.UTC) for day in (since, until))
    domains = [domain.code for domain in load_domains().domains if domain.requests]
    return [
        CountsFacts(
            domain=domain,
            requesting=pair.requesting,
            requested=pair.requested,
            answered_in_time=counts.in_time,
            answered_late=counts.late,
            open=counts.open,
            overdue=counts.overdue,
            one_sided=counts.one_sided,
        )
        for domain in domains
        for pair, counts in count_answers(node, domain=domain, since=begin, until=end).items()
    ]
