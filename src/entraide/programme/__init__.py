"""Mechanisms, series, meetings, instruments, plans, commitments, activities, reviews."""
