"""Pages of the design area."""
