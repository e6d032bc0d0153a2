"""Pages of the register area."""
