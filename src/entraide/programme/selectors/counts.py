"""Counts over the whole register, worked out once for each revision of what is public."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, TypeVarTuple, Unpack
from uuid import UUID

from django.db import connections
from django.db.models import Max, Min, Q, QuerySet, Sum

from entraide.kernel.ids import MechanismId
from entraide.kernel.node import Node
from entraide.programme.domain.listing import EVERYWHERE, UNDATED, derive_pairs
from entraide.programme.domain.lists import FilterValues, PairDomainCount
from entraide.programme.domain.places import place_code
from entraide.programme.domain.terms import CommitmentStatus
from entraide.programme.models import (
    CommitmentCoverage,
    CommitmentListing,
    CommitmentTally,
    Instrument,
    MechanismParty,
    Meeting,
)
from entraide.storage.api import Revision, get_revision

Given = TypeVarTuple("Given")
Found = TypeVar("Found")

# Each kind of count, with each status, and lists as they were narrowed, of the revisions that readers met last.
MOST_KEPT = 256


def count_commitments(node: Node, *, mechanism_id: MechanismId | None = None) -> dict[str, int]:
    """Return how many commitments are recorded per status, of all mechanisms or of one."""
    with node.active():
        return dict(kept_for_revision(node, _count_commitments, mechanism_id))


def count_domains_by_pair(node: Node, *, status: CommitmentStatus | None = None) -> tuple[PairDomainCount, ...]:
    """Return how many commitments each pair of States has in each domain, pairs and domains in the order of codes.

    A commitment of three or more parties counts for each of their pairs, as in a list narrowed by two States.
    """
    with node.active():
        return kept_for_revision(node, _count_domains, status)


def list_filter_values(node: Node) -> FilterValues:
    """Return the States, domains and years that occur, for the choices of a filter."""
    with node.active():
        return kept_for_revision(node, _list_values)


def list_plan_years(node: Node) -> tuple[int, ...]:
    """Return the years that plans and commitments are for, from the latest to the first."""
    with node.active():
        return kept_for_revision(node, _list_plan_years)


def kept_for_revision(node: Node, work: Callable[[Unpack[Given]], Found], *given: *Given) -> Found:
    """Return what `work` finds, kept for as long as nothing public changes.

    Inside a transaction it is worked out anew: what is not committed yet is nobody else's.
    """
    database = node.database
    if connections[database].in_atomic_block:
        return work(*given)
    kept: Found = _kept(database, get_revision(node), work, *given)
    return kept


@lru_cache(maxsize=MOST_KEPT)
def _kept(database: str, revision: Revision, work: Callable[..., Any], *given: object) -> Any:  # noqa: ANN401 - any work
    del database, revision  # they are the key
    return work(*given)


def _count_commitments(mechanism_id: MechanismId | None) -> dict[str, int]:
    found = {status.value: 0 for status in CommitmentStatus}
    rows = CommitmentTally.objects.filter(Q(mechanism_id=mechanism_id) if mechanism_id else Q())
    return {**found, **dict(rows.values_list("status").annotate(count=Sum("change")))}


def _count_domains(status: CommitmentStatus | None) -> tuple[PairDomainCount, ...]:
    states: dict[UUID, set[str]] = {}
    for mechanism_id, state in MechanismParty.objects.values_list("mechanism_id", "state"):
        states.setdefault(mechanism_id, set()).add(state)
    tallies = CommitmentTally.objects.filter(Q(status=status.value) if status else Q())
    counts: Counter[tuple[tuple[str, str], str]] = Counter()
    for mechanism_id, domain, count in tallies.values_list("mechanism_id", "domain").annotate(n=Sum("change")):
        for pair in derive_pairs(states.get(mechanism_id, ())):
            counts[pair, domain] += count
    return tuple(PairDomainCount(pair, domain, count) for (pair, domain), count in sorted(counts.items()) if count)


def _list_values() -> FilterValues:
    lists: tuple[QuerySet[Any], ...] = (
        CommitmentListing.objects.filter(scope=EVERYWHERE),
        Meeting.objects.all(),
        Instrument.objects.all(),
    )
    days = [day for rows in lists for day in _ends(rows)]
    years = range(max(days).year, min(days).year - 1, -1) if days else range(0)
    return FilterValues(
        states=tuple(MechanismParty.objects.order_by("state").values_list("state", flat=True).distinct()),
        domains=tuple(CommitmentTally.objects.order_by("domain").values_list("domain", flat=True).distinct()),
        years=tuple(years),
        places=_places(),
    )


def _list_plan_years() -> tuple[int, ...]:
    covered = CommitmentCoverage.objects.filter(scope=EVERYWHERE)
    planned = [
        year for order in ("year", "-year") for year in covered.order_by(order).values_list("year", flat=True)[:1]
    ]
    ends = Instrument.objects.exclude(period="").aggregate(first=Min("first_year"), last=Max("last_year"))
    planned += [int(year) for year in ends.values() if year and year.isdigit()]
    return tuple(range(max(planned), min(planned) - 1, -1)) if planned else ()


def _places() -> dict[str, tuple[str, ...]]:
    """Return the spellings of places that meetings have, by the code of the place that they name."""
    found: dict[str, tuple[str, ...]] = {}
    for place in Meeting.objects.exclude(place="").order_by("place").values_list("place", flat=True).distinct():
        code = place_code(place)
        found[code] = (*found.get(code, ()), place)
    return found


def list_spellings(node: Node, place: str) -> tuple[str, ...]:
    """Return how meetings spell the place that a text names."""
    return list_filter_values(node).places.get(place_code(place), ())


def _ends(rows: QuerySet[Any]) -> list[date]:
    """Return the first and the last known day of a list; two look-ups in an index, where MIN and MAX would scan."""
    dated = rows.filter(listed_on__gt=UNDATED)
    ends = [dated.order_by(order).values_list("listed_on", flat=True).first() for order in ("listed_on", "-listed_on")]
    return [day for day in ends if day is not None]
