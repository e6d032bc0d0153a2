"""Frozen values and pure functions of storage."""
