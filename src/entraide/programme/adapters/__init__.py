"""What the programme reads from its own files."""
