"""The door of statistics."""

from entraide.statistics.domain.counts import DomainCounts
from entraide.statistics.services.counting import count_answered_requests, count_asked, count_pairs

__all__ = ["DomainCounts", "count_answered_requests", "count_asked", "count_pairs"]
