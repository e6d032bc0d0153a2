"""Counts added up."""

import pytest

from entraide.statistics.domain.counts import DomainCounts, add_counts

SUMS = {
    "nothing": ([], DomainCounts(0, 0, 0)),
    "one": ([DomainCounts(1, 2, 3)], DomainCounts(1, 2, 3)),
    "several": ([DomainCounts(1, 2, 3), DomainCounts(4, 0, 1)], DomainCounts(5, 2, 4)),
    "one of them one-sided": (
        [DomainCounts(0, 0, 1, one_sided=True), DomainCounts(1, 0, 0)],
        DomainCounts(1, 0, 1, one_sided=True),
    ),
}


@pytest.mark.parametrize(("counts", "total"), SUMS.values(), ids=SUMS)
def test_pairs_are_added_up(counts, total):
    """All numbers are added, and doubt in one pair is doubt in the sum."""
    assert add_counts(counts) == total
