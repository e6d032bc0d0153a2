"""Use cases of publication."""
