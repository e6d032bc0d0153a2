"""Grammar: verbs by meaning with their generated forms, and the clauses of a sentence that they govern."""
