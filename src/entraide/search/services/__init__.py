"""Putting objects into the index and taking them out."""
