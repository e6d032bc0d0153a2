"""Use cases of the access context."""
