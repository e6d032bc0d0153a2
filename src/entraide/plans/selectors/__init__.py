"""Typed reads of plans."""
