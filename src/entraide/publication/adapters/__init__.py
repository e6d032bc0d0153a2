"""What publication reads from its own files."""
