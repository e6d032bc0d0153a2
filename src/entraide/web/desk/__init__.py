"""What needs me: the first page of everyone inside, above the areas that contribute to it."""
