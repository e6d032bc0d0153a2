"""Pages of the upkeep area: what a desk officer enters into the register by hand, each with its passage."""
