"""Pages of the proposals area."""
