"""Users, units, roles, four eyes, tokens and the reasons given for access."""
