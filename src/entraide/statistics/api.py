"""The door of statistics."""

from entraide.statistics.services.counting import DomainCounts, count_answered_requests, record_counts, reviewed_domains

__all__ = ["DomainCounts", "count_answered_requests", "record_counts", "reviewed_domains"]
