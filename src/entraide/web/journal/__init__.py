"""Pages of the journal area."""
