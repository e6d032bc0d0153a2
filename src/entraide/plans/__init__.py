"""The plans context."""
