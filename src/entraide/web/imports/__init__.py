"""Importing tables: a desk officer sees what they would change, and confirms exactly that."""
