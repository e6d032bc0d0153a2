"""Plans and minutes as documents: a tree in; the instrument and its clauses out. Layout first, language second."""
