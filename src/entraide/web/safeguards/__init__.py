"""Public pages that explain the safeguard rules."""
