"""What others open what we publish with: their programs and libraries, not parsers of our own."""
