"""Pages of the checks that warn."""
