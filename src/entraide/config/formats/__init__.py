"""How dates are written per language: the day first, the hour of 24, the same everywhere."""
