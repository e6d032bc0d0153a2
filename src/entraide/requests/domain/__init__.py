"""What a request must say, how it lives, what its clocks say: frozen values and pure functions."""
