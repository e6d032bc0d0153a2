"""Frozen values and pure functions of plans."""
