"""What is signed, byte for byte, and what can be wrong with keys."""
