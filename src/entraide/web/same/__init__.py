"""The pages on which a desk officer says which facts are one, and undoes it."""
