"""Publication with a database."""
