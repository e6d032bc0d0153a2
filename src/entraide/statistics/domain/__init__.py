"""Frozen values and pure functions of statistics."""
