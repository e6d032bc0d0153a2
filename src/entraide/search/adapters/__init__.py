"""The full-text index of each database."""
