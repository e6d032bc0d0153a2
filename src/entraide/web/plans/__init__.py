"""Pages of the plans area."""
