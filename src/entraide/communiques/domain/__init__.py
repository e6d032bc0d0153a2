"""Pure rules of the communiques context."""
