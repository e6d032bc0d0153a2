"""Reads the reviewed vocabulary and seals records."""
