"""Use cases of storage."""
