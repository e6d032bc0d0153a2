"""What may be typed: each command's words, options and help, and nothing that is slow to load."""
