"""Folding, segmenting and the search column, for both databases."""
