"""Roles, actors, four eyes and token scopes as pure values and decisions."""
