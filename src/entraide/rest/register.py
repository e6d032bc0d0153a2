"""What the register is counted by, and what its lists can be narrowed by."""

from django.http import HttpRequest
from ninja import Router

from entraide.programme.api import (
    CommitmentStatus,
    InstrumentKind,
    Level,
    count_domains_by_pair,
    list_filter_values,
    list_plan_years,
)
from entraide.rest.interface import PROBLEMS, node_of
from entraide.rest.schemas import DomainCounts, PairCount, Values

router = Router(tags=["register"])


@router.get("/counts/domains", response={200: DomainCounts, **PROBLEMS}, summary="Commitments by pair and domain")
def read_domain_counts(request: HttpRequest, status: CommitmentStatus | None = None) -> DomainCounts:
    """Return how many commitments each pair of States has in each domain: the heat map, all of it or one status."""
    counts = count_domains_by_pair(node_of(request), status=status)
    return DomainCounts(items=[PairCount(states=item.states, domain=item.domain, count=item.count) for item in counts])


@router.get("/filters", response={200: Values, **PROBLEMS}, summary="Values that lists can be narrowed by")
def read_filters(request: HttpRequest) -> Values:
    """Return the States, domains and years that occur, and the closed lists of levels, statuses and kinds."""
    found = list_filter_values(node_of(request))
    return Values(
        states=list(found.states),
        domains=list(found.domains),
        years=list(found.years),
        plan_years=list(list_plan_years(node_of(request))),
        levels=[item.value for item in Level],
        statuses=[item.value for item in CommitmentStatus],
        kinds=[item.value for item in InstrumentKind],
    )
