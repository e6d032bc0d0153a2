"""Pages of the requests area."""
