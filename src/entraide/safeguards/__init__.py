"""Reviewed rules (YAML) evaluated into explained decisions."""
