"""Typed reads of the programme, by subject."""
