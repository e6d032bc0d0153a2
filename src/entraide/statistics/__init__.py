"""The statistics context."""
