"""Formats of files: told apart by content, taken apart in a process of its own."""
