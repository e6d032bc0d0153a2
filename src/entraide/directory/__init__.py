"""Organisations, authorities and their competence, posts and who held them, partner nodes."""
