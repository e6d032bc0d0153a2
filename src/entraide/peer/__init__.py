"""The door that a partner's node talks to."""
