"""Use cases of reader."""
