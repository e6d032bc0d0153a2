"""Pages of the pairing area."""
