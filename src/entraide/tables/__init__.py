"""The tables context."""
