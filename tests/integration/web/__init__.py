"""Pages with a database."""
