"""The door of statistics."""

from entraide.statistics.domain.counts import DomainCounts, Pair
from entraide.statistics.services.counting import count_answered_requests, count_pairs, record_counts, reviewed_domains

__all__ = ["DomainCounts", "Pair", "count_answered_requests", "count_pairs", "record_counts", "reviewed_domains"]
