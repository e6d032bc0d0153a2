"""Ids, partial dates, errors, decisions, canonical bytes and the narrow interfaces of a node; standard library only."""
