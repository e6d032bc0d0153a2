"""Errors that readers report on the pages of facts, and their answers."""
