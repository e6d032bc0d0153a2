"""The storage context."""
