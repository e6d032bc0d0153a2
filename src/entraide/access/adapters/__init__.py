"""What the access reads from its own files."""
