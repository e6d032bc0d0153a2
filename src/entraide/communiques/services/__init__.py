"""Use cases of the communiqués: importing a text, deciding about proposals, citing passages."""
