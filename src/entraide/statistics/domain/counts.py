"""Counts of requests of one domain, between one requesting and one requested party, and added up."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DomainCounts:
    """Requests of one domain: answered in time (either way), answered late, still open.

    `one_sided` when some of them are in this node's journal alone, without evidence that the other
    party has them, or because that party is on paper.
    """

    answered_in_time: int
    answered_late: int
    still_open: int
    one_sided: bool = False

    @property
    def total(self) -> int:
        """All requests counted."""
        return self.answered_in_time + self.answered_late + self.still_open


def add_counts(counts: Iterable[DomainCounts]) -> DomainCounts:
    """Return the counts of all pairs together; one-sided as soon as one of them is."""
    found = list(counts)
    return DomainCounts(
        sum(item.answered_in_time for item in found),
        sum(item.answered_late for item in found),
        sum(item.still_open for item in found),
        one_sided=any(item.one_sided for item in found),
    )
