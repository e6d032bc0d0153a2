"""States, posts, authorities and partners as values."""
