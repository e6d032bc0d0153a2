"""Folding and segmenting of text, pure."""
