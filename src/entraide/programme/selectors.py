"""Typed reads of the programme."""
