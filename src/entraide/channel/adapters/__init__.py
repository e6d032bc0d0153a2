"""How the exchange reaches a partner's node."""
