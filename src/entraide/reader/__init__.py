"""The reader context."""
