"""Entraide: what was agreed, what is asked, and proof of what was done."""

__version__ = "0.1.0"
