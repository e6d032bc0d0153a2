"""Frozen values and pure functions of documents."""
