"""What the directory reads from its own files."""
